"""The command line of ./gilbench: arguments, their checks, dispatch, exit codes."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from pathlib import Path
from typing import NoReturn

from . import install, profiles
from .errors import DONE, FAILED, INTERRUPTED, InputError, OutsideError, SuiteError
from .locations import VARIANTS, runner as runner_program, runner_override

MOST_THREADS = 256  # GB_WINDOW_WORKERS of the runner
LARGEST_SEED = 2**31 - 1


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and exits with 2."""

    def error(self, message: str) -> NoReturn:
        message = re.sub(r"^argument ([^:]+): ", r"\1: ", message)
        message = re.sub(r"^COMMAND: invalid choice: ('.*?') \(choose", r"no command \1 (choose", message)
        raise InputError(f"{self.prog}: {message} (see {self.prog} --help)")


def main(arguments: list[str]) -> int:
    """Runs a command line. Returns the exit code; never lets a traceback of the user's out."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also when started in background
    try:
        options = parser().parse_args(arguments)
        return options.action(options, arguments)
    except SuiteError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except BrokenPipeError:  # `gilbench list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _say(f"{error.filename or 'a file'}: {error.strerror}", FAILED)


def _say(line: str, code: int) -> int:
    """Prints one line on stderr, whatever was in it, and gives back the exit code."""
    prefix = "" if line.startswith("gilbench") else "gilbench: "
    sys.stdout.flush()
    print(prefix + " ".join(line.split()), file=sys.stderr)
    return code


def parser() -> Parser:
    """The parser of all commands."""
    top = Parser(
        prog="gilbench", allow_abbrev=False,
        description="What does a global interpreter lock cost, what does removing it cost, and "
        "where do the two lines cross, on your cores?",
        epilog="Exit codes: 0 done; 1 a check failed or something outside did; 2 the command "
        "line or an input was wrong; 130 interrupted, what was done is kept.",
    )  # fmt: skip
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _add_run, _add_exec, _add_demo, _add_test, _add_compare, _add_plot, _add_stress,
        _add_list, _add_doctor,
    ):  # fmt: skip
        add(commands)
    return top


def _command(commands: "argparse._SubParsersAction[Parser]", name: str, text: str) -> Parser:
    return commands.add_parser(name, help=text, description=text, allow_abbrev=False)


# ---------------------------------------------------------------- run


def _add_run(commands: "argparse._SubParsersAction[Parser]") -> None:
    run = _command(commands, "run", "build, measure, draw, and print what was found")
    names = "; ".join(f"{p.name}: {p.summary}" for p in profiles.PROFILES.values())
    run.add_argument("--profile", metavar="NAME", help=names)
    run.add_argument("--suite", metavar="S", action="append", default=[],
                     help=f"only this topic, whole ({', '.join((*profiles.TOPICS, *profiles.SUITES))}), or one cell; repeatable")
    run.add_argument("--variant", metavar="V", action="append", default=[],
                     help=f"only this variant ({', '.join(VARIANTS)}); repeatable")
    run.add_argument("--threads", metavar="LIST", type=thread_list,
                     help="thread counts instead of the profile's, as 1,2,4")
    run.add_argument("--python", metavar="PATH", action="append", default=[],
                     help="a CPython to measure beside, instead of those on PATH; repeatable")
    run.add_argument("--out", metavar="DIR", type=Path,
                     help="the run's folder (default: results/runs/DATE-PROFILE)")
    run.add_argument("--resume", metavar="DIR", type=Path,
                     help="complete the interrupted run in DIR")
    run.add_argument("--seed", metavar="N", type=seed, help="of all random choices; default: drawn")
    _add_yes(run)
    run.set_defaults(action=_run)


def _add_yes(command: Parser) -> None:
    command.add_argument("--yes", action="store_true", help="install packages without asking")


def thread_list(text: str) -> tuple[int, ...]:
    """Thread counts as 1,2,4: whole numbers from 1 on, ascending without repetition."""
    try:
        counts = sorted({_whole(part) for part in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list like 1,2,4") from None
    if counts[0] < 1 or counts[-1] > MOST_THREADS:
        raise argparse.ArgumentTypeError(f"{text}: from 1 to {MOST_THREADS} threads")
    return tuple(counts)


def seed(text: str) -> int:
    """A seed: a whole number from 0 on."""
    try:
        number = _whole(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number") from None
    if not 0 <= number <= LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"{text}: from 0 to {LARGEST_SEED}")
    return number


def seconds(text: str) -> int:
    """A length of time: whole seconds, from 1 to a day."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 86400:
        raise argparse.ArgumentTypeError(f"{text!r}: whole seconds, from 1 to 86400")
    return int(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"\s*[+-]?[0-9]{1,12}\s*", text):
        raise ValueError(text)
    return int(text)


def variant_names(given: list[str], possible: tuple[str, ...] = VARIANTS) -> tuple[str, ...]:
    """The named variants in ladder order, all if none is named. Raises InputError."""
    names = [name for text in given for name in text.split(",")]
    for name in names:
        if name not in possible:
            raise InputError(f"no variant {name!r} here; there are {', '.join(possible)}")
    return tuple(v for v in possible if v in names) if names else possible


def _run(options: argparse.Namespace, arguments: list[str]) -> int:
    if options.resume is not None:
        return _resume(options)
    profile = profiles.named(options.profile or profiles.QUICK.name)
    variants = variant_names(options.variant)
    profiles.cells_of_suites(options.suite)
    _need({"build", "read", "draw"}, options)
    from . import run

    return run.start(run.Request(
        profile, ["gilbench", *arguments], options.suite, variants, options.threads,
        options.python, options.out, options.seed, options.yes,
    ))  # fmt: skip


def _resume(options: argparse.Namespace) -> int:
    fixed = ("profile", "suite", "variant", "threads", "out", "seed")
    for name in fixed:
        if getattr(options, name) not in (None, []):
            raise InputError(f"--{name} does not go with --resume: the run in DIR has it fixed")
    if not options.resume.exists():
        raise InputError(f"--resume {options.resume}: no such run folder")
    _need({"build", "read", "draw"}, options)
    from . import run

    return run.resume(options.resume, options.python, yes=options.yes)


def _need(roles: set[str], options: argparse.Namespace) -> None:
    if not runner_override():
        install.ensure(roles, yes=getattr(options, "yes", False))


# ---------------------------------------------------------------- programs


def _add_exec(commands: "argparse._SubParsersAction[Parser]") -> None:
    execute = _command(commands, "exec", "run a Python program on the runtime")
    execute.add_argument("--variant", metavar="V", default="gil",
                         help=f"on this one ({', '.join(VARIANTS)}); default: gil")
    how = execute.add_mutually_exclusive_group()
    how.add_argument("--account", action="store_true",
                     help="on a build that counts; the counters go to stderr at the end")
    how.add_argument("--dis", action="store_true", help="print its bytecode instead")
    how.add_argument("--ladder", action="store_true",
                     help="on every safe variant and the CPythons on PATH; print what each took")
    execute.add_argument("file", metavar="FILE.py",
                         help="a program in the subset that runtime/translate/README.md names")
    execute.add_argument("arguments", metavar="ARGUMENT", nargs=argparse.REMAINDER,
                         help="the program's own: sys.argv[1:]")
    execute.set_defaults(action=_exec)


def _exec(options: argparse.Namespace, _: list[str]) -> int:
    if options.variant not in VARIANTS:
        raise InputError(f"no variant {options.variant!r}; there are {', '.join(VARIANTS)}")
    from . import execute

    if options.ladder:
        return execute.ladder(options.file, tuple(options.arguments))
    return execute.run(execute.Request(
        options.file, tuple(options.arguments), options.variant, options.account, options.dis,
    ))  # fmt: skip


def _add_demo(commands: "argparse._SubParsersAction[Parser]") -> None:
    demo = _command(commands, "demo", "reference counts, cycles and locks in small programs that run as you read")
    demo.add_argument("--pause", action="store_true", help="wait for Enter after each program")
    demo.set_defaults(action=_demo)


def _demo(options: argparse.Namespace, _: list[str]) -> int:
    from . import demo

    return demo.run(options.pause)


# ---------------------------------------------------------------- the others


def _add_test(commands: "argparse._SubParsersAction[Parser]") -> None:
    test = _command(commands, "test", "build and run the tests")
    test.add_argument("--all", action="store_true",
                      help="also clang, debug, the sanitizers and the negative control")
    _add_yes(test)
    test.set_defaults(action=_test)


def _test(options: argparse.Namespace, _: list[str]) -> int:
    from . import test

    return test.run(everything=options.all, yes=options.yes)


def _add_compare(commands: "argparse._SubParsersAction[Parser]") -> None:
    compare = _command(commands, "compare", "print the ladder of a run, or one run against another")
    compare.add_argument("run", metavar="RUN", type=Path, help="a run's folder")
    compare.add_argument("other", metavar="RUN2", type=Path, nargs="?",
                         help="a later run: the same variants, RUN2 over RUN; exit 1 if slower")
    compare.add_argument("--base", metavar="V", default="gil", help="default: gil")
    compare.add_argument("--against", metavar="V", default="object", help="default: object")
    _add_yes(compare)
    compare.set_defaults(action=_compare)


def _compare(options: argparse.Namespace, _: list[str]) -> int:
    _need({"read"}, options)
    from . import compare

    return compare.compare(options.run, options.other, options.base, options.against)


def _add_plot(commands: "argparse._SubParsersAction[Parser]") -> None:
    plot = _command(commands, "plot", "draw a run's figures (SVG and PNG) and write its report.html, into its folder")
    plot.add_argument("run", metavar="RUN", type=Path, help="a run's folder")
    _add_yes(plot)
    plot.set_defaults(action=_plot)


def _plot(options: argparse.Namespace, _: list[str]) -> int:
    _need({"draw"}, options)
    from . import results, run

    results.load(options.run)
    files = run.draw(options.run)
    for file in files:
        print(file)
    if not files:
        raise OutsideError(f"{options.run}: nothing was drawn")
    return DONE


def _add_stress(commands: "argparse._SubParsersAction[Parser]") -> None:
    stress = _command(commands, "stress", "race on every operation and count what comes out; torture; calls that fail")
    stress.add_argument("--seconds", metavar="N", type=seconds, default=60,
                        help="in all, half for the outcome tables, half for torture and faults (default: 60)")
    stress.add_argument("--variant", metavar="V", action="append", default=[],
                        help=f"only this one ({', '.join(VARIANTS)}); repeatable")
    stress.add_argument("--python", metavar="PATH", action="append", default=[],
                        help="a CPython to race the programs on too (default: those on PATH); repeatable")
    stress.add_argument("--seed", metavar="N", type=seed, help="default: drawn, and printed")
    stress.add_argument("--only", metavar="TEST", action="append", default=[],
                        help="only this outcome table, nothing else; repeatable")
    stress.add_argument("--out", metavar="DIR", type=Path,
                        help="where outcomes.jsonl goes (default: results/runs/DATE-stress)")
    stress.add_argument("--preset", choices=("release", "debug", "tsan", "asan-ubsan"),
                        help="the build (default: debug for the torture; tables are made with "
                        "release, or with the sanitizer's)")
    _add_yes(stress)
    stress.set_defaults(action=_stress)


def _stress(options: argparse.Namespace, _: list[str]) -> int:
    variants = variant_names(options.variant)
    from . import stress

    return stress.run(stress.Request(
        options.seconds, variants, options.seed, tuple(options.only), options.preset, options.out,
        options.yes, tuple(options.python),
    ))  # fmt: skip


def _add_list(commands: "argparse._SubParsersAction[Parser]") -> None:
    show = _command(commands, "list", "suites, cells with their questions, variants, peers found")
    show.set_defaults(action=_list)


def _list(_options: argparse.Namespace, _: list[str]) -> int:
    from . import listing

    listing.show(runner_program())
    return DONE


def _add_doctor(commands: "argparse._SubParsersAction[Parser]") -> None:
    doctor = _command(commands, "doctor", "what on this machine will disturb the numbers")
    doctor.set_defaults(action=_doctor)


def _doctor(_options: argparse.Namespace, _: list[str]) -> int:
    from . import doctor

    for finding in doctor.examine():
        print(finding.line())
    return DONE
