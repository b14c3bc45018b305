"""Values as text in the manner of JSON, and back."""


class ParseError(ValueError):
    def __init__(self, at, what):
        super().__init__(f"at {at}: {what}")
        self.at = at


ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def dump(value, indent=0):
    pad = "  " * indent
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return '"' + "".join(ESCAPES.get(c, c if c.isprintable() else "\\u%04x" % ord(c)) for c in value) + '"'
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(dump(v, indent) for v in value) + "]"
    if isinstance(value, dict):
        lines = [f"{pad}  {dump(str(k))}: {dump(v, indent + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{pad}}}" if lines else "{}"
    raise TypeError(f"{type(value).__name__} has no text")


class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0

    def peek(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def expect(self, what):
        if self.peek() != what:
            raise ParseError(self.at, f"expected {what!r}, not {self.peek()!r}")
        self.at += 1

    def value(self):
        c = self.peek()
        if c == "{":
            return self.items("{", "}", self.pair, dict)
        if c == "[":
            return self.items("[", "]", self.value, list)
        if c == '"':
            return self.string()
        for word, meaning in (("null", None), ("true", True), ("false", False)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        return self.number()

    def items(self, first, last, one, kind):
        self.expect(first)
        found = []
        while self.peek() != last:
            if found:
                self.expect(",")
            found.append(one())
        self.expect(last)
        return kind(found)

    def pair(self):
        key = self.string()
        self.expect(":")
        return key, self.value()

    def string(self):
        self.expect('"')
        parts = []
        while self.text[self.at : self.at + 1] != '"':
            c = self.text[self.at : self.at + 1]
            if not c:
                raise ParseError(self.at, "the text ends in a string")
            if c == "\\":
                self.at += 1
                c = self.text[self.at]
                if c == "u":
                    c = chr(int(self.text[self.at + 1 : self.at + 5], 16))
                    self.at += 4
                else:
                    c = {"n": "\n", "t": "\t"}.get(c, c)
            parts.append(c)
            self.at += 1
        self.at += 1
        return "".join(parts)

    def number(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "+-.eE0123456789":
            self.at += 1
        digits = self.text[start : self.at]
        try:
            return int(digits) if digits.lstrip("-").isdigit() else float(digits)
        except ValueError:
            raise ParseError(start, "no value") from None


def parse(text):
    parser = Parser(text)
    value = parser.value()
    if parser.peek():
        raise ParseError(parser.at, "more text")
    return value


data = {"name": "a \"b\"\\\n\t\x01é", "list": [1, -2.5, 1e100, 10**30, True, None], "empty": {}, "deep": {"x": {"y": [[]]}}, "t": (1,)}
text = dump(data)
print(text)
again = parse(text)
print(again, again["list"] == data["list"], again == data)
print(dump(again) == text, parse(" [ 1 , 2 ] "), parse('"\\u0041"'), parse("-0.5e3"))
for bad in ("", "[1, 2", '"abc', "{1: 2}", "[1] 2", "nope", '{"a" 1}', "[1,,2]"):
    try:
        print(parse(bad))
    except ParseError as error:
        print(repr(bad), error, error.at)
try:
    dump({1, 2})
except TypeError as error:
    print(error)
