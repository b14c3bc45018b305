"""word_count: strings and a dict. Each thread counts the words of a text, `size` times over."""

import sys
import threading
import time

SYLLABLES = ["ka", "lo", "mi", "ne", "ro", "su", "ta", "vi"]
WORDS = 2000


def text():
    """Words of two or three syllables; a few are frequent, most are rare."""
    words = []
    state = 42
    for _ in range(WORDS):
        state = (state * 1103515245 + 12345) % 2147483648
        rare = state // 65536 % 4 == 0
        first = SYLLABLES[state // 1024 % 8]
        second = SYLLABLES[state // 8192 % (8 if rare else 2)]
        third = SYLLABLES[state // 131072 % 8] if rare else ""
        words.append(first + second + third)
    return " ".join(words)


def work(size):
    source = text()
    counts = {}
    for _ in range(size):
        for word in source.split():
            counts[word] = counts.get(word, 0) + 1
    most = max(counts.values())
    frequent = sorted([word for word in counts if counts[word] == most])
    return (len(counts), most, frequent[0])


def main(threads, size):
    results = [None] * threads

    def run(index):
        results[index] = work(size)

    workers = [threading.Thread(target=run, args=(i,)) for i in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    print("checksum", results[0] if results == [results[0]] * threads else results)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
