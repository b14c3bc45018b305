"""Names of the module: made, changed and deleted by functions."""

count = 0


def bump():
    global count, made
    count += 1
    made = count * 10


bump()
bump()
print(count, made)


def remove():
    global made
    del made


remove()
try:
    print(made)
except NameError as error:
    print(error)
try:
    remove()
except NameError as error:
    print(error)


def early():
    return late()


try:
    early()
except NameError as error:
    print(error)


def late():
    return "late"


print(early())


def local_first():
    print(count)
    count = 5


try:
    local_first()
except UnboundLocalError as error:
    print(error)
for name in ("a", "b"):
    pass
print(name)
if False:
    never = 1
try:
    never
except NameError as error:
    print(error)
len = lambda v: "shadowed"
print(len([]))
del len
print(len([]))
