"""Does a quotation support a statement? A test by rule; ``entails`` says how, ``python -m evals validate`` how well."""

from assistant.support.source import Source, source_of
from assistant.support.verdict import Verdict, entails, rarity

__all__ = ["Source", "Verdict", "entails", "rarity", "source_of"]
