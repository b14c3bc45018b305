"""Ints from text, in all bases."""

print(int("0"), int("-12"), int("+7"), int("  42\n"), int("1_000_000"), int("00012"))
print(int("ff", 16), int("0xff", 16), int("0xFF", 0), int("0b101", 0), int("0o17", 0), int("-0b11", 2))
print(int("zz", 36), int("101", 2), int("777", 8), int("12", 3), int("0", 0), int("123456789" * 8))
print(int("-123456789012345678901234567890"), int("deadbeef" * 5, 16), int("z" * 30, 36))
print(int(3.99), int(-3.99), int(1e20), int(True), int(), int("9223372036854775808"))
print(int(b"12"), int("1" * 100) % 97, int("7", base=8))
