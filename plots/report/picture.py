"""A figure's SVG as a part of the page: smaller, and in a URI that holds it whole."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

OUTLINE = re.compile(r'\bd="([^"]*)"')
NUMBER = re.compile(r"-?\d+\.\d{3,}")
PLAIN = " '()*,-./:;=@"  # besides letters and digits, what may stand in the URI as it is


def data_uri(svg: Path) -> str:
    """A document of its own in a URI, so that its ids clash with nobody's.

    Outlines are written to a hundredth of their unit (a point, or less within a letter), which
    nobody sees and which halves them.
    """
    text = OUTLINE.sub(_rounded, svg.read_text(encoding="utf-8"))
    return "data:image/svg+xml," + quote(re.sub(r"\s+", " ", text), safe=PLAIN)


def _rounded(outline: re.Match[str]) -> str:
    path = NUMBER.sub(lambda number: format(float(number[0]), ".2f"), outline[1])
    return f'd="{path}"'
