"""The evaluations: fixed questions, pure metrics, and a report that shows n and an interval beside every number."""
