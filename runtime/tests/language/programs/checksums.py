"""Checksums, digits in any base, random numbers by hand, codes of text."""

POLYNOMIAL = 0xEDB88320


def crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ (POLYNOMIAL if n & 1 else 0)
        table.append(n)
    return table


TABLE = crc_table()


def crc32(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def adler32(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def luhn(number):
    digits = [int(d) for d in str(number)][::-1]
    return sum(digits[::2] + [sum(divmod(2 * d, 10)) for d in digits[1::2]]) % 10 == 0


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def in_base(number, base):
    digits, sign, number = "", "-" * (number < 0), abs(number)
    while True:
        number, digit = divmod(number, base)
        digits = DIGITS[digit] + digits
        if number == 0:
            return sign + digits


BASE64 = "".join(chr(c) for r in (range(65, 91), range(97, 123), range(48, 58)) for c in r) + "+/"


def base64(data):
    text = ""
    for i in range(0, len(data), 3):
        part = data[i : i + 3]
        bits = int.from_bytes(part + bytes(3 - len(part)), "big")
        text += "".join(BASE64[bits >> shift & 63] for shift in (18, 12, 6, 0))[: len(part) + 1] + "=" * (3 - len(part))
    return text


def roman(number):
    text = ""
    for value, letters in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        text += letters * (number // value)
        number %= value
    return text


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
        return (self.state >> 33) % n

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


for text in ("", "a", "abc", "The quick brown fox", "größer €"):
    data = text.encode()
    print(repr(text), f"{crc32(data):08x} {adler32(data):#010x} {fnv(data):016X}", base64(data))
print([n for n in (79927398713, 79927398710, 4539578763621486, 10**20) if luhn(n)])
for number in (0, 1, -255, 10**15, 2**100):
    print([in_base(number, base) for base in (2, 7, 16, 36)], int(in_base(number, 36), 36) == number)
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2026, 3999)])
random = Random(42)
print([random.below(100) for _ in range(10)], random.shuffled("abcdefgh"), sorted(random.shuffled(range(10))))
