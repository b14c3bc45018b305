"""python3 -m runtime.translate FILE.py: prints the assembly. Exit 2 and one line if refused."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from .refusal import Refused
from .source import translate


def main(arguments: list) -> int:
    if len(arguments) != 1:
        print("usage: python3 -m runtime.translate FILE.py", file=sys.stderr)
        return 2
    try:
        source = Path(arguments[0]).read_bytes()
        sys.stdout.write(translate(source, arguments[0], hashlib.sha256(source).hexdigest()))
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{arguments[0]}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
