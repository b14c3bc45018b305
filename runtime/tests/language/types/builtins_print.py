"""print with its keywords."""

print()
print(1, 2, 3, sep="-")
print(1, 2, end="!\n")
print("a", "b", sep="", end="")
print("", "c", sep=", ")
print("x", sep=None, end=None)
print([1, "a"], {"k": (1,)}, None, True, 1.0, b"x", sep="|", flush=True)
print("é", "日本", "😀", sep="·")
try:
    print(1, sep=5)
except TypeError as error:
    print(error)
try:
    print(1, color="red")
except TypeError as error:
    print(error)


class File:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)


file = File()
print("to", "file", 5, file=file)
print("more", end="", file=file)
print("".join(file.parts).split("\n"))
