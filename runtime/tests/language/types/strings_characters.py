"""chr and ord."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


print([chr(n) for n in (32, 65, 126, 160, 255, 256, 8364, 65535 - 2, 65536)], [ord(c) for c in "aé€😀\n"])
attempt(lambda: chr(-1))
attempt(lambda: chr(0x110000))
attempt(lambda: chr("a"))
attempt(lambda: ord(""))
attempt(lambda: ord("ab"))
attempt(lambda: ord(5))
