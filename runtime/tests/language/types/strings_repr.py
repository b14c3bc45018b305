"""Strings as programs write them."""

for s in ("", "a", "it's", 'say "hi"', "both ' and \"", "tab\there", "new\nline", "back\\slash", "nul\x00", "bell\x07", "\x7f", "é", "日本", "😀", "\x80\x9f\xa0\xad", "a\rb"):
    print(repr(s), str([s]), ascii(s), len(s), f"{s!r}", "%r" % s)
