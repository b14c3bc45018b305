"""Which exceptions are derived from which."""

pairs = [
    (ZeroDivisionError, ArithmeticError), (OverflowError, ArithmeticError), (IndexError, LookupError),
    (KeyError, LookupError), (UnboundLocalError, NameError), (RecursionError, RuntimeError),
    (NotImplementedError, RuntimeError), (ArithmeticError, Exception), (LookupError, Exception),
    (AssertionError, Exception), (AttributeError, Exception), (StopIteration, Exception), (OSError, Exception),
    (Exception, BaseException), (ImportError, Exception), (MemoryError, Exception), (TypeError, ValueError),
]  # fmt: skip
for child, parent in pairs:
    print(child.__name__, parent.__name__, issubclass(child, parent))
