"""break and continue belong to the innermost loop."""

out = []
for i in range(4):
    j = 0
    while True:
        j += 1
        if j == 2:
            continue
        if j > 3:
            break
        if i == 2:
            break
        out.append((i, j))
    if i == 3:
        continue
    out.append(i)
print(out)


def f():
    for i in range(3):
        for j in range(3):
            for k in range(3):
                if i * j * k == 2:
                    return i, j, k
                if k == 2:
                    break
            else:
                continue
            if j == 2:
                break
    return None


print(f())
