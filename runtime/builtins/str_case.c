// str_case.c: methods of str about cases and kinds of characters, and those that pad.
//
// Cases and kinds are those of ASCII and of the alphabets next to it: Latin-1, Latin
// Extended-A, Greek and Cyrillic. Characters beyond are letters without a case.
#include <stdio.h>
#include <string.h>

#include "builtins/text.h"
#include "object/bytes.h"
#include "object/utf8.h"

// ------------------------------------------------------------------ characters

static bool between(uint32_t c, uint32_t from, uint32_t to)
{
    return c - from <= to - from;
}

static uint32_t to_upper(uint32_t c)
{
    if (between(c, 'a', 'z')) return c - 32;
    if (c < 0x80) return c;
    if (between(c, 0xe0, 0xfe) && c != 0xf7) return c - 32;
    if (c == 0xff) return 0x178;
    if (c == 0xb5) return 0x39c;
    if (between(c, 0x100, 0x137) || between(c, 0x14a, 0x177)) return c == 0x131 ? 'I' : c & ~1u;
    if (between(c, 0x139, 0x148) || between(c, 0x179, 0x17e)) return (c & 1) != 0 ? c : c - 1;
    if (between(c, 0x3b1, 0x3c9)) return c == 0x3c2 ? 0x3a3 : c - 32;
    if (between(c, 0x430, 0x44f)) return c - 32;
    return between(c, 0x450, 0x45f) ? c - 80 : c;
}

static uint32_t to_lower(uint32_t c)
{
    if (between(c, 'A', 'Z')) return c + 32;
    if (c < 0x80) return c;
    if (between(c, 0xc0, 0xde) && c != 0xd7) return c + 32;
    if (c == 0x178) return 0xff;
    if (between(c, 0x100, 0x137) || between(c, 0x14a, 0x177)) return c == 0x130 ? 'i' : c | 1;
    if (between(c, 0x139, 0x148) || between(c, 0x179, 0x17e)) return (c & 1) != 0 ? c + 1 : c;
    if (between(c, 0x391, 0x3a9) && c != 0x3a2) return c + 32;
    if (between(c, 0x410, 0x42f)) return c + 32;
    return between(c, 0x400, 0x40f) ? c + 80 : c;
}

#define SHARP_S 0xdfu // has no upper case of its own: it becomes two letters

static bool is_upper(uint32_t c)
{
    return to_lower(c) != c;
}

static bool is_lower(uint32_t c)
{
    return to_upper(c) != c || c == SHARP_S;
}

static bool is_digit(uint32_t c)
{
    return between(c, '0', '9');
}

static bool is_space(uint32_t c)
{
    return c == ' ' || between(c, '\t', '\r') || between(c, 0x1c, 0x1f) || c == 0x85 ||
           c == 0xa0 || between(c, 0x2000, 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x3000;
}

// Beyond Latin-1, punctuation, symbols and pictures are no letters.
static bool is_alpha(uint32_t c)
{
    if (c < 0x80) return between(c | 0x20, 'a', 'z');
    if (c < 0xc0) return c == 0xaa || c == 0xb5 || c == 0xba;
    if (c == 0xd7 || c == 0xf7) return false;
    return !between(c, 0x2000, 0x2bff) && !between(c, 0x3000, 0x3004) &&
           !between(c, 0x1f000, 0x1faff) && !between(c, 0xe000, 0xf8ff) &&
           !between(c, 0x300, 0x36f);
}

// ------------------------------------------------------------------ cases

typedef uint32_t (*Mapping)(uint32_t c, bool first); // `first`: of a word

static void add_character(RtBuffer *buffer, uint32_t c)
{
    char bytes[4];
    rt__buffer_add(buffer, bytes, rt__utf8_put(bytes, c));
}

// A str in which each character is mapped. Words begin where a letter follows what is none.
static RtObject *mapped(RtThread *t, RtObject *str, Mapping mapping, bool one_word)
{
    RtText text = rt__text_of(str);
    const char *at = text.bytes, *end = at + text.size;
    bool first = true;
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    while (at < end) {
        uint32_t c = rt__utf8_next(&at), by = mapping(c, first);
        add_character(&buffer, by);
        if (c == SHARP_S && by != c) add_character(&buffer, mapping('s', false));
        first = !one_word && !(is_upper(c) || is_lower(c));
    }
    return rt__buffer_finish(&buffer);
}

static uint32_t upper(uint32_t c, bool first)
{
    (void)first;
    return c == SHARP_S ? 'S' : to_upper(c);
}

static uint32_t lower(uint32_t c, bool first)
{
    (void)first;
    return to_lower(c);
}

static uint32_t title(uint32_t c, bool first)
{
    return first ? upper(c, first) : to_lower(c);
}

static uint32_t swap(uint32_t c, bool first)
{
    return is_upper(c) ? to_lower(c) : upper(c, first);
}

STR_METHOD(upper)
{
    return mapped(t, args[0], upper, true);
}

STR_METHOD(lower)
{
    return mapped(t, args[0], lower, true);
}

STR_METHOD(casefold)
{
    return mapped(t, args[0], lower, true);
}

STR_METHOD(swapcase)
{
    return mapped(t, args[0], swap, true);
}

STR_METHOD(capitalize)
{
    return mapped(t, args[0], title, true);
}

STR_METHOD(title)
{
    return mapped(t, args[0], title, false);
}

// ------------------------------------------------------------------ kinds

typedef bool (*Kind)(uint32_t c);

// Whether there are characters and all are of a kind.
static RtObject *all_are(RtObject *str, Kind kind)
{
    RtText text = rt__text_of(str);
    const char *at = text.bytes, *end = at + text.size;
    while (at < end) {
        if (!kind(rt__utf8_next(&at))) return rt_bool(false);
    }
    return rt_bool(text.size > 0);
}

static bool is_alnum(uint32_t c)
{
    return is_alpha(c) || is_digit(c);
}

STR_METHOD(isalpha)
{
    return all_are(args[0], is_alpha);
}

STR_METHOD(isdigit)
{
    return all_are(args[0], is_digit);
}

STR_METHOD(isdecimal)
{
    return all_are(args[0], is_digit);
}

STR_METHOD(isnumeric)
{
    return all_are(args[0], is_digit);
}

STR_METHOD(isalnum)
{
    return all_are(args[0], is_alnum);
}

STR_METHOD(isspace)
{
    return all_are(args[0], is_space);
}

STR_METHOD(isascii)
{
    return rt_bool(rt__str_is_ascii(args[0]));
}

// Whether there is a letter of one case and none of the other.
static RtObject *cased(RtObject *str, Kind wanted, Kind other)
{
    RtText text = rt__text_of(str);
    const char *at = text.bytes, *end = at + text.size;
    bool any = false;
    while (at < end) {
        uint32_t c = rt__utf8_next(&at);
        if (other(c)) return rt_bool(false);
        any = any || wanted(c);
    }
    return rt_bool(any);
}

STR_METHOD(isupper)
{
    return cased(args[0], is_upper, is_lower);
}

STR_METHOD(islower)
{
    return cased(args[0], is_lower, is_upper);
}

STR_METHOD(istitle)
{
    RtText text = rt__text_of(args[0]);
    const char *at = text.bytes, *end = at + text.size;
    bool any = false, first = true;
    while (at < end) {
        uint32_t c = rt__utf8_next(&at);
        if (first ? is_lower(c) : is_upper(c)) return rt_bool(false);
        first = !is_upper(c) && !is_lower(c);
        any = any || !first;
    }
    return rt_bool(any);
}

STR_METHOD(isprintable)
{
    RtText text = rt__text_of(args[0]);
    const char *at = text.bytes, *end = at + text.size;
    bool printable = true;
    while (printable && at < end)
        printable = rt__is_printable(rt__utf8_next(&at));
    return rt_bool(printable);
}

STR_METHOD(isidentifier)
{
    RtText text = rt__text_of(args[0]);
    const char *at = text.bytes, *end = at + text.size;
    bool first = true;
    for (; at < end; first = false) {
        uint32_t c = rt__utf8_next(&at);
        if (c != '_' && !is_alpha(c) && (first || !is_digit(c))) return rt_bool(false);
    }
    return rt_bool(text.size > 0);
}

// ------------------------------------------------------------------ padding

static void add_fill(RtBuffer *buffer, RtText fill, int64_t count)
{
    for (; count > 0 && !buffer->failed; count--)
        rt__buffer_add(buffer, fill.bytes, fill.size);
}

static RtObject *padded(RtThread *t, RtObject *str, RtText fill, int64_t left, int64_t right)
{
    if (left <= 0 && right <= 0) return rt_new_ref(t, str);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    add_fill(&buffer, fill, left);
    rt__buffer_add_str(&buffer, str);
    add_fill(&buffer, fill, right);
    return rt__buffer_finish(&buffer);
}

// How many characters are missing, and what to fill up with.
static bool padding(RtThread *t, RtObject *const *args, size_t count, int64_t *missing,
                    RtText *fill)
{
    int64_t width;
    *fill = (RtText){" ", 1};
    if (!rt__as_int(t, args[1], &width)) return false;
    *missing = width - (int64_t)rt__str_length(args[0]);
    if (*missing < 0) *missing = 0;
    if (count < 3) return true;
    if (!rt_str_check(args[2]))
        rt__error_format(t, RT_ERROR_TYPE,
                         "The fill character must be a unicode character, not %s",
                         args[2]->type->name);
    else if (rt__str_length(args[2]) != 1)
        rt_error_set(t, RT_ERROR_TYPE, "The fill character must be exactly one character long");
    else
        *fill = rt__text_of(args[2]);
    return rt_error_kind(t) == RT_ERROR_NONE;
}

STR_METHOD(center)
{
    int64_t missing;
    RtText fill;
    if (!padding(t, args, count, &missing, &fill)) return NULL;
    int64_t width = missing + (int64_t)rt__str_length(args[0]);
    int64_t left = missing / 2 + (missing & width & 1); // CPython's
    return padded(t, args[0], fill, left, missing - left);
}

STR_METHOD(ljust)
{
    int64_t missing;
    RtText fill;
    if (!padding(t, args, count, &missing, &fill)) return NULL;
    return padded(t, args[0], fill, 0, missing);
}

STR_METHOD(rjust)
{
    int64_t missing;
    RtText fill;
    if (!padding(t, args, count, &missing, &fill)) return NULL;
    return padded(t, args[0], fill, missing, 0);
}

// Zeros go behind the sign.
STR_METHOD(zfill)
{
    int64_t missing;
    RtText fill, text = rt__text_of(args[0]);
    if (!padding(t, args, 2, &missing, &fill)) return NULL;
    if (missing == 0) return rt_new_ref(t, args[0]);
    size_t sign = text.size > 0 && (*text.bytes == '+' || *text.bytes == '-');
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add(&buffer, text.bytes, sign);
    add_fill(&buffer, (RtText){"0", 1}, missing);
    rt__buffer_add(&buffer, text.bytes + sign, text.size - sign);
    return rt__buffer_finish(&buffer);
}

STR_METHOD(expandtabs)
{
    static const char *const names[] = {"tabsize", NULL};
    RtObject *given;
    int64_t size = 8, column = 0;
    if (!rt__arguments(t, "expandtabs", args + 1, count - 1, kwnames, names, &given))
        return NULL;
    if (given != NULL && !rt__as_int(t, given, &size)) return NULL;
    RtText text = rt__text_of(args[0]);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        int64_t spaces = c == '\t' && size > 0 ? size - column % size : 0;
        add_fill(&buffer, (RtText){" ", 1}, spaces);
        if (c != '\t') rt__buffer_add(&buffer, &c, 1);
        if (c == '\n' || c == '\r')
            column = 0;
        else
            column += c == '\t' ? spaces : !rt__utf8_continues(c);
    }
    return rt__buffer_finish(&buffer);
}

// ------------------------------------------------------------------ encoding

static void cannot_encode(RtThread *t, RtEncoding encoding, uint32_t point, size_t position)
{
    char escaped[16], message[128];
    snprintf(escaped, sizeof escaped,
             point < 0x100     ? "\\x%02x"
             : point < 0x10000 ? "\\u%04x"
                               : "\\U%08x",
             point);
    snprintf(message, sizeof message,
             "'%s' codec can't encode character '%s' in position %zu: ordinal not in range(%d)",
             encoding == RT_ENCODING_ASCII ? "ascii" : "latin-1", escaped, position,
             (int)encoding + 1);
    rt__raise_named(t, "UnicodeEncodeError", message);
}

// A byte for each character.
static RtObject *encode_narrow(RtThread *t, RtObject *str, RtEncoding encoding)
{
    size_t length = rt__str_length(str);
    const char *at = rt_str_bytes_borrowed(str, NULL);
    RtBytes *bytes = rt__bytes_reserve(t, length);
    for (size_t i = 0; bytes != NULL && i < length; i++) {
        uint32_t point = rt__utf8_next(&at);
        bytes->bytes[i] = (char)point;
        if (point <= (uint32_t)encoding) continue;
        cannot_encode(t, encoding, point, i);
        rt_decref(t, &bytes->base);
        bytes = NULL;
    }
    return bytes != NULL ? &bytes->base : NULL;
}

STR_METHOD(encode)
{
    static const char *const names[] = {"encoding", "errors", NULL};
    RtObject *values[2];
    RtEncoding encoding;
    if (!rt__arguments(t, "encode", args + 1, count - 1, kwnames, names, values)) return NULL;
    if (!rt__encoding(t, values[0], &encoding)) return NULL;
    if (encoding != RT_ENCODING_UTF8 && !rt__str_is_ascii(args[0]))
        return encode_narrow(t, args[0], encoding);
    RtText text = rt__text_of(args[0]);
    return rt__bytes_new(t, text.bytes, text.size);
}
