"""A headless Chromium that opens a page and tells what it complained of and what it asked for.

It is spoken to in the DevTools protocol over a pair of pipes (JSON, each message ended by a zero
byte): the browser reads from descriptor 3 and writes to 4, and no port is opened.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_S = 60.0
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--proxy-server=127.0.0.1:9", "--remote-debugging-pipe",
)  # fmt: skip
# Gives the pipes the numbers that the browser expects, in a process of its own: `subprocess` may
# use these numbers itself until the program starts.
LAUNCHER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def find() -> str | None:
    """The browser's program, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Visit:
    """What came of opening a page: its complaints, what it asked for, what it answered."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)


class Browser:
    """A browser with an empty profile, to be closed. Raises OSError if it goes silent."""

    def __init__(self, program: str) -> None:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        there, self._write = _high_pipe()
        self._read, back = _high_pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, str(there), str(back),
             program, *FLAGS, f"--user-data-dir={self._profile.name}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=(there, back),
        )  # fmt: skip
        os.close(there)
        os.close(back)
        self._buffer, self._count = b"", 0
        self._events: list[dict[str, Any]] = []

    def close(self) -> None:
        """Ends the browser and removes its profile."""
        os.close(self._write)  # it leaves when its pipe is closed
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._read)
        self._profile.cleanup()

    def visit(self, page: Path, width: int, *expressions: str, media: dict[str, Any] | None = None) -> Visit:
        """Opens a file in a window of `width` pixels, and evaluates expressions in it.

        `media` are parameters of Emulation.setEmulatedMedia (print, dark colours).
        """
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._ask(f"{domain}.enable", {}, session)
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._ask("Emulation.setDeviceMetricsOverride", size, session)
        self._ask("Emulation.setEmulatedMedia", media or {}, session)
        self._events.clear()
        self._ask("Page.navigate", {"url": page.resolve().as_uri()}, session)
        self._wait_for("Page.loadEventFired")
        answers = [self._evaluate(expression, session) for expression in expressions]
        visit = Visit(_complaints(self._events), _requests(self._events), answers)
        self._ask("Target.closeTarget", {"targetId": target})
        return visit

    def _evaluate(self, expression: str, session: str) -> Any:
        answer = self._ask("Runtime.evaluate", {"expression": expression, "returnByValue": True}, session)
        return answer["result"].get("value")

    def _ask(self, method: str, params: dict[str, Any], session: str | None = None) -> dict[str, Any]:
        """Sends a command and returns its result; events that come meanwhile are kept."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        message |= {"sessionId": session} if session else {}
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise OSError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._events.append(answer)

    def _wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self._events):
            self._events.append(self._receive())

    def _receive(self) -> dict[str, Any]:
        """The next message."""
        end = time.monotonic() + PATIENCE_S
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(end - time.monotonic(), 0))
            chunk = os.read(self._read, 1 << 16) if ready else b""
            if not chunk:
                raise OSError(f"the browser said nothing for {PATIENCE_S:g} s, or left")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


def _high_pipe() -> tuple[int, int]:
    """A pipe whose descriptors lie above 4, so that giving others the numbers 3 and 4 is safe."""
    low = os.pipe()
    high = tuple(fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10) for descriptor in low)
    for descriptor in low:
        os.close(descriptor)
    return high[0], high[1]


def _complaints(events: list[dict[str, Any]]) -> list[str]:
    """Errors of the console and the log, and exceptions of scripts."""
    found = []
    for event in events:
        params = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            found.append(params["exceptionDetails"]["text"])
        elif event.get("method") == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            found.append(" ".join(str(a.get("value", a.get("description"))) for a in params["args"]))
        elif event.get("method") == "Log.entryAdded" and params["entry"]["level"] == "error":
            found.append(params["entry"]["text"])
    return found


def _requests(events: list[dict[str, Any]]) -> list[str]:
    """The addresses asked for, those that hold their own data left out."""
    sent = [e["params"]["request"]["url"] for e in events if e.get("method") == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith("data:")]
