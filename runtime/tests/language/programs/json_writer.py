"""Writes nested values as JSON, and reads them back."""


def dumps(v):
    if v is None:
        return "null"
    if v is True or v is False:
        return "true" if v else "false"
    if isinstance(v, (int, float)):
        return repr(v)
    if isinstance(v, str):
        return '"' + v.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(v, (list, tuple)):
        return "[" + ", ".join([dumps(x) for x in v]) + "]"
    if isinstance(v, dict):
        return "{" + ", ".join([f"{dumps(k)}: {dumps(x)}" for k, x in v.items()]) + "}"
    raise TypeError(f"cannot write {type(v).__name__}")


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def space(self):
        while self.at < len(self.text) and self.text[self.at] in " \n\t":
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def expect(self, c):
        if self.space() != c:
            raise ValueError(f"{c!r} expected at {self.at}")
        self.at += 1

    def value(self):
        c = self.space()
        if c == "{":
            return dict(self.items("{", "}", self.pair))
        if c == "[":
            return self.items("[", "]", self.value)
        if c == '"':
            return self.string()
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ",]} \n":
            self.at += 1
        word = self.text[start:self.at]
        if word in ("null", "true", "false"):
            return {"null": None, "true": True, "false": False}[word]
        return float(word) if "." in word else int(word)

    def items(self, opening, closing, read):
        self.expect(opening)
        out = []
        while self.space() != closing:
            out.append(read())
            if self.space() != closing:
                self.expect(",")
        self.at += 1
        return out

    def pair(self):
        key = self.value()
        self.expect(":")
        return key, self.value()

    def string(self):
        self.expect('"')
        out = []
        while self.text[self.at] != '"':
            if self.text[self.at] == "\\":
                self.at += 1
                out.append({"n": "\n"}.get(self.text[self.at], self.text[self.at]))
            else:
                out.append(self.text[self.at])
            self.at += 1
        self.at += 1
        return "".join(out)


data = {"name": 'say "hi"\n', "n": [1, -2.5, 10**20], "deep": {"a": [], "b": {}}, "flags": (True, False, None), "é": "日本"}
text = dumps(data)
print(text)
back = Reader(text).value()
print(back, dumps(back) == text)
for bad in ("[1, x]", '{"a" 1}', "[1 2]"):
    try:
        print(Reader(bad).value())
    except ValueError as error:
        print(error)
try:
    dumps({1, 2})
except TypeError as error:
    print(error)
