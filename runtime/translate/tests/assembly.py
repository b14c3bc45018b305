"""Reads assembly text for the tests: codes, instructions with their operands decoded."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, NamedTuple, Tuple

ITEM = re.compile(r'"(?:[^"\\]|\\.)*"|\S+')


class Register(NamedTuple):
    number: int
    last: bool


class Instruction(NamedTuple):
    line: int
    operation: str
    operands: Tuple[Any, ...]  # Register, str label, int; constants by their values
    text: str


class Code:
    def __init__(self, header: List[str]) -> None:
        self.name: str = json.loads(header[2])
        fields = dict(zip(header[3::2], map(int, header[4::2])))
        self.arguments, self.defaults = fields["args"], fields["defaults"]
        self.local_count, self.registers = fields["locals"], fields["regs"]
        self.first_line = fields["line"]
        self.names: List[str] = []
        self.cells: List[int] = []
        self.free: List[str] = []
        self.constants: List[Any] = []
        self.instructions: List[Instruction] = []
        self.labels: Dict[str, int] = {}
        self.handlers: List[Tuple[int, int, int, int]] = []  # start, end, target, register


class CodeNumber(NamedTuple):
    number: int


def parse(text: str) -> List[Code]:
    """The codes of an assembly file, as the translator writes it; no care for wrong ones."""
    codes: List[Code] = []
    line = 0
    for row in text.splitlines()[2:]:
        items = ITEM.findall(row)
        if items[0] == "code":
            codes.append(Code(items))
        elif items[0] == "line":
            line = int(items[1])
        elif items[0].endswith(":"):
            codes[-1].labels[items[0][:-1]] = len(codes[-1].instructions)
        elif items[0] != "end":
            _line(codes[-1], row.strip(), items, line)
    return codes


def _line(code: Code, row: str, items: List[str], line: int) -> None:
    if items[0] in ("names", "cells", "free"):
        listed = ITEM.findall(row[row.index("[") + 1 : row.rindex("]")])
        setattr(code, items[0], [json.loads(item) for item in listed])
    elif items[0] == "handler":
        start, end, target = (code.labels[item] for item in items[1:4])
        code.handlers.append((start, end, target, int(items[4][1:])))
    elif re.fullmatch(r"k\d+", items[0]):
        code.constants.append(_constant(code, items[1], row.split(None, 2)[2] if items[2:] else ""))
    else:
        operands = tuple(_operand(code, item) for item in items[1:])
        code.instructions.append(Instruction(line, items[0], operands, row))


def _constant(code: Code, kind: str, text: str) -> Any:
    if kind == "tuple":
        return tuple(code.constants[int(item[1:])] for item in text[1:-1].split())
    return {
        "int": lambda: int(text), "float": lambda: float.fromhex(text), "str": lambda: json.loads(text),
        "bytes": lambda: bytes.fromhex(json.loads(text)), "none": lambda: None, "true": lambda: True,
        "false": lambda: False, "ellipsis": lambda: ..., "code": lambda: CodeNumber(int(text)),
    }[kind]()  # fmt: skip


def _operand(code: Code, item: str) -> Any:
    if item[0] == "r":
        return Register(int(item.strip("r!")), item.endswith("!"))
    if item[0] == "k":
        return code.constants[int(item[1:])]
    if item[0] == "L":
        return item
    return None if item == "-" else int(item)
