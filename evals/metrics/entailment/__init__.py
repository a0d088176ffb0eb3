"""Does a quotation support a statement? A test by rule; ``verdict`` says how, ``python -m evals validate`` how well."""

from evals.metrics.entailment.source import Source, source_of
from evals.metrics.entailment.verdict import Verdict, entails, rarity

__all__ = ["Source", "Verdict", "entails", "rarity", "source_of"]
