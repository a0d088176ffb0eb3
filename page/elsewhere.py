"""Where questions go beside this server: said wherever somebody may ask, for as long as it is so."""

from urllib.parse import urlsplit

from index.settings import load
from page import writing

SEARCHED = "To search the documents, your question is sent to {where}."
WRITTEN = "A language model helps to write: your question and the quotations found are sent to {where}."
NOWHERE = "No question and no quotation leaves this server: it uses no language model and no other service."


def sent_to() -> str:
    """Who is sent what, in a sentence each; empty where nobody is sent anything. Raises ``SettingsProblem``."""
    searched, writer = load().embedding_url, writing.writer()
    told = [SEARCHED.format(where=_address(searched))] if searched else []
    told += [WRITTEN.format(where=writer.sends_to)] if writer else []
    return " ".join(told)


def _address(url: str) -> str:
    """An address for people to read, without a name or a key that may be in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"
