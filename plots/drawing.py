"""What a figure's script gives back to draw.py."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Drawing:
    """A drawn figure with its title and its one-sentence caption, computed from the data."""

    figure: Figure
    title: str
    caption: str
