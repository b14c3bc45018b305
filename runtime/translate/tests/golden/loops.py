def search(rows, wanted):
    for place, row in enumerate(rows):
        if row is None:
            continue
        if wanted in row:
            break
    else:
        return -1
    total = 0
    while total < place and not total == 100:
        total += 1
    return total
