"""Escapes, raw strings, joined and long literals."""

print("a\tb|c\\d|e\'f|g\"h|\x41\u00e9\U0001f600|\101|\0|".replace("\0", "NUL"))
print(r"raw \n \t \\", 'single "q"', "double 'q'", """triple "x" 'y'""", "joined" " " 'together', "" == '')
print("""line one
line two \
continued""")
print(len("\n"), len(r"\n"), len("é"), len("\U0001f600"), len(""), "\u0061" == "a", "a" "b" * 2, ("long "
      "paren"))
print(b"bytes \x00\xff \n", b"a" b"b", rb"\x", len(b"\x00\x01"), b"q'\"")
