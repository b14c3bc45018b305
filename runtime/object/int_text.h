// int_text.h: ints of any size as digits, and back.
#ifndef RT_OBJECT_INT_TEXT_H
#define RT_OBJECT_INT_TEXT_H

#include "object/format.h"
#include "object/int.h"

// CPython's limit, since 3.11, on what is converted in other bases than powers of two: such
// conversions take quadratic time.
#define RT_INT_MAX_DIGITS 4300

// Adds the magnitude's digits, lower case, in a base from 2 to 36. The buffer fails with a
// VALUE error beyond RT_INT_MAX_DIGITS.
void rt__int_add_digits(RtBuffer *buffer, const RtObject *number, unsigned base);
// With its sign. NULL with an error.
RtObject *rt__int_to_str(RtThread *t, const RtObject *number, unsigned base);

// The int that a str says in Python's notation: spaces around it, a sign, a prefix (0x), digits
// with single underscores between. `base` is 2 to 36, or 0: as the prefix says. NULL with an
// error: VALUE, in CPython's words.
RtObject *rt__int_parse(RtThread *t, RtObject *str, unsigned base);

#endif
