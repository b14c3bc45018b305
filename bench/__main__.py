"""Entry of `./gilbench`: puts the packages `suite` and `plots` on the path and dispatches."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))  # plots/; bench/ itself is first, because Python was given it

from suite.cli import main  # noqa: E402  (the path comes first)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
