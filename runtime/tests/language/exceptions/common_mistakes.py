"""What is raised by the mistakes that everybody makes."""


class Empty:
    pass


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__ + ":", error)


e, none, number, items, table, text = Empty(), None, 5, [1, 2], {"a": 1}, "abc"
attempt(lambda: 1 // 0)
attempt(lambda: 1 / 0)
attempt(lambda: 1 % 0)
attempt(lambda: 1.0 / 0)
attempt(lambda: items[5])
attempt(lambda: text[5])
attempt(lambda: (1, 2)[2])
attempt(lambda: table["b"])
attempt(lambda: undefined)
attempt(lambda: e.missing)
attempt(lambda: none.attribute)
attempt(lambda: text.foo())
attempt(lambda: number + text)
attempt(lambda: text + number)
attempt(lambda: items + (1,))
attempt(lambda: items + number)
attempt(lambda: number < text)
attempt(lambda: items < number)
attempt(lambda: -text)
attempt(lambda: number["x"])
attempt(lambda: items["x"])
attempt(lambda: len(number))
attempt(lambda: [x for x in number])
attempt(lambda: int("x"))
attempt(lambda: float("y"))
attempt(lambda: items.index(9))
attempt(lambda: [].pop())
attempt(lambda: {}.popitem())
attempt(lambda: {[]: 1})
attempt(lambda: items.remove(7))
attempt(lambda: number in number)
