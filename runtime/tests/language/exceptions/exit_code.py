"""SystemExit ends the program with its code; finally still runs."""

import sys

try:
    print("working")
    sys.exit(3)
except Exception:
    print("never")
finally:
    print("finally")
