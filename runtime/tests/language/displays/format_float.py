"""Format specs of floats."""

x, small, large = 1234.56789, 0.000012345, 1.5e300
print(f"{x:f}|{x:.2f}|{x:10.2f}|{x:<10.2f}|{x:^11.1f}|{x:+.1f}|{x: .1f}|{-x:010.2f}|{x:,.2f}|{x:_.1f}|{x:.0f}|{x:#.0f}")
print(f"{x:e}|{x:.3e}|{x:E}|{small:e}|{large:.2e}|{0.0:e}|{x:12.2e}|{-small:.1E}")
print(f"{x:g}|{x:.3g}|{small:g}|{large:g}|{100000.0:g}|{1000000.0:g}|{x:.10g}|{x:G}|{1e-10:G}|{0.5:g}|{x:#.3g}")
print(f"{0.25:%}|{0.25:.1%}|{1.5:.0%}|{x:n}|{x:}|{x:15}|{x:<15}|{x:.3}|{x:10.3}|{1e16:}|{1.0:.1}|{100.0:.5}")
inf, nan = float("inf"), float("nan")
print(f"{inf}|{-inf:f}|{nan:.2f}|{inf:8}|{nan:<8}|{-inf:08.1f}|{inf:E}|{nan:F}")
print(f"{2.5:.0f}|{3.5:.0f}|{0.125:.2f}|{1e20:.3f}|{123456789.987654321:.4f}|{5e-324:.2e}")
for spec in ("d", "s", ".2x", "c", "..2f"):
    try:
        print(format(1.5, spec))
    except ValueError as error:
        print(error)
