"""Kinds of characters."""

for s in ("", "abc", "ABC", "abc123", "123", " ", "\t\n", "a b", "é", "Ä1", "_x", "1x", "x1", "a-b", "ß", "日本", "\x00", "x.y", "привет"):
    print([s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.isascii(), s.isidentifier(), s.isdecimal(), s.isnumeric()])
