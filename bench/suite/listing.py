"""`gilbench list`: suites, cells with their questions, variants, peers found."""

from __future__ import annotations

from pathlib import Path

from . import machine, peers, programs
from .locations import SAFE_VARIANTS, VARIANTS
from .profiles import PROFILES, SUITES, TOPICS


def show(runner: Path) -> None:
    """Prints the list. Questions come from the runner, so they need a build."""
    asked = machine.ask_runner(runner, "--list-json") if runner.exists() else []
    cells = {cell["cell"]: cell for cell in (*asked, *programs.cells())}
    print("suites and their cells")
    for topic, names in TOPICS.items():
        print(f"  {topic}")
        for name in names:
            question = cells.get(name, {}).get("question", "")
            print(f"    {name:<18} {question}".rstrip())
    for suite, topics in SUITES.items():
        print(f"  {suite:<20} all of {', '.join(topics)}")
    if not asked:
        print("  (the other questions appear once something was built: gilbench run, or test)")
    print("\nprofiles")
    for profile in PROFILES.values():
        print(f"  {profile.name:<18} {profile.summary}")
    print("\nvariants, in the order of the ladder")
    for variant in VARIANTS:
        note = "" if variant in SAFE_VARIANTS else "one thread only"
        print(f"  {variant:<18} {note}".rstrip())
    print(f"\npeers found (they run {', '.join(peers.CELLS)}, and all programs as well)")
    for peer in peers.on_path():
        print(f"  {peers.sentence(peer)}")
    if asked:
        print("\nallocators to stand beside ours")
        for heap in machine.ask_runner(runner, "--machine-json").get("heaps", ()):
            found = heap.get("version", "") if heap["found"] else f"not found: {heap.get('why')}"
            print(f"  {heap['name']:<18} {found}".rstrip())
