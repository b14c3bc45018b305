"""The order of handlers, else and finally, in each way through."""


def f(way):
    trace = []
    try:
        try:
            trace.append("try")
            if way == 1:
                raise ValueError
            if way == 2:
                raise KeyError
        except ValueError:
            trace.append("except")
            if way == 1:
                raise IndexError
        else:
            trace.append("else")
            if way == 3:
                raise IndexError
        finally:
            trace.append("finally")
            if way == 4:
                raise IndexError
    except (IndexError, KeyError) as error:
        trace.append(type(error).__name__)
    finally:
        trace.append("outer")
    return trace


for way in range(5):
    print(way, f(way))
