"""finally runs on the way out, and has the last word."""


def normal():
    try:
        return "try"
    finally:
        print("finally", end=" ")


def overrides():
    try:
        return "try"
    finally:
        return "finally"


def swallows():
    try:
        raise ValueError
    finally:
        return "swallowed"


def value_is_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


def list_is_shared():
    x = [1]
    try:
        return x
    finally:
        x.append(2)


def nested():
    try:
        try:
            return "inner"
        finally:
            print("first", end=" ")
    finally:
        print("second", end=" ")


print(normal(), overrides(), swallows(), value_is_kept(), list_is_shared(), nested())


def after_except():
    try:
        raise KeyError
    except KeyError:
        return "handler"
    finally:
        print("finally", end=" ")


print(after_except())
