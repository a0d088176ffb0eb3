"""What a question can be refused for. Each message is one line that says what is wrong and what to do."""


class QuestionProblem(ValueError):
    """The question is empty, holds no words, or is too long to be a question."""
