"""getattr, setattr, hasattr, delattr with made-up names."""


class Box:
    kind = "box"


b = Box()
for i in range(3):
    setattr(b, "field" + str(i), i * i)
print([getattr(b, f"field{i}") for i in range(3)], hasattr(b, "field3"), getattr(b, "field3", None), getattr(b, "kind"), b.field2)
delattr(b, "field1")
print(hasattr(b, "field1"), b.__class__ is Box, b.__class__.__name__)
setattr(Box, "kind", "changed")
print(b.kind, getattr(Box, "kind"), getattr("abc", "upper")(), hasattr([], "append"), hasattr(5, "append"))
for bad in (lambda: getattr(b, "no"), lambda: delattr(b, "no"), lambda: setattr(b, 5, 1), lambda: getattr(b, 5), lambda: hasattr(b, 5),
            lambda: setattr(5, "a", 1), lambda: setattr("a", "upper", 1), lambda: delattr([], "append"), lambda: getattr()):
    try:
        print(bad())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, str(error)[:60])
