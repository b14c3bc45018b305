// bytes.c: immutable strings of bytes.
#include "object/bytes.h"

#include <stdio.h>

#include "object/format.h"
#include "object/slots.h"
#include "object/str.h"
#include "rt_inline.h"

RtBytes *rt__bytes_reserve(RtThread *t, size_t size)
{
    size_t needed;
    if (__builtin_add_overflow(size, offsetof(RtBytes, bytes) + 1, &needed)) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    RtBytes *bytes = (RtBytes *)rt__object_new(t, &rt__bytes_type, needed);
    if (rt_unlikely(bytes == NULL)) return NULL;
    rt_atomic_store_relaxed(&bytes->hash, (int64_t)0);
    bytes->size = size;
    bytes->bytes[size] = '\0';
    return bytes;
}

RtObject *rt__bytes_new(RtThread *t, const char *from, size_t size)
{
    RtBytes *bytes = rt__bytes_reserve(t, size);
    if (rt_unlikely(bytes == NULL)) return NULL;
    if (size > 0) __builtin_memcpy(bytes->bytes, from, size);
    return &bytes->base;
}

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t;
    RtBytes *bytes = (RtBytes *)object;
    int64_t cached = rt_atomic_load_relaxed(&bytes->hash);
    if (cached != 0) return cached;
    int64_t computed = rt__str_hash_bytes(bytes->bytes, bytes->size);
    rt_atomic_store_relaxed(&bytes->hash, computed);
    return computed;
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    (void)t;
    const RtBytes *x = rt__bytes_of(a), *y = rt__bytes_of(b);
    return x->size == y->size && __builtin_memcmp(x->bytes, y->bytes, x->size) == 0;
}

static void add_byte(RtBuffer *buffer, char byte, char quote)
{
    char text[8];
    unsigned char value = (unsigned char)byte;
    if (byte == '\n' || byte == '\r' || byte == '\t')
        snprintf(text, sizeof text, "\\%c", byte == '\n' ? 'n' : byte == '\r' ? 'r' : 't');
    else if (byte == quote || byte == '\\')
        snprintf(text, sizeof text, "\\%c", byte);
    else if (value >= 0x20 && value < 0x7f)
        snprintf(text, sizeof text, "%c", byte);
    else
        snprintf(text, sizeof text, "\\x%02x", value);
    rt__buffer_add_text(buffer, text);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    const RtBytes *bytes = rt__bytes_of(object);
    bool apostrophe = __builtin_memchr(bytes->bytes, '\'', bytes->size) != NULL;
    bool quotation = __builtin_memchr(bytes->bytes, '"', bytes->size) != NULL;
    char quote = apostrophe && !quotation ? '"' : '\'';
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add_text(&buffer, "b");
    rt__buffer_add(&buffer, &quote, 1);
    for (size_t i = 0; i < bytes->size; i++)
        add_byte(&buffer, bytes->bytes[i], quote);
    rt__buffer_add(&buffer, &quote, 1);
    return rt__buffer_finish(&buffer);
}

const RtType rt__bytes_type = {
    RT_TYPE_BASE, .name = "bytes", .slots = &rt__bytes_slots,
    .hash = hash, .equal = equal,  .repr = repr,
};
