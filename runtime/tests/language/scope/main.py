"""The file that runs is the main module."""


def main():
    print("main")


if __name__ == "__main__":
    main()
print(__name__)
