"""Modules and names that are not there."""

try:
    import nonexistent_module
except ImportError as error:
    print(type(error).__name__, error)
try:
    from math import nonexistent_name
except ImportError as error:
    print(type(error).__name__, str(error).split(" (")[0])
import math
try:
    math.nonexistent
except AttributeError as error:
    print(error)
import math as m
from math import sqrt, pi as the_pi
print(m is math, sqrt(16), the_pi == math.pi, math.__name__)


def inside():
    import math
    from math import floor as f

    return math.ceil(1.2), f(1.8)


print(inside())
