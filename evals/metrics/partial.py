"""Where the documents hold only a part of what was asked: is that part given, and is the rest said to be missing?"""

from evals.answers import PARTLY, Response
from evals.cases import Expected


def partly_right(expected: Expected, response: Response) -> bool | None:
    """Whether a question that can be answered only in part was so answered; not applicable to other questions."""
    return response.status == PARTLY if expected.statuses == {PARTLY} else None


def owned_up(response: Response) -> bool | None:
    """Whether an answer in part says what is missing, in a statement or in its list; not applicable to others."""
    if response.status != PARTLY:
        return None
    return bool(response.missing) or any(said.kind == "gap" for said in response.statements)
