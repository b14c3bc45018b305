// utf8.h: characters in the bytes of strings, which are valid UTF-8.
#ifndef RT_OBJECT_UTF8_H
#define RT_OBJECT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whether a byte is not the first of its character.
static inline bool rt__utf8_continues(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

// Bytes of the character that begins with this one.
static inline size_t rt__utf8_width(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

// The character at `*at`, which moves past it. Strings end with a NUL, so that nothing beyond
// is read if the last character is cut off.
static inline uint32_t rt__utf8_next(const char **at)
{
    size_t more = rt__utf8_width(**at) - 1;
    unsigned char first = (unsigned char)*(*at)++;
    uint32_t point = more == 0 ? first : first & (0x3fu >> more);
    for (; more > 0 && rt__utf8_continues(**at); more--)
        point = point << 6 | ((unsigned char)*(*at)++ & 0x3f);
    return point;
}

// Writes a character, at most 4 bytes, and returns how many.
static inline size_t rt__utf8_put(char *to, uint32_t point)
{
    if (point < 0x80) {
        to[0] = (char)point;
        return 1;
    }
    size_t more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    to[0] = (char)(first[more] | point >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (point >> (6 * (more - i)) & 0x3f));
    return more + 1;
}

// How many bytes the character at `at` has, if it is well-formed UTF-8; 0: it is not.
static inline size_t rt__utf8_check(const char *at, const char *end)
{
    unsigned char first = (unsigned char)*at;
    size_t length = first < 0x80   ? 1
                    : first < 0xc2 ? 0
                    : first < 0xe0 ? 2
                    : first < 0xf0 ? 3
                    : first < 0xf5 ? 4
                                   : 0;
    if (length == 0 || (size_t)(end - at) < length) return 0;
    for (size_t i = 1; i < length; i++) {
        if (!rt__utf8_continues(at[i])) return 0;
    }
    unsigned char second = (unsigned char)at[length > 1];
    bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    bool beyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
    return overlong || beyond ? 0 : length;
}

#endif
