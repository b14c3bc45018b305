"""From source text to assembly text."""

from __future__ import annotations

import ast
import json
import sys
import warnings

from .frame import Unit
from .refusal import Refused, Unsupported
from .scopes import analyse
from .simplify import simplify
from .statements import Statements
from .subset import check

FORMAT = 2
DEEPEST = 20000  # Python's own recursion, while a tree is walked


def translate(source: bytes, path: str, digest: str) -> str:
    """The assembly of a source; `digest` is its hash, which the first line carries. Raises
    Refused."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, DEEPEST))
    try:
        body = "\n".join(_codes(_parse(source, path)))
    except Unsupported as error:
        raise Refused(path, error.line, str(error)) from None
    except (RecursionError, MemoryError):  # the latter from the parser of some versions
        raise Refused(path, 1, "the program is nested too deeply") from None
    finally:
        sys.setrecursionlimit(limit)
    return f"{heading(path, digest)}{body}\n"


def heading(path: str, digest: str) -> str:
    """The first two lines: what the assembly was made from."""
    return f"gilbench-assembly {FORMAT} {digest}\nfile {json.dumps(path)}\n"


def _parse(source: bytes, path: str) -> ast.Module:
    """The tree, if CPython would accept the source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, path, "exec", dont_inherit=True)
            return ast.parse(source, path)
    except SyntaxError as error:
        message = " ".join(str(error.msg).split())
        raise Refused(path, error.lineno or 1, f"{type(error).__name__}: {message}") from None
    except ValueError as error:  # a null byte
        raise Refused(path, 1, f"SyntaxError: {error}") from None


def _codes(tree: ast.Module) -> list:
    check(tree)
    unit = Unit(analyse(simplify(tree)))
    unit.texts.append("")
    module = Statements(unit, tree, 0, 1)
    module.statements(tree.body)
    module.code.line = max(module.code.line, 1)
    module.emit("RETURNK", module.constant(None))
    unit.texts[0] = module.text()
    return unit.texts
