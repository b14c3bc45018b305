"""Exceptions of one's own, several steps down."""


class AppError(Exception):
    code = 1


class NotThere(AppError, ):
    code = 2

    def __init__(self, name):
        super().__init__(f"{name} is not there")
        self.name = name


class Quiet(NotThere):
    def __str__(self):
        return "quiet about " + self.name


for make in (lambda: AppError(), lambda: AppError("a"), lambda: AppError("a", 2), lambda: NotThere("x"), lambda: Quiet("y")):
    try:
        raise make()
    except NotThere as error:
        print("NotThere", error, error.args, error.code, error.name, repr(error))
    except AppError as error:
        print("AppError", str(error), error.args, error.code, repr(error))


class KeyMissing(KeyError):
    pass


class Stop(BaseException):
    pass


for make in (lambda: KeyMissing("k"), lambda: Stop(5), lambda: KeyMissing()):
    try:
        raise make()
    except Exception as error:
        print(type(error).__name__, str(error), isinstance(error, LookupError))
    except BaseException as error:
        print("base", type(error).__name__, error)
