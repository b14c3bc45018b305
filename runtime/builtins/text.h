// text.h: what the methods of str and bytes share: pieces of strings.
#ifndef RT_BUILTINS_TEXT_H
#define RT_BUILTINS_TEXT_H

#include "builtins/builtins.h"
#include "object/format.h"
#include "object/str.h"

// Bytes of an object that the caller holds.
typedef struct RtText {
    const char *bytes;
    size_t size;
} RtText;

static inline RtText rt__text_of(RtObject *str)
{
    RtText text;
    text.bytes = rt_str_bytes_borrowed(str, &text.size);
    return text;
}

// Where `part` is in `whole`, in bytes from its beginning: the first place, or the last; -1: it
// is not there.
int64_t rt__text_find(RtText whole, RtText part);
int64_t rt__text_find_last(RtText whole, RtText part);

// A str argument; NULL with a TypeError: "must be str, not int", with `what` in front.
bool rt__need_str(RtThread *t, RtObject *object, const char *what);

// The methods of str, by the file that has them; str.c has the table.
#define RT_STR_METHODS(X)                                                                      \
    X(find, 1, 3)                                                                              \
    X(rfind, 1, 3)                                                                             \
    X(index, 1, 3) X(rindex, 1, 3) X(count, 1, 3) X(startswith, 1, 3) X(endswith, 1, 3)        \
        X(replace, 2, 3) X(removeprefix, 1, 1) X(removesuffix, 1, 1) X(strip, 0, 1)            \
            X(lstrip, 0, 1) X(rstrip, 0, 1) X(partition, 1, 1) X(rpartition, 1, 1)             \
                X(join, 1, 1) /* str_search.c */                                               \
        X(upper, 0, 0) X(lower, 0, 0) X(casefold, 0, 0) X(swapcase, 0, 0) X(capitalize, 0, 0)  \
            X(title, 0, 0) X(isalpha, 0, 0) X(isdigit, 0, 0) X(isdecimal, 0, 0)                \
                X(isnumeric, 0, 0) X(isalnum, 0, 0) X(isspace, 0, 0) X(isupper, 0, 0)          \
                    X(islower, 0, 0) X(istitle, 0, 0) X(isprintable, 0, 0) X(isascii, 0, 0) X(isidentifier, 0, 0)   \
                        X(center, 1, 2) X(ljust, 1, 2) X(rjust, 1, 2)                          \
                            X(zfill, 1, 1) /* str_case.c */
// Those that take keywords.
#define RT_STR_KEYWORD_METHODS(X)                                                              \
    X(split, 0, 2)                                                                             \
    X(rsplit, 0, 2)                                                                            \
    X(splitlines, 0, 1)                     /* str_search.c */                                 \
        X(encode, 0, 2) X(expandtabs, 0, 1) /* str_case.c */                                   \
        X(format, 0, RT_ANY_COUNT)          /* str_format.c */

#define X(name, least, most)                                                                   \
    RtObject *rt__str_##name(RtThread *t, RtObject *const *args, size_t count,                 \
                             RtObject *kwnames);
RT_STR_METHODS(X)
RT_STR_KEYWORD_METHODS(X)
#undef X

// A method of the above.
#define STR_METHOD(name)                                                                       \
    RtObject *rt__str_##name(                                                                  \
        RtThread *t __attribute__((unused)), RtObject *const *args __attribute__((unused)),    \
        size_t count __attribute__((unused)), RtObject *kwnames __attribute__((unused)))

// The encodings that there are, by the characters that they have.
typedef enum RtEncoding {
    RT_ENCODING_UTF8 = 0x10ffff,
    RT_ENCODING_LATIN1 = 0xff,
    RT_ENCODING_ASCII = 0x7f,
} RtEncoding;

// The encoding of that name, NULL: UTF-8. False with an error.
bool rt__encoding(RtThread *t, RtObject *name, RtEncoding *encoding);
// What bytes say, as a str. NULL with a VALUE error.
RtObject *rt__bytes_decode(RtThread *t, RtText bytes, RtEncoding encoding);

// str % arguments.
RtObject *rt__str_percent(RtThread *t, RtObject *format, RtObject *arguments);

#endif
