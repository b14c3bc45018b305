"""sys.exit(0) and sys.exit() end well, after finally."""

import sys

try:
    sys.exit()
except SystemExit as error:
    print("code", error.code)
try:
    print("before")
    sys.exit(0)
finally:
    print("finally")
print("never")
