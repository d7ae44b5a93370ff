"""`papertrail open`: a page of a paper, or its PDF, in the program that the reader has for it."""

import click

from papertrail.cli import output
from papertrail.cli.trail import open_trail


@click.command("open")
@click.argument("key")
@click.option("--pdf", "page", flag_value="pdf", help="The PDF: the one in the trail where it is there.")
@click.option("--abs", "page", flag_value="abs", help="The page about it on arXiv.")
@click.option("--html", "page", flag_value="html", help="The paper as a web page.")
@click.option("--code", "page", flag_value="code", help="Its code.")
@click.option("--translation", "page", flag_value="translation", help="A translation.")
def command(key: str, page: str | None) -> None:
    """Open a page of a paper in your browser: arXiv's, else its publisher's, unless told otherwise.

    It changes nothing: that you read the paper only you can say. PAPERTRAIL_OPENER, or BROWSER for pages,
    names another program.

    \b
    Example:
      papertrail open faster-rcnn
      papertrail open faster-rcnn --pdf
    """
    from papertrail.domain.links import Page

    with open_trail() as library:
        key = library.papers.resolve(key)
        if page == Page.PDF and (path := library.pages.pdf(key)) is not None:
            output.say(f"{key}: the PDF of {output.size_words(path.stat().st_size)} in the trail")
            library.pages.open(path, lend_terminal=True)
            return
        link = library.pages.link(key, None if page is None else Page(page))
        output.say(f"{key}: {link.words}")
        output.hint(link.url)
        library.pages.open(link.url, lend_terminal=True)
