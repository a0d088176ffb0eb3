"""What the command lines share: a progress bar for people, and an end of output that is no error."""

import os
import sys
from collections.abc import Callable
from typing import Any


def until_cut_off(run: Callable[[], int]) -> int:
    """Run a command; if its reader goes away (``| head``), end quietly. Python would complain while it shuts down."""
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def progress_bar() -> Any:
    """A progress bar on standard error for people, nothing where the output is piped."""
    from tqdm import tqdm

    bars: dict[str, Any] = {}
    says = {"read": ("reading", "file"), "embed": ("embedding", "sentence"), "write": ("checking", "step")}

    def progress(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            label, unit = says[stage]
            bars[stage] = tqdm(total=total, desc=label, unit=unit, disable=None, file=sys.stderr)
        bar = bars[stage]
        bar.update(done - bar.n)
        if done >= total:
            bar.close()

    return progress
