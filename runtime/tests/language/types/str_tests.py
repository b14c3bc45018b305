"""Questions about text."""

for s in ("abc", "ABC", "Abc Def", "123", "a1", "", " ", "\t\n", "é", "Éa", "x_1", "1x", "a b"):
    print(repr(s), s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.istitle(), s.isidentifier())
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "Z" < "a", "10" < "9", "a" == "a", "a" != "b")
print(max("hello"), min("hello"), sorted("hello"), list("é日"), len("é日\U0001f600"), ord("é"), ord("日"), chr(0x1F600), chr(233) == "é")
for bad in (lambda: "a" < 1, lambda: ord(""), lambda: ord("ab"), lambda: ord(5), lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a")):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
