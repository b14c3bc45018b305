#!/usr/bin/env python3
"""The negative control: without a lock, the thread sanitizer must see what the locks prevent.

    negative_control.py TORTURE-UNLOCKED [SUBJECT]...

Runs each subject on two threads of the variant that promises nothing. Each must end in a report of
a data race with a frame of the runtime in it. A crash, a report of anything else, or
silence fails: then the clean runs of the other variants prove nothing.
"""
import os
import re
import subprocess
import sys

EXIT_CODE = 66
SUBJECTS = ["slots", "counters", "tokens", "private"]
FRAME = re.compile(r"^\s+#\d+ rt_\w+", re.M)


def verdict(code, output):
    """None when the race was seen as it must be, or what was seen instead."""
    if "unexpected memory mapping" in output:
        return ("NOT RUN: the thread sanitizer cannot live with this address layout; run under "
                "`setarch -R`, or `sysctl vm.mmap_rnd_bits=28`")
    if code == 0:
        return "silence: no race was reported"
    if "WARNING: ThreadSanitizer: data race" not in output:
        return f"exit code {code} without a report of a data race"
    if code != EXIT_CODE:
        return f"a data race, but exit code {code}: it went on and crashed"
    if not FRAME.search(output):
        return "a data race without a frame of the runtime"
    return None


def check_verdict():
    """The judge must be able to say no."""
    race = "WARNING: ThreadSanitizer: data race (pid=1)\n"
    frame = "    #0 rt_list_append runtime/object/list.c:100\n"
    assert verdict(EXIT_CODE, race + frame) is None
    assert verdict(0, "")
    assert verdict(-11, "Segmentation fault")
    assert verdict(EXIT_CODE, "ThreadSanitizer: SEGV on unknown address\n" + frame)
    assert verdict(EXIT_CODE, race + "    #0 main main.c:1\n")
    assert verdict(-11, race + frame)


def control(program, subject):
    command = [program, "--seed", "1", "--threads", "2", "--seconds", "20", "--only", subject]
    environment = dict(os.environ, TSAN_OPTIONS=f"halt_on_error=1 exitcode={EXIT_CODE}")
    result = subprocess.run(command, env=environment, text=True, check=False, timeout=100,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    problem = verdict(result.returncode, result.stdout)
    frame = FRAME.search(result.stdout)
    print(f"{subject}: {problem or 'data race, ' + frame.group(0).strip()}")
    if problem:
        print(result.stdout)
    return problem is None


def main():
    if len(sys.argv) < 2:
        print("usage: negative_control.py TORTURE-UNLOCKED [SUBJECT]...", file=sys.stderr)
        return 2
    check_verdict()
    seen = [control(sys.argv[1], subject) for subject in sys.argv[2:] or SUBJECTS]
    return 0 if all(seen) else 1


if __name__ == "__main__":
    sys.exit(main())
