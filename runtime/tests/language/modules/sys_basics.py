"""sys: arguments, output, interned strings, switch interval."""

import sys

sys.stdout.write("written\n")
print(len(sys.argv), sys.argv[0].endswith("sys_basics.py"))
a, b = "".join(["in", "tern"]), "".join(["in", "tern"])
print(a == b, sys.intern(a) is sys.intern(b))
old = sys.getswitchinterval()
sys.setswitchinterval(0.001)
print(sys.getswitchinterval(), old)
sys.setswitchinterval(old)
x = []
before = sys.getrefcount(x)
y = [x, x]
print(sys.getrefcount(x) - before, sys.getrefcount(object()) > 0)
del y
print(sys.getrefcount(x) == before)
