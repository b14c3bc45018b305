"""Cases of strings."""

for s in ("hello World", "HELLO", "hello", "Hello World", "123", "", "a1b2", "äöü ÄÖÜ", "straße", "ÑANDÚ", "they're bill's", "привет Мир", "αβγ ΔΕΖ", "x_y-z", "ÿ"):
    print([s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.isupper(), s.islower(), s.istitle()])
