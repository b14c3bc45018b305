// str.c: immutable strings of UTF-8 bytes.
#include "object/str.h"

#include <stdio.h>

#include "object/format.h"
#include "object/slots.h"
#include "object/utf8.h"
#include "rt_inline.h"

RtStr *rt__str_reserve(RtThread *t, size_t size)
{
    size_t needed;
    if (__builtin_add_overflow(size, offsetof(RtStr, bytes) + 1, &needed)) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    RtStr *str = (RtStr *)rt__object_new(t, &rt__str_type, needed);
    if (rt_unlikely(str == NULL)) return NULL;
    rt_atomic_store_relaxed(&str->hash, (int64_t)0);
    rt_atomic_store_relaxed(&str->kind, (uint8_t)RT_STR_UNKNOWN);
    str->size = size;
    str->interned = false;
    str->bytes[size] = '\0';
    return str;
}

RtObject *rt_str_new(RtThread *t, const char *bytes, size_t size)
{
    RtStr *str = rt__str_reserve(t, size);
    if (rt_unlikely(str == NULL)) return NULL;
    if (size > 0) __builtin_memcpy(str->bytes, bytes, size);
    return &str->base;
}

RtObject *rt__str_concat(RtThread *t, RtObject *a, RtObject *b)
{
    const RtStr *x = (const RtStr *)a, *y = (const RtStr *)b;
    if (x->size == 0) return rt_new_ref(t, b);
    if (y->size == 0) return rt_new_ref(t, a);
    RtStr *both = rt__str_reserve(t, x->size + y->size); // two in memory do not overflow
    if (rt_unlikely(both == NULL)) return NULL;
    __builtin_memcpy(both->bytes, x->bytes, x->size);
    __builtin_memcpy(both->bytes + x->size, y->bytes, y->size);
    return &both->base;
}

bool rt_str_check(const RtObject *object)
{
    return rt__is_type(object, &rt__str_type);
}

const char *rt_str_bytes_borrowed(const RtObject *object, size_t *size)
{
    const RtStr *str = (const RtStr *)object;
    if (size != NULL) *size = str->size;
    return str->bytes;
}

// ------------------------------------------------------------------ characters

static bool all_ascii(const char *bytes, size_t size)
{
    uint64_t word, seen = 0;
    for (; size >= 8; size -= 8, bytes += 8) {
        __builtin_memcpy(&word, bytes, 8);
        seen |= word;
    }
    for (; size > 0; size--)
        seen |= (unsigned char)*bytes++;
    return (seen & 0x8080808080808080ull) == 0;
}

RtStrKind rt__str_kind_slow(RtStr *str)
{
    RtStrKind kind = all_ascii(str->bytes, str->size) ? RT_STR_ASCII : RT_STR_WIDE;
    rt_atomic_store_relaxed(&str->kind, (uint8_t)kind);
    return kind;
}

static size_t count_characters(const char *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += !rt__utf8_continues(bytes[i]);
    return count;
}

size_t rt__str_length(RtObject *object)
{
    const RtStr *str = (const RtStr *)object;
    return rt__str_is_ascii(object) ? str->size : count_characters(str->bytes, str->size);
}

size_t rt__str_offset(RtObject *object, size_t index)
{
    const RtStr *str = (const RtStr *)object;
    if (rt__str_is_ascii(object)) return index;
    size_t offset = 0;
    for (; index > 0 && offset < str->size; index--)
        offset += rt__utf8_width(str->bytes[offset]);
    return offset < str->size ? offset : str->size;
}

size_t rt__str_index_at(RtObject *object, size_t offset)
{
    const RtStr *str = (const RtStr *)object;
    return rt__str_is_ascii(object) ? offset : count_characters(str->bytes, offset);
}

// ------------------------------------------------------------------ hash, equality

// Both halves of a 128-bit product, folded: the mixing step of Wang Yi's wyhash.
static inline uint64_t mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// wyhash's constants: odd, with half of their bits set.
#define SECRET_0 0xa0761d6478bd642full
#define SECRET_1 0xe7037ed1a0b428dbull
#define SECRET_2 0x8ebc6af09c88c6e3ull

// Up to eight bytes as one word; a word of another size may be the same. Reads that overlap, of
// sizes the compiler knows: a copy of `size` bytes would go through memory, and the load after
// it wait until each of its stores has reached the cache.
static inline uint64_t last_word(const char *bytes, size_t size)
{
    const uint8_t *at = (const uint8_t *)bytes;
    if (size >= 4) {
        uint32_t low, high;
        __builtin_memcpy(&low, at, 4);
        __builtin_memcpy(&high, at + size - 4, 4);
        return low | (uint64_t)high << 32;
    }
    if (size == 0) return 0;
    return at[0] | (uint64_t)at[size / 2] << 8 | (uint64_t)at[size - 1] << 16;
}

int64_t rt__str_hash_bytes(const char *bytes, size_t size)
{
    uint64_t word;
    uint64_t state = SECRET_0 ^ size;
    size_t left = size;
    for (; left > 8; left -= 8, bytes += 8) {
        __builtin_memcpy(&word, bytes, 8);
        state = mix(state ^ word, SECRET_1);
    }
    state = mix(state ^ last_word(bytes, left), SECRET_1);
    int64_t hash = (int64_t)mix(state, SECRET_2 ^ size);
    return hash == 0 || hash == -1 ? -2 : hash;
}

int64_t rt__str_hash_slow(RtStr *str)
{
    int64_t hash = rt__str_hash_bytes(str->bytes, str->size);
    rt_atomic_store_relaxed(&str->hash, hash);
    return hash;
}

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t;
    return rt__str_hash(object);
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    (void)t;
    const RtStr *x = (const RtStr *)a;
    const RtStr *y = (const RtStr *)b;
    if (x->interned && y->interned) return x == y;
    return rt__str_is(a, y->bytes, y->size);
}

// ------------------------------------------------------------------ repr

bool rt__is_printable(uint32_t point)
{
    if (point < 0x7f) return point >= 0x20;
    if (point <= 0xa0 || point == 0xad) return false;
    bool space = point - 0x2000 <= 0x0f || point - 0x2028 <= 0x07 || point - 0x205f <= 0x10 ||
                 point == 0x1680 || point == 0x3000 || point == 0xfeff;
    return !space && point - 0xe000 > 0x18ff; // nor of private use
}

// The escape of a character that repr does not show as it is, or NULL.
static const char *escape(uint32_t point, char quote, char text[12])
{
    if (point == '\n') return "\\n";
    if (point == '\r') return "\\r";
    if (point == '\t') return "\\t";
    if (point == '\\') return "\\\\";
    if (point == (uint32_t)quote) return quote == '\'' ? "\\'" : "\\\"";
    if (rt__is_printable(point)) return NULL;
    snprintf(text, 12,
             point < 0x100     ? "\\x%02x"
             : point < 0x10000 ? "\\u%04x"
                               : "\\U%08x",
             point);
    return text;
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    const RtStr *str = (const RtStr *)object;
    bool apostrophe = __builtin_memchr(str->bytes, '\'', str->size) != NULL;
    bool quotation = __builtin_memchr(str->bytes, '"', str->size) != NULL;
    char quote = apostrophe && !quotation ? '"' : '\''; // Python's choice
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add(&buffer, &quote, 1);
    for (const char *at = str->bytes, *end = at + str->size; at < end;) {
        char text[12];
        const char *first = at;
        const char *escaped = escape(rt__utf8_next(&at), quote, text);
        if (escaped != NULL)
            rt__buffer_add_text(&buffer, escaped);
        else
            rt__buffer_add(&buffer, first, (size_t)(at - first));
    }
    rt__buffer_add(&buffer, &quote, 1);
    return rt__buffer_finish(&buffer);
}

const RtType rt__str_type = {RT_TYPE_BASE, .name = "str",  .slots = &rt__str_slots,
                             .hash = hash, .equal = equal, .repr = repr};
