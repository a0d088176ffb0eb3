"""Was this said? A claimed quotation held against every document, independent of how questions are answered.

Three kinds of sameness: the same characters; the same after a closed list of normalisations (``folding``); and near,
with every difference shown. Numbers, names, negations and qualifiers are never forgiven, nor left off (``cuts``).
"""

from assistant.quotes.checking import Checked, check, check_asked

__all__ = ["Checked", "check", "check_asked"]
