"""How well the inbox is ranked: the table of docs/INBOX.md, from composed trails. `python -m bench inbox`"""

from tests.domain.inbox.readers import READERS, measured


def main() -> None:
    """Print the table's lines."""
    for reader in READERS:
        print(measured(reader).row(reader), flush=True)
