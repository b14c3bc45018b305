"""What is printed of an exception with a cause."""


class ConfigError(Exception):
    pass


def read(text):
    try:
        return int(text)
    except ValueError as error:
        raise ConfigError(f"bad number {text!r}") from error


def main():
    print(read("5"))
    read("five")


main()
