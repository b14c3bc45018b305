"""finally around handlers that raise, return and nest."""


def f(n):
    try:
        try:
            if n == 0:
                return "try"
            raise ValueError("v")
        except ValueError as error:
            if n == 1:
                return f"handler {error}"
            if n == 2:
                raise
            try:
                raise KeyError("k")
            finally:
                print("innermost", end=" ")
        finally:
            print("middle", end=" ")
    except ValueError:
        return "outer value"
    except KeyError as error:
        return f"outer key, context {error.__context__}"
    finally:
        print("last", end=" ")


for n in range(4):
    print(f(n))
