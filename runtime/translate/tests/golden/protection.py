def work(lock, table, key):
    try:
        with lock:
            return table[key]
    except KeyError as error:
        print(error)
    finally:
        table.clear()
