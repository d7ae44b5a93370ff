"""`papertrail cite`: papers as one cites them."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("cite")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--bibtex", "form", flag_value="bibtex", default=True, help="Entries for BibTeX: the default.")
@click.option("--markdown", "form", flag_value="markdown", help="Links in Markdown.")
@click.option("--plain", "form", flag_value="plain", help="Sentences.")
def command(keys: tuple[str, ...], form: str) -> None:
    """Write how papers are cited to standard output.

    \b
    Example:
      papertrail cite rcnn faster-rcnn >> references.bib
      papertrail cite rcnn --markdown
    """
    from papertrail.domain.citation import CitationForm

    with open_trail() as library:
        found = [library.papers.resolve(key) for key in keys]
        cited = [library.pages.cite(key, CitationForm(form)) for key in dict.fromkeys(found)]
    output.say_lines([(line,) for text in cited for line in text.split("\n")])
