"""Text taken apart and put together: wrapping, tables, templates, counting, compressing, matching."""

TEXT = """It is a truth universally acknowledged, that a single man in possession
of a good fortune, must be in want of a wife.

However little known the feelings or views of such a man may be on his first
entering a neighbourhood, this truth is so well fixed."""


def wrap(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line]


def justify(line, width):
    words = line.split()
    if len(words) < 2:
        return line
    spaces, more = divmod(width - sum(map(len, words)), len(words) - 1)
    return "".join(w + " " * (spaces + (i < more)) for i, w in enumerate(words[:-1])) + words[-1]


def run_lengths(text):
    packed, i = "", 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        packed += text[i] if j == i + 1 else f"{j - i}{text[i]}"
        i = j
    return packed


def matches(pattern, text):
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(matches(pattern[1:], text[i:]) for i in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and matches(pattern[1:], text[1:])


def fill(template, values):
    parts = template.split("{{")
    filled = parts[0]
    for part in parts[1:]:
        name, found, rest = part.partition("}}")
        filled += (str(values.get(name.strip(), f"<{name.strip()}?>")) if found else "{{" + name) + rest
    return filled


def camel(text):
    first, *rest = text.split("_")
    return first + "".join(map(str.capitalize, rest))


def snake(text):
    return "".join("_" + c.lower() if c.isupper() else c for c in text).lstrip("_")


for paragraph in TEXT.split("\n\n"):
    for line in wrap(paragraph, 36):
        print(f"|{justify(line, 36)}|{line:>36}|{line:^36}|".rstrip())
counts = {}
for word in TEXT.lower().replace(",", "").replace(".", "").split():
    counts[word] = counts.get(word, 0) + 1
print(sorted(counts.items(), key=lambda p: (-p[1], p[0]))[:6], max(counts, key=len), sum(counts.values()))
lengths = {}
for word in counts:
    lengths.setdefault(len(word), []).append(word)
for n in sorted(lengths, reverse=True)[:5]:
    print(f"{n:3d} {len(lengths[n]) / len(counts):6.1%} {'*' * len(lengths[n]):<8}", " ".join(sorted(lengths[n])))
print(run_lengths("aaabccddddde"), run_lengths(""), run_lengths("abc"))
print([p for p in ("*.py", "t?st*", "*", "", "test.p") if matches(p, "test.py")])
print(fill("Dear {{ name }}, you owe {{sum}} {{ }}{{x", {"name": "Ann", "sum": 12.5}))
print(camel("one_two_three"), snake("oneTwoThree"), "a-b_c d".title(), "feine Straße".upper())
print(["".join(sorted(w)) for w in ("listen", "silent")], "level"[::-1] == "level", " ".join(w[::-1] for w in "abc def".split()))
rows = [("apple", 3, 0.5), ("banana", 12, 0.25), ("kiwi", 100, 1 / 3)]
for name, count, price in rows:
    print("%-8s|%5d|%8.3f|%+e|%x" % (name, count, price, count * price, count), f"{name!r:>10}{count:05}{price:.0%}", "{:>7}{:<5}{:^9.2f}|".format(name, count, price))
