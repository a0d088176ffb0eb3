"""What both command lines share: an end of output that is no error."""

import os
import sys
from collections.abc import Callable


def until_cut_off(run: Callable[[], int]) -> int:
    """Run a command; if its reader goes away (``| head``), end quietly. Python would complain while it shuts down."""
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
