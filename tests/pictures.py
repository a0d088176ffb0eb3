"""Draws the pictures of the README again, from the pages that the test of barriers walks through: ``make pictures``."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "page" / "pictures"
CHOSEN = (
    "welcome-phone-light",
    "answer-phone-light",
    "answer-phone-dark",
    "check-phone-dark",
    "officer-desktop-dark",
    "compare-desktop-light",
    "timeline-desktop-light",
)
COLOURS = 64  # enough for letters with soft edges, at a third of the size


def main() -> None:
    """Walk through the pages once, and keep the chosen pictures."""
    with TemporaryDirectory() as folder:
        walk = [sys.executable, "-m", "pytest", "tests/test_page_barriers.py"]
        subprocess.run(walk, cwd=ROOT, env={**os.environ, "SHOTS": folder, "REQUIRE_BROWSER": "1"}, check=True)
        for name in CHOSEN:
            drawn = Image.open(Path(folder) / f"{name}.png").convert("RGB").quantize(COLOURS)
            drawn.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
