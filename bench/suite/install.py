"""Installs what is missing, on Debian and Ubuntu; elsewhere says what to type.

PACKAGES is the one list; the README's table of dependencies is its copy.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from .errors import OutsideError
from .machine import on_linux


@dataclass(frozen=True)
class Package:
    """A Debian package: why it is needed, in which roles, and how to tell that it is there."""

    name: str
    reason: str
    roles: tuple[str, ...]
    probe: str  # "command NAME", "module NAME", "library NAME" (pkg-config) or "dpkg"


# Roles: build (compile), read (results and statistics), draw (figures), check (test --all).
PACKAGES = (
    Package("cmake", "configures; 3.25 or newer, for its presets", ("build",), "command cmake"),
    Package("ninja-build", "builds", ("build",), "command ninja"),
    Package("gcc", "the compiler whose code is measured", ("build",), "command gcc"),
    Package("g++", "Google Benchmark's registrations are C++", ("build",), "command g++"),
    Package("libc6-dev", "the C library's headers", ("build",), "dpkg"),
    Package("pkg-config", "finds the libraries below", ("build",), "command pkg-config"),
    Package("libbenchmark-dev", "Google Benchmark, the runner's front end", ("build",),
            "library benchmark"),
    Package("libhwloc-dev", "topology and binding of workers", ("build",), "library hwloc"),
    Package("libgmp-dev", "the limbs of ints beyond 62 bits", ("build",), "library gmp"),
    Package("libcjson-dev", "sample lines and descriptions in JSON", ("build",),
            "library libcjson"),
    Package("libcmocka-dev", "unit tests in C", ("build",), "library cmocka"),
    Package("libmimalloc2.0", "an allocator to stand beside", ("build",), "dpkg"),
    Package("libjemalloc2", "an allocator to stand beside", ("build",), "dpkg"),
    Package("libtcmalloc-minimal4", "an allocator to stand beside", ("build",), "dpkg"),
    Package("python3-numpy", "medians and resampling", ("read", "draw"), "module numpy"),
    Package("python3-scipy", "bootstrap intervals", ("read", "draw"), "module scipy"),
    Package("python3-jsonschema", "checks run folders", ("read", "draw"), "module jsonschema"),
    Package("python3-tqdm", "the progress bar", ("build",), "module tqdm"),
    Package("python3-matplotlib", "figures", ("draw",), "module matplotlib"),
    Package("python3-jinja2", "the report's page", ("draw",), "module jinja2"),
    Package("clang", "the second compiler, and the sanitizers", ("check",), "command clang"),
    Package("libclang-rt-dev", "the sanitizers' run-time libraries", ("check",), "dpkg"),
    Package("llvm", "names functions in the sanitizers' reports", ("check",),
            "command llvm-symbolizer"),
    Package("chromium", "opens reports, to see that they need nothing else", ("check",),
            "command chromium"),
)  # fmt: skip


def ensure(roles: set[str], *, yes: bool) -> None:
    """Makes sure that all packages with one of `roles` are there; asks before installing.

    Raises OutsideError, with the one line to type, where it may not or cannot install.
    """
    missing = [p for p in PACKAGES if roles & set(p.roles) and not present(p)]
    if not missing:
        return
    names = [package.name for package in missing]
    line = f"apt-get install --no-install-recommends {' '.join(names)}"
    if not shutil.which("apt-get"):
        where = "packages of these Debian names" if on_linux() else "these, by your package manager"
        raise OutsideError(f"missing; install {where}: {' '.join(names)}")
    _ask(missing, line, yes)
    _install(names, line)
    importlib.invalidate_caches()
    still = [package.name for package in missing if not present(package)]
    if still:
        raise OutsideError(f"installed, but not to be found: {', '.join(still)}")


def present(package: Package) -> bool:
    """Whether a package, or the same thing from elsewhere, is there."""
    kind, _, name = package.probe.partition(" ")
    if kind == "command" and shutil.which(name):
        return True
    if kind == "module":
        return importlib.util.find_spec(name) is not None
    if kind == "library" and _succeeds(["pkg-config", "--exists", name]):
        return True
    if not shutil.which("dpkg-query"):
        return kind == "dpkg"  # not Debian: the compiler will say it better
    return _installed(package.name)


def _installed(name: str) -> bool:
    if name.startswith("libclang-rt-"):  # any version will do, Ubuntu has others
        return bool(glob.glob("/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.tsan*"))
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", name]
    answer = subprocess.run(query, capture_output=True, text=True)
    return "installed" in answer.stdout.split()


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def _ask(missing: list[Package], line: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        if os.geteuid() == 0:
            return
        raise OutsideError(f"missing packages; type: sudo {line}")
    print("These packages are missing:")
    for package in missing:
        print(f"  {package.name:<20} {package.reason}")
    try:
        answer = input("Install them with apt-get? [Y/n] ").strip().lower()
    except EOFError:
        answer = "n"
    if answer not in ("", "y", "yes"):
        raise OutsideError(f"not installed; type: {line}")


def _install(names: list[str], line: str) -> None:
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if sudo and not shutil.which("sudo"):
        raise OutsideError(f"installing needs root; as root, type: {line}")
    install = [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    update = [*sudo, "apt-get", "update", "-qq"]
    print(f"installing {' '.join(names)}", flush=True)
    if not glob.glob("/var/lib/apt/lists/*_Packages*"):
        _quietly(update, line)
    try:
        _quietly(install, line)
    except OutsideError:  # the lists may be older than the archive
        _quietly(update, line)
        _quietly(install, line)


def _quietly(command: list[str], line: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if command[0] == "sudo":
        command = ["sudo", "DEBIAN_FRONTEND=noninteractive", *command[1:]]
    answer = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if answer.returncode != 0:
        errors = [text for text in answer.stdout.splitlines() if text.startswith("E:")]
        reason = errors[0] if errors else "it failed"
        raise OutsideError(f"apt-get: {reason}; to try by hand: {line}")
