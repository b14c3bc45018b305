"""A name that is nowhere."""


def use():
    return undefined_name + 1


try:
    use()
except NameError as error:
    print(error)
use()
