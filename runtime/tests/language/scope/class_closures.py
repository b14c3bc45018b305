"""Classes in functions: methods see the function's variables, not the class's."""


def make(prefix):
    class Greeter:
        word = "class " + prefix

        def greet(self, name):
            return f"{prefix} {name}"

        def attribute(self):
            return self.word

        def bare(self):
            return word

    return Greeter


word = "global"
Hello, Bye = make("hello"), make("bye")
print(Hello().greet("a"), Bye().greet("b"), Hello().attribute(), Hello().bare(), Hello is Bye, Hello.__name__)


def number():
    total = 0

    class Adder:
        def add(self, n):
            nonlocal total
            total += n
            return total

    return Adder()


adder = number()
print(adder.add(2), adder.add(3), number().add(1))
x = "module"


class Body:
    y = x
    x = "class"
    z = x
    squares = [i * i for i in range(3)]

    def f(self):
        return x


print(Body.x, Body.y, Body.z, Body.squares, Body().f(), x)
