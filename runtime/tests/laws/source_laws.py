#!/usr/bin/env python3
"""The laws that can be read off the sources. `source_laws.py LAW ROOT`; exit 1 if broken.

Each law is a function from {path: text} to a list of violations, and has a snippet that breaks
it: a law that does not find its snippet has gone blind, and fails too.
"""
import os
import re
import subprocess
import sys
import tempfile

LAYERS = ["base", "platform", "state", "policy", "alloc", "object", "gc", "thread", "vm", "builtins", "modules"]
CODE = (".c", ".h", ".cc", ".cpp", ".def")
SKIPPED_FOLDERS = {".git", "build", "runs", "__pycache__", ".pytest_cache"}


def read_tree(root):
    files = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
        for name in names:
            path = os.path.join(folder, name)
            try:
                with open(path, encoding="utf-8") as file:
                    files[os.path.relpath(path, root)] = file.read()
            except (UnicodeDecodeError, FileNotFoundError):
                pass  # a picture, or gone meanwhile: no law speaks of it
    return files


def code(files, *folders):
    """Files of C and C++ in the given folders, or in all."""
    return {path: text for path, text in files.items() if path.endswith(CODE)
            and (not folders or path.startswith(tuple(f + "/" for f in folders)))}


def without_comments(text):
    """Comments become spaces, so that lines keep their numbers; strings are left alone."""
    pattern = r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/'
    def blank(match):
        found = match.group(0)
        return found if found.startswith('"') else re.sub(r"[^\n]", " ", found)
    return re.sub(pattern, blank, text, flags=re.S)


def lines(text):
    return enumerate(without_comments(text).split("\n"), 1)


# ---------------------------------------------------------------- conditions on policy

# What the runtime outside policy/ may ask the preprocessor, and where.
CONDITIONS = {
    "__cplusplus": "", "RT_DEBUG": "base/", "RT_ACCOUNT": "", "RT_PERTURB": "", "RT_GC_STRESS": "config.h",
    "RT_CLASSIC_POOLS": "config.h", "RT_POISONS": "base/",
    "__has_feature": "base/", "thread_sanitizer": "base/", "address_sanitizer": "base/",
    "__SANITIZE_THREAD__": "base/", "__SANITIZE_ADDRESS__": "base/",
    "__x86_64__": "platform/", "__i386__": "platform/", "__aarch64__": "platform/",
}
POLICY = re.compile(r"\bRT_(LOCK|REF|REFCOUNT|HEAP|VARIANT|VARIANT_NAME)(_\w+)?\b")


def is_guard(path, condition):
    """An include guard: #ifndef of a name that ends like the file's."""
    stem = re.sub(r"\W", "_", os.path.basename(path)).upper()
    return condition.startswith("ifndef") and condition.split()[-1].endswith(stem)


def condition_violations(path, condition):
    names = set(re.findall(r"\b[A-Za-z_]\w*\b", condition)) - {"if", "ifdef", "ifndef", "elif",
                                                                "defined"}
    if not path.startswith("runtime/") or path.startswith("runtime/tests/"):
        return [name for name in names if POLICY.search(name)]
    inside = path[len("runtime/"):]
    if inside.startswith("policy/"):
        return sorted(names)
    return [n for n in names if n not in CONDITIONS or not inside.startswith(CONDITIONS[n])]


def law_policy(files):
    """No policy conditionals: none outside policy/, none inside its headers either."""
    found = []
    for path, text in code(files).items():
        for number, line in lines(text):
            match = re.match(r"\s*#\s*((?:if|ifdef|ifndef|elif)\b.*)", line)
            if not match or is_guard(path, match.group(1).strip()):
                continue
            for name in condition_violations(path, match.group(1)):
                found.append(f"{path}:{number}: the preprocessor is asked about {name}")
    return found


law_policy.snippets = [
    {"runtime/object/list.c": "#if RT_LOCK_PROTECTS\n#endif\n"},
    {"runtime/policy/lock_gil.h": "#ifdef RT_DEBUG\n#endif\n"},
    {"bench/kernels/list.c": "#ifdef RT_HEAP_PER_THREAD\n#endif\n"},
]


# ---------------------------------------------------------------- layers

def include_violation(layer, included):
    if included == "rt_inline.h":  # it stands on object/
        included = "object/" + included
    first = included.split("/")[0]
    if "/" not in included or first not in LAYERS:
        return None
    if LAYERS.index(first) <= LAYERS.index(layer):
        return None
    return f"{layer}/ includes {included} of a later layer"


def law_layers(files):
    """Each folder of the runtime includes itself and earlier ones only."""
    found = []
    for path, text in code(files, "runtime").items():
        layer = path.split("/")[1]
        if layer not in LAYERS:
            continue
        for number, line in lines(text):
            match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            reason = match and include_violation(layer, match.group(1))
            if reason:
                found.append(f"{path}:{number}: {reason}")
    return found


law_layers.snippets = [{"runtime/alloc/heap.c": '#include "object/list.h"\n'},
                       {"runtime/base/check.h": '#include "platform/platform.h"\n'}]


# ---------------------------------------------------------------- the public header

def compiles_as_cxx(text):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "public.cc")
        with open(source, "w", encoding="utf-8") as file:
            file.write(text + "\nint main() { return 0; }\n")
        command = [os.environ.get("CXX", "c++"), "-std=c++17", "-Wall", "-Wextra", "-Wpedantic",
                   "-Werror", "-fsyntax-only", source]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.returncode == 0, result.stderr


def law_public(files):
    """rt.h is C++17 by itself and holds no atomics."""
    text = files.get("runtime/include/rt.h", "")
    found = [f"runtime/include/rt.h:{number}: an atomic" for number, line in lines(text)
             if re.search(r"_Atomic|\batomic\w*|rt_atomic", line)]
    good, errors = compiles_as_cxx(text)
    if not text or not good:
        found.append("runtime/include/rt.h does not compile as C++17: " + errors)
    return found


law_public.snippets = [{"runtime/include/rt.h": "#include <stdatomic.h>\nextern _Atomic int x;"},
                       {"runtime/include/rt.h": "int rt_new(int class);\n"}]


# ---------------------------------------------------------------- fences

def law_fences(files):
    """No bare fences, which the thread sanitizer does not model, and no volatile for order."""
    found = []
    for path, text in code(files).items():
        for number, line in lines(text):
            if re.search(r"\batomic_(thread|signal)_fence\b|\b__sync_synchronize\b", line):
                found.append(f"{path}:{number}: a bare fence")
            bare = re.sub(r"\b(__asm__|asm)\s+(__volatile__|volatile)\b", "", line)
            if not path.startswith("runtime/"):  # a program's flag for its signal handler
                bare = re.sub(r"\bvolatile\s+(std::)?sig_atomic_t\b", "", bare)
            if re.search(r"\b(volatile|__volatile__)\b", bare):
                found.append(f"{path}:{number}: volatile outside asm")
    return found


law_fences.snippets = [{"runtime/alloc/heap.c": "atomic_thread_fence(memory_order_acquire);"},
                       {"stress/x.c": "static volatile int stop;"},
                       {"runtime/x.c": "static volatile sig_atomic_t stop;"}]


# ---------------------------------------------------------------- suppressions

SUPPRESSIONS = re.compile(
    r"no_sanitize|NO_SANITIZE|disable_sanitizer_instrumentation|suppressions\s*=|"
    r"__(tsan|asan|lsan|ubsan)_default_(suppressions|options)|__tsan_ignore|__lsan_(ignore|disable)|"
    r"AnnotateIgnore|ANNOTATE_(IGNORE|BENIGN)|detect_leaks\s*=\s*0|report_bugs\s*=\s*0|"
    r"-fsanitize-(ignorelist|blacklist)|-fno-sanitize=")


def law_suppressions(files):
    """Nothing is hidden from the sanitizers, by file, flag, option or attribute."""
    found = []
    for path, text in files.items():
        if re.search(r"suppress|\.supp$|ignorelist", os.path.basename(path)):
            found.append(f"{path}: a file of suppressions, by its name")
        if path.endswith(".md") or path == "runtime/tests/laws/source_laws.py":
            continue  # prose, and the list of forbidden words
        for number, line in enumerate(text.split("\n"), 1):
            if SUPPRESSIONS.search(line):
                found.append(f"{path}:{number}: hidden from a sanitizer")
    return found


law_suppressions.snippets = [
    {"tsan-suppressions.txt": "race:rt_list_append\n"},
    {"runtime/object/list.c": "__attribute__((no_sanitize(\"thread\")))\n"},
    {"stress/CMakeLists.txt": "ENVIRONMENT TSAN_OPTIONS=suppressions=races.txt\n"},
]

LAWS = {name[len("law_"):]: law for name, law in list(globals().items())
        if name.startswith("law_")}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in LAWS:
        print(f"usage: source_laws.py {'|'.join(LAWS)} ROOT", file=sys.stderr)
        return 2
    law = LAWS[sys.argv[1]]
    for snippet in law.snippets:
        if not law(snippet):
            print(f"the law is blind: it does not see {snippet}")
            return 1
    files = read_tree(sys.argv[2])
    if "runtime/include/rt.h" not in files:
        print(f"{sys.argv[2]} is not the project's root", file=sys.stderr)
        return 2
    found = law(files)
    print("\n".join(found + [f"{law.__doc__.strip()} {len(found)} violations"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
