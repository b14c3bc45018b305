"""Lists as stacks and queues."""

stack = []
for token in "3 4 + 2 * 7 /".split():
    if token.isdigit():
        stack.append(int(token))
    else:
        b = stack.pop()
        a = stack.pop()
        stack.append({"+": a + b, "*": a * b, "/": a / b}[token])
print(stack)
queue = [1]
seen = []
while queue:
    n = queue.pop(0)
    seen.append(n)
    for m in (2 * n, 3 * n):
        if m < 40 and m not in queue:
            queue.append(m)
print(seen)
window = []
for i in range(10):
    window.insert(0, i)
    del window[3:]
    print(window, end=" ")
print()
