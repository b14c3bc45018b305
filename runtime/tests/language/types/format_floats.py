"""Format specs of floats."""

for spec in ("", "f", ".0f", ".1f", ".3f", "e", ".2e", "E", "g", ".3g", "G", "%", ".1%", "10.2f", "<10.2f", "^10.2f", "+.1f", " .1f", "010.2f", ",", ",.2f", "_.1f", "015,.2f", ".3", ".1", ".10", "#.0f", "#.3g", "*>12.4f", "n"):
    print(spec, [format(x, spec) for x in (0.0, 1.5, -2.675, 123456.789, 1e-7, 1e20)])
print(format(float("inf"), "f"), format(float("-inf"), "8.2f"), format(float("nan"), "08"), format(float("inf"), "+g"), format(float("nan"), "%"))
print(f"{3.14159:.2f} {2.5:5.1f}| {1e6:g} {0.5:.0%} {-0.0:.1f} {12.0:.0} {123.0:.3} {100.0:.5}")
