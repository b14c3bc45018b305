def maybe(flag):
    if flag:
        value = 1
    print(value)
    del value
    for value in (1, 2):
        pass
    return value
