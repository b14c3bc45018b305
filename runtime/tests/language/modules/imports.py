"""import, with as and from, and what is missing."""

import math
import sys as system
from math import sqrt, floor as down

print(math.floor(2.5), down(3.7), sqrt(16), system is not None)


def local():
    import math as m
    from math import pi

    return m.floor(pi)


print(local())
try:
    import no_such_module
except ImportError as error:
    print(error)
try:
    from math import no_such_name
except ImportError as error:
    print("cannot import name 'no_such_name'" in str(error))


class C:
    import math

    value = math.floor(9.9)


print(C.value, C.math is math)
import math, sys

print(math is C.math, sys is system)
