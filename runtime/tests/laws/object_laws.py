#!/usr/bin/env python3
"""The laws that are read off compiled objects. `object_laws.py LAW CC OBJECT...`; exit 1 if broken.

  seam     no object outside platform/ refers to a symbol of the system
  globals  no mutable global but the one thread-local and the once-flag of the fork guard

Before it judges, each law compiles a snippet that breaks it with CC, and must find it.
"""
import os
import re
import subprocess
import sys
import tempfile

# Pure functions on memory and text, and errno: no thread, no allocation, no clock, no file.
PURE = {"bcmp", "memchr", "memcmp", "memcpy", "memmove", "memset", "strchr", "strcmp", "strlen",
        "strrchr", "strtod", "strtol", "snprintf", "vsnprintf", "copysign", "floor", "fmod",
        "frexp", "ldexp", "trunc", "rint", "ceil", "fabs", "sqrt", "cbrt", "hypot", "pow", "exp", "expm1", "log",
        "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
        # GMP's low-level functions: on limbs of the caller's, with the stack for scratch space
        # (object/int_big.c keeps their operands small enough where that depends on the size).
        # The first line's are inline in builds that optimize.
        *("__gmpn_" + name for name in ("add", "sub", "cmp", "neg",
                                        "add_n", "sub_n", "com", "mul", "submul_1", "divrem_1", "mod_1",
                                        "lshift", "rshift", "get_str", "set_str")),
        "__errno_location"}
# What compilers and sanitizers put in by themselves.
COMPILER = re.compile(r"_GLOBAL_OFFSET_TABLE_|__stack_chk_fail|__tls_get_addr|"
                      r"__(asan|tsan|ubsan|lsan|sanitizer)_\w+|__start_asan\w*|__stop_asan\w*|"
                      r"__gcov\w*|__llvm_prof\w*")
OURS = re.compile(r"rt_\w+|RT_\w+")

# `rt__thread_local`: the current thread state. `installed`: that the fork guard is in place, a
# fact about the process and not about a runtime.
MUTABLE = re.compile(r"rt__thread_local|(rt__fork_guard_install\.)?installed(\.\d+)?")
SANITIZER_DATA = re.compile(r"\.L.*|__unnamed_\d+|_*asan\w*|__odr_asan.*|__sancov.*|.*(asan|tsan)\.module_\w+")


def tool(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def seam_violations(paths):
    found = []
    for line in tool("nm", "-A", "-u", *paths).splitlines():  # path: U name
        path, name = line.split(":")[0], line.split()[-1].split("@")[0]
        if not (name in PURE or COMPILER.fullmatch(name) or OURS.fullmatch(name)):
            found.append(f"{path}: refers to {name}")
    return found


def global_violations(paths):
    found = []
    path = ""
    # objdump -t: for each object its path, then value, seven flag characters, section, size,
    # [visibility,] name.
    for line in tool("objdump", "-t", *paths).splitlines():
        if ":     file format " in line:
            path = line.split(":")[0]
        match = re.match(r"[0-9a-f]+ (.{7}) (\S+)\t[0-9a-f]+ (?:\.hidden )?(\S+)", line)
        if not match or "d" in match.group(1):  # a section's own symbol
            continue
        section, name = match.group(2), match.group(3)
        mutable = re.match(r"\.(data|bss|tbss|tdata)|\*COM\*", section)
        if not mutable or section.startswith(".data.rel.ro"):
            continue
        if not (MUTABLE.fullmatch(name) or SANITIZER_DATA.fullmatch(name)):
            found.append(f"{path}: {name} in {section}")
    return found


LAWS = {
    "seam": (seam_violations, "#include <stdlib.h>\nvoid *rt_x(void) { return malloc(1); }\n"),
    "globals": (global_violations, "int rt_count;\nint *rt_y(void) { return &rt_count; }\n"),
}


def is_blind(violations, snippet, compiler):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "snippet.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write(snippet)
        built = os.path.join(folder, "snippet.o")
        subprocess.run([compiler, "-c", "-O2", "-o", built, source], check=True)
        return not violations([built])


def main():
    if len(sys.argv) < 4 or sys.argv[1] not in LAWS:
        print("usage: object_laws.py seam|globals CC OBJECT...", file=sys.stderr)
        return 2
    violations, snippet = LAWS[sys.argv[1]]
    if is_blind(violations, snippet, sys.argv[2]):
        print("the law is blind: it does not see its own snippet")
        return 1
    judged = [path for path in sys.argv[3:] if "/platform/" not in path]
    found = violations(judged) if judged else []
    print("\n".join(found + [f"{len(judged)} objects, {len(found)} violations"]))
    return 1 if found or not judged else 0


if __name__ == "__main__":
    sys.exit(main())
