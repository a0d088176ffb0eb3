"""What can go wrong with the index. Each message is one line that says what is wrong and what to do."""


class IndexProblem(Exception):
    """Base of everything the index can refuse: show ``str(problem)`` to the user and stop."""


class SettingsProblem(IndexProblem):
    """A setting is unknown or has a value it can't have."""


class SourceProblem(IndexProblem):
    """A source file or folder can't be read as a document."""


class StoreProblem(IndexProblem):
    """The store is missing, damaged, busy, or was built with something else than what would read it."""


class EmbeddingProblem(IndexProblem):
    """The embedding model can't be loaded, or its endpoint didn't answer as it should."""
