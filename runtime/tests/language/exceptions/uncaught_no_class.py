"""Only exceptions can be raised."""

for bad in (5, "text", None, int, [ValueError]):
    try:
        raise bad
    except TypeError as error:
        print(error)
raise "at the end"
