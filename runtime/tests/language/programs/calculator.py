"""A recursive descent parser for arithmetic."""


class Parser:
    def __init__(self, text):
        self.tokens = self.split(text)
        self.at = 0

    def split(self, text):
        out, i = [], 0
        while i < len(text):
            c = text[i]
            if c == " ":
                i += 1
            elif c.isdigit():
                j = i
                while j < len(text) and text[j].isdigit():
                    j += 1
                out.append(int(text[i:j]))
                i = j
            elif c in "+-*/()":
                out.append(c)
                i += 1
            else:
                raise ValueError(f"unexpected {c!r} at {i}")
        return out

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def next(self):
        token = self.peek()
        self.at += 1
        return token

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            if self.next() == "+":
                value += self.term()
            else:
                value -= self.term()
        return value

    def term(self):
        value = self.factor()
        while (token := self.peek()) == "*" or token == "/":
            self.next()
            value = value * self.factor() if token == "*" else value // self.factor()
        return value

    def factor(self):
        token = self.next()
        if token == "-":
            return -self.factor()
        if token == "(":
            value = self.expression()
            if self.next() != ")":
                raise ValueError("missing )")
            return value
        if isinstance(token, int):
            return token
        raise ValueError(f"unexpected {token!r}")


for text in ("1 + 2 * 3", "(1 + 2) * 3", "10 / 3 - -4", "2 * (3 + (4 - 1)) / 2", "1 +", "(1", "2 $ 3", "7 / (3 - 3)"):
    try:
        print(text, "=", Parser(text).expression())
    except (ValueError, ZeroDivisionError) as error:
        print(text, "->", type(error).__name__, error)
