"""Objects that compare themselves, and comparisons that fail or change the list."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


class Card:
    def __init__(self, rank, suit):
        self.rank = rank
        self.suit = suit

    def __lt__(self, other):
        return self.rank < other.rank

    def __repr__(self):
        return f"{self.rank}{self.suit}"


cards = [Card(5, "a"), Card(2, "b"), Card(5, "c"), Card(1, "d"), Card(2, "e")]
print(sorted(cards), sorted(cards, reverse=True), min(cards), max(cards, key=lambda c: c.rank))
cards.sort(key=lambda c: c.suit, reverse=True)
print(cards)


class Broken:
    def __lt__(self, other):
        raise ValueError("no order")


items = [Broken(), Broken()]
attempt(lambda: items.sort())
print(len(items))
attempt(lambda: sorted([object(), object()]))
a = [3, 1, 2]


def change(x):
    a.append(x)
    return x


attempt(lambda: a.sort(key=change))
print(a)
seen = []
b = [2, 1]
b.sort(key=lambda x: seen.append(len(b)) or x)
print(seen, b)
