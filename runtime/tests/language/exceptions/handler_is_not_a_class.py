"""What except names is looked at only when an exception gets there."""

try:
    pass
except 5:
    print("never")
try:
    try:
        raise ValueError("inner")
    except "text":
        print("never")
except TypeError as error:
    print(error)
try:
    try:
        raise ValueError("inner")
    except missing:
        print("never")
except NameError as error:
    print(error, type(error.__context__).__name__)
