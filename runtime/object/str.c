// str.c: immutable strings of UTF-8 bytes.
#include "object/str.h"

#include <stdio.h>

#include "object/format.h"
#include "rt_inline.h"

RtObject *rt_str_new(RtThread *t, const char *bytes, size_t size)
{
    size_t needed;
    if (__builtin_add_overflow(size, offsetof(RtStr, bytes) + 1, &needed)) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    RtStr *str = (RtStr *)rt__object_new(t, &rt__str_type, needed);
    if (rt_unlikely(str == NULL)) return NULL;
    rt_atomic_store_relaxed(&str->hash, (int64_t)0);
    str->size = size;
    str->interned = false;
    if (size > 0) __builtin_memcpy(str->bytes, bytes, size);
    str->bytes[size] = '\0';
    return &str->base;
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

int64_t rt__str_hash_bytes(const char *bytes, size_t size)
{
    uint64_t word;
    uint64_t state = SECRET_0 ^ size;
    size_t left = size;
    for (; left > 8; left -= 8, bytes += 8) {
        __builtin_memcpy(&word, bytes, 8);
        state = mix(state ^ word, SECRET_1);
    }
    word = 0;
    if (left > 0) __builtin_memcpy(&word, bytes, left);
    int64_t hash = (int64_t)mix(mix(state ^ word, SECRET_1), SECRET_2 ^ size);
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

// The escape of a byte that is not printed as it is, or NULL. Bytes above ASCII are parts of
// characters and printed as they are.
static const char *escape(char byte, char quote, char text[8])
{
    unsigned char value = (unsigned char)byte;
    if (byte == '\n') return "\\n";
    if (byte == '\r') return "\\r";
    if (byte == '\t') return "\\t";
    if (byte == '\\') return "\\\\";
    if (byte == quote) return byte == '\'' ? "\\'" : "\\\"";
    if (value >= 0x20 && value != 0x7f) return NULL;
    snprintf(text, 8, "\\x%02x", value);
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
    for (size_t i = 0; i < str->size; i++) {
        char text[8];
        const char *escaped = escape(str->bytes[i], quote, text);
        if (escaped != NULL)
            rt__buffer_add_text(&buffer, escaped);
        else
            rt__buffer_add(&buffer, &str->bytes[i], 1);
    }
    rt__buffer_add(&buffer, &quote, 1);
    return rt__buffer_finish(&buffer);
}

const RtType rt__str_type = {RT_TYPE_BASE, .name = "str", .hash = hash, .equal = equal, .repr = repr};
