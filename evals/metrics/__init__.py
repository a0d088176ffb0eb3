"""Metrics: pure functions from answers and gold to numbers. What can't be judged is ``None``, never zero."""
