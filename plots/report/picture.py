"""A figure's SVG as a part of the page: smaller, and in a URI that holds it whole."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

PLACE = re.compile(r'\b(?:d|x|y|points)="[^"]*"|translate\([^)]*\)')
NUMBER = re.compile(r"-?\d+\.\d{2,}")
REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
PLAIN = " '()*,-./:;=@"  # besides letters and digits, what may stand in the URI as it is


def data_uri(svg: Path) -> str:
    """A document of its own in a URI, so that its ids clash with nobody's.

    Places are written to a tenth of their unit (a point, or less within a letter), which
    nobody sees, and quotes as the one kind that a URI need not escape.
    """
    text = svg.read_text(encoding="utf-8")
    for superfluous in (REMARK, METADATA):
        text = superfluous.sub("", text)
    text = re.sub(r"\s+", " ", PLACE.sub(_rounded, text)).replace("> <", "><")
    return "data:image/svg+xml," + quote(_single_quoted(text), safe=PLAIN)


def _rounded(places: re.Match[str]) -> str:
    return NUMBER.sub(lambda number: format(float(number[0]), ".1f"), places[0])


def _single_quoted(text: str) -> str:
    return text.replace("'", "&apos;").replace('"', "'")
