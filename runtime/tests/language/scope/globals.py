"""Reading, binding and deleting names of the module."""

count = 0


def bump():
    global count
    count += 1
    return count


def define():
    global made
    made = "made"


def shadow():
    count = 100
    return count


print(bump(), bump(), count)
define()
print(made)
print(shadow(), count)
del made
try:
    print(made)
except NameError as error:
    print(error)


def remove():
    global count
    del count


remove()
try:
    bump()
except NameError as error:
    print(error)
