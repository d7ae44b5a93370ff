"""`papertrail edit`: what is known of a paper, said by hand."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail
from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten

_SHOWN = 60


@click.command("edit")
@click.argument("key")
@click.argument("facts", metavar="FIELD=VALUE...", nargs=-1, required=True)
def command(key: str, facts: tuple[str, ...]) -> None:
    """Say by hand what is known of a paper; neither arXiv nor a seeds file changes that again.

    FIELD is title, authors, year, venue, doi, arxiv or abstract; or a link of yours: code, translation,
    talk, blog or page. Authors go with ; between them. No VALUE takes a fact away. Links may come several
    times.

    \b
    Example:
      papertrail edit resnet year=2016 venue=CVPR code=https://github.com/KaimingHe/deep-residual-networks
    """
    from papertrail.domain.facts import read_facts

    pairs = []
    for fact in facts:
        name, sign, value = fact.partition("=")
        if not sign:
            said = shorten(clean_line(fact), _SHOWN)
            raise BadInput(f"{said!r} says nothing of a paper", "write FIELD=VALUE, such as year=2015")
        pairs.append((name, value))
    wanted = read_facts(pairs)  # before anything is opened or made
    with open_trail() as library:
        edited = library.corrections.edit(library.papers.resolve(key), wanted)
    if not edited.changes:
        output.say(output.Tint(edited.key, "title"), "  is like that already")
        return
    for name, (was, now) in edited.changes.items():
        before, after = (shorten(clean_line(text), _SHOWN) or "nothing" for text in (was, now))
        output.say(output.Tint(edited.key, "title"), f"  {name}: {before} → {after}")
