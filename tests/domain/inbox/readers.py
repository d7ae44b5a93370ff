"""Readers of composed trails, and what arXiv announces to them in a week; everything is made from a seed.

`python -m bench inbox` works out how many of the first ten are what they read: the table of docs/INBOX.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from random import Random
from statistics import mean

from papertrail.domain.inbox.announcement import Announcement, AnnounceType
from papertrail.domain.inbox.model import KnownPaper, learn
from papertrail.domain.inbox.ranking import by_date, rank

# Words of papers on one topic. Those of neighbours overlap: no single word tells them apart.
TOPICS = {
    "detection": "detector detection proposal region anchor box bounding object objects localization"
    " recall backbone pyramid suppression overlap crowded small occlusion coco pascal dense"
    " head regression assignment query label-assignment one-stage two-stage roi feature scale"
    " classification instance",
    "segmentation": "segmentation mask pixel semantic instance boundary dense panoptic object objects decoder"
    " feature scale coco region stuff contour backbone pyramid atrous upsampling label head",
    "tracking": "tracking trajectory object objects association identity detection box occlusion frame"
    " motion re-identification online crowded tracker appearance video camera kalman",
    "pose": "pose keypoint skeleton human joint heatmap person limb body regression crowded occlusion"
    " head feature box detection kinematic mesh monocular",
    "optimisation": "optimizer gradient descent stochastic momentum convergence step size adaptive rate"
    " schedule curvature preconditioner adam sgd weight decay warmup noise minima sharpness"
    " variance nonconvex batch hessian second-order loss landscape smoothness",
    "theory": "generalization bound convergence risk sample complexity kernel gradient descent minima"
    " convex overparameterized width limit stochastic loss landscape rate minimax regret proof",
    "federated": "federated client server communication privacy heterogeneous aggregation gradient"
    " convergence rounds local stochastic descent device noise differential variance"
    " compression",
    "small networks": "lightweight convolution depthwise reparameterization branch latency mobile residual"
    " block channel shuffle bottleneck inference backbone imagenet accuracy parameters kernel"
    " pointwise fusion width flops throughput edge device",
    "pruning": "pruning sparsity lottery ticket structured channel parameters accuracy latency"
    " compression distillation quantization bits flops inference retraining imagenet device"
    " edge kernel",
    "language": "language token pretraining prompt instruction corpus reasoning context decoding"
    " alignment preference hallucination benchmark question answering multilingual translation"
    " tuning chain",
    "diffusion": "diffusion denoising score sampling image generation guidance latent text conditioning"
    " noise schedule editing video synthesis stochastic fidelity steps",
    "robots": "robot manipulation policy grasp trajectory planning simulation locomotion contact"
    " demonstration imitation camera arm control dexterous terrain",
    "reinforcement": "reward policy agent exploration offline environment value critic episode regret bandit"
    " actor return markov planning world model",
    "medical": "clinical patient lesion scan tumor diagnosis radiology segmentation volumetric hospital"
    " cohort annotation mri contrast pathology screening detection",
    "graphs": "graph node edge message passing spectral link community heterophily oversmoothing"
    " molecular isomorphism expressive pooling neighbor",
    "speech": "speech speaker acoustic phoneme recognition audio waveform transcription microphone"
    " enhancement prosody streaming vocoder noise",
    "retrieval": "retrieval ranking query document index passage recommendation user click session"
    " embedding dense sparse relevance recall",
    "security": "attack adversarial backdoor robustness defense poisoning privacy membership watermark"
    " malware jailbreak detection certified threat",
}
EVERYBODYS = (
    "model models data training learning network networks performance task tasks large deep neural"
    " framework information representation efficient accuracy dataset state art architecture"
    " significantly improves experiments demonstrate effective evaluation challenging learned"
    " applications analysis general complex design baseline current domain process high low multiple"
    " research real world propose module input output compared extensive benchmarks quality time cost"
    " strategy simple robust generate structure additional key scenarios trained test set better best"
    " first second address limited prior leverage enable introduce"
)
_COMMON = EVERYBODYS.split()
_COMMON_WEIGHTS = [6 / sqrt(len(_COMMON) * (place + 1)) for place in range(len(_COMMON))]  # 12 in all
CHINESE = (
    "这篇的想法很简单：训练时用多个 {0} 推理时合成一个 {1}。",
    "关键在 {0}，作者说 {1} 才是瓶颈，我不太信。",
    "和上一篇比，{0} 省了一半，{1} 没有变。",
    "还没看懂 {0} 的推导；要再看一遍 {1} 的部分。",
    "实验里 {0} 最重要，去掉之后掉两个点，{1} 影响不大。",
)
READERS = {
    "detection": "thirty papers in two lineages, with abstracts",
    "optimisation": "twenty papers in one lineage, with abstracts",
    "Chinese notes": "twelve papers without abstracts, vague titles, notes in Chinese",
    "Chinese notes left out": "the same trail before its notes are written",
}
_TOPIC_OF = {"detection": "detection", "optimisation": "optimisation"}
DRAWS = 8
ANNOUNCED, RELEVANT, FIRST = 150, 12, 10
MONDAY = date(2026, 4, 27)


@dataclass(frozen=True)
class Precision:
    """How many of the first ten are of the reader's topic, as the mean share of all draws."""

    ranked: float
    newest: float
    random: float

    def row(self, reader: str) -> str:
        """Return the line of the table."""
        return f"| {reader} | {self.ranked:.2f} | {self.newest:.2f} | {self.random:.2f} |"


def topic_of(reader: str) -> str:
    """Return what a reader reads."""
    return _TOPIC_OF.get(reader, "small networks")


def measured(reader: str, draws: int = DRAWS) -> Precision:
    """Return how well the inbox serves a reader."""
    found = [_draw(reader, Random(f"{topic_of(reader)} {number}")) for number in range(draws)]
    return Precision(*(mean(column) for column in zip(*found, strict=True)))


def _draw(reader: str, random: Random) -> tuple[float, float, float]:
    papers, announced = trail(reader, random), week(topic_of(reader), random)
    relevant = {one.arxiv_id for one, topic in announced if topic == topic_of(reader)}
    every = [one for one, _ in announced]
    orders: list[Sequence[Announcement]] = [
        [one.announcement for one in rank(learn(papers, every), every)],
        by_date(every),
        random.sample(every, len(every)),
    ]
    shares = [sum(one.arxiv_id in relevant for one in order[:FIRST]) / FIRST for order in orders]
    return shares[0], shares[1], shares[2]


def trail(reader: str, random: Random) -> list[KnownPaper]:
    """Return the papers of a reader's trail."""
    topic = topic_of(reader)
    number = {"detection": 30, "optimisation": 20}.get(reader, 12)
    papers = []
    for place in range(number):
        own = own_words(topic, random)
        lineages = (f"{topic} {place % 2 + 1}",) if reader == "detection" else (topic,)
        if reader in _TOPIC_OF:
            title, abstract, note = title_of(own, random), abstract_of(topic, own, random), ""
        else:
            title, abstract = " ".join(random.sample(_COMMON, 4)), ""
            lines = [random.choice(CHINESE).format(*random.sample(own, 2)) for _ in range(8)]
            note = "" if reader == "Chinese notes left out" else "\n".join(lines)
        papers.append(KnownPaper(f"paper-{place}", title, ("Ada Example",), abstract, note, lineages))
    return papers


def week(topic: str, random: Random) -> list[tuple[Announcement, str]]:
    """Return what is announced from Monday to Friday, each with its topic."""
    others = [each for each in TOPICS if each != topic]
    topics = [topic] * RELEVANT + [random.choice(others) for _ in range(ANNOUNCED - RELEVANT)]
    random.shuffle(topics)
    found = []
    for number, each in enumerate(topics):
        own = own_words(each, random)
        day = MONDAY + timedelta(number * 5 // len(topics))
        found.append((announcement(number, title_of(own, random), abstract_of(each, own, random), day), each))
    return found


def announcement(number: int, title: str, abstract: str, day: date = MONDAY) -> Announcement:
    """Return a new paper as it is announced."""
    return Announcement(
        f"2604.{number + 1:05d}", 1, title, ("Bo Sample",), abstract, ("cs.CV",), AnnounceType.NEW, day,
        None, None, ("cs.CV",),
    )  # fmt: skip


def own_words(topic: str, random: Random) -> list[str]:
    """Return the words of a topic that one paper is about."""
    known = TOPICS[topic].split()
    return random.sample(known, min(9, len(known)))


def title_of(own: list[str], random: Random) -> str:
    """Return a title: two words of the paper's own among everybody's."""
    return " ".join(random.sample(own, 2) + random.sample(_COMMON, 4)).capitalize()


def abstract_of(topic: str, own: list[str], random: Random) -> str:
    """Return an abstract: two words in fifteen are the paper's own, one is of some other topic."""
    stray = TOPICS[random.choice(list(TOPICS))].split()
    heavy = [2 / len(own)] * len(own) + [1 / len(stray)] * len(stray) + _COMMON_WEIGHTS
    return " ".join(random.choices([*own, *stray, *_COMMON], heavy, k=110)).capitalize() + "."
