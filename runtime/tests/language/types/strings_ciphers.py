"""Caesar's cipher and palindromes."""


def shift(text, by):
    result = []
    for c in text:
        if c.isalpha() and c.isascii():
            base = ord("A") if c.isupper() else ord("a")
            c = chr((ord(c) - base + by) % 26 + base)
        result.append(c)
    return "".join(result)


secret = shift("Hello, World! Grüße", 3)
print(secret, shift(secret, -3))


def is_palindrome(text):
    letters = [c for c in text.lower() if c.isalnum()]
    return letters == letters[::-1]


for text in ("A man, a plan, a canal: Panama", "hello", "", "Was it a car or a cat I saw?"):
    print(text, is_palindrome(text))
