"""str.format with fields that are wrong."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for text in ("{}{}", "{1}", "{a}", "{", "}", "{0", "{!x}", "{0}{}", "{}{0}", "{0.missing}", "{0[5]}", "{:d}", "{:", "a}b"):
    attempt(lambda: text.format("value"))
attempt(lambda: "{0[x]}".format({}))
attempt(lambda: "{0[0]}".format(5))
attempt(lambda: "{:>{}}".format("a"))
