"""SystemExit is an exception, though no Exception."""

import sys

try:
    sys.exit("text")
except SystemExit as leaving:
    print("caught", leaving.code)
try:
    raise SystemExit
except BaseException as leaving:
    print(type(leaving).__name__, leaving.code)
print(issubclass(SystemExit, Exception), issubclass(KeyboardInterrupt, Exception))
