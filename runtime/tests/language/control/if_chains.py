"""if, elif, else, and conditions without a comparison."""


def kind(x):
    if x is None:
        return "none"
    elif x is True or x is False:
        return "bool"
    elif isinstance(x, int) and x >= 0:
        return "natural"
    elif isinstance(x, int):
        return "negative"
    elif x:
        return "full"
    else:
        return "empty"


print([kind(x) for x in (None, True, False, 5, -5, "a", "", [], [0], 0.0, 0)])
x = 7
if not x:
    print("zero")
if not not x:
    print("not zero")
if x > 5 and x < 10 and x != 8:
    print("between")
if x < 5 or x > 6 or undefined:
    print("outside")
if not (x < 5 or x > 10):
    print("neither")
if (x == 7) == True:
    print("equal")
if x in (1, 7) and x not in [2, 3]:
    print("member")
if 3 <= x <= 7 <= x:
    print("chain")
if x >= 8 or x <= -8:
    print("far")
if -1 <= x and 100 >= x:
    print("near")
if x == 1 if x == 2 else x == 7:
    print("conditional")
