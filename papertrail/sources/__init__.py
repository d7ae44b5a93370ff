"""The outside world: arXiv and files of seeds; the only importers of arxiv, requests and lxml."""
