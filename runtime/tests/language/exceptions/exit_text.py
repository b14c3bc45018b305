"""sys.exit with text prints it as an error and ends with 1."""

import sys


def quit_with(message):
    sys.exit(message)


for code in (3, None, "text", 0, [1]):
    try:
        quit_with(code)
    except SystemExit as error:
        print(repr(error.code), isinstance(error, Exception))
quit_with("the end")
