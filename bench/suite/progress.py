"""Progress with time left: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Any

SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Counts planned seconds of work as processes end. Use it as a context manager."""

    def __init__(self, processes: int, seconds: float) -> None:
        self._processes = processes
        self._done = 0
        self._seconds = seconds
        self._spent = 0.0
        self._began = time.monotonic()
        self._last_line = self._began
        self._bar = _bar(seconds) if sys.stderr.isatty() else None

    def __enter__(self) -> Progress:
        if self._bar is None:
            print(f"measuring: {self._processes} processes, about {clock(self._seconds)}", flush=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
        else:
            took = clock(time.monotonic() - self._began)
            print(f"measured: {self._done} of {self._processes} processes in {took}", flush=True)

    def show(self, case: str) -> None:
        """Names the case whose process starts now."""
        if self._bar is not None:
            self._bar.set_postfix_str(case)

    def add(self, seconds: float, *, done: bool = True) -> None:
        """A process that was planned to take `seconds` ended, or was left out."""
        self._spent += seconds
        self._done += done
        if self._bar is not None:
            self._bar.update(min(seconds, max(self._bar.total - self._bar.n, 0)))
        elif time.monotonic() - self._last_line >= SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            print(f"{self._done} of {self._processes} processes, {self._left()} left", flush=True)

    def more(self, seconds: float) -> None:
        """One process more than planned: a repetition."""
        self._processes += 1
        self._seconds += seconds
        if self._bar is not None:
            self._bar.total += seconds

    def _left(self) -> str:
        pace = (time.monotonic() - self._began) / max(self._spent, 1e-9)
        return clock(max(self._seconds - self._spent, 0) * pace)


def _bar(seconds: float) -> Any:
    from tqdm import tqdm

    layout = "measuring {percentage:3.0f}% |{bar:30}| {remaining} left {postfix}"
    return tqdm(total=seconds, bar_format=layout, file=sys.stderr, dynamic_ncols=True, leave=False)


def clock(seconds: float) -> str:
    """Minutes and seconds, 3:07; with hours where there are any."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
