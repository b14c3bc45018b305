// str.c: str's operators, items and iterator, and the table of its methods.
#include "object/str.h"

#include <string.h>

#include "builtins/builtins.h"
#include "builtins/format_spec.h"
#include "builtins/text.h"
#include "object/bytes.h"
#include "object/track.h"
#include "object/utf8.h"
#include "object/value.h"
#include "vm/iterator.h"

// ------------------------------------------------------------------ making

static RtObject *decode(RtThread *t, RtObject *bytes, RtObject *name)
{
    RtEncoding encoding;
    if (!rt__encoding(t, name, &encoding)) return NULL;
    RtText text = {rt__bytes_of(bytes)->bytes, rt__bytes_of(bytes)->size};
    return rt__bytes_decode(t, text, encoding);
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"object", "encoding", "errors", NULL};
    RtObject *values[3];
    if (!rt__accepts(t, type->name, count, 3, NULL)) return NULL;
    if (!rt__arguments(t, type->name, args, count, kwnames, names, values)) return NULL;
    if (values[0] == NULL) return rt_str_new(t, "", 0);
    if (values[1] == NULL && values[2] == NULL) return rt__str(t, values[0]);
    if (values[0]->type == &rt__bytes_type) return decode(t, values[0], values[1]);
    rt__error_format(t, RT_ERROR_TYPE, "decoding to str: need a bytes-like object, %s found",
                     values[0]->type->name);
    return NULL;
}

// ------------------------------------------------------------------ operators

static RtObject *repeated(RtThread *t, RtObject *str, int64_t times)
{
    size_t size, all;
    const char *bytes = rt_str_bytes_borrowed(str, &size);
    if (times <= 0 || size == 0) return rt_str_new(t, "", 0);
    if (times == 1) return rt_new_ref(t, str);
    if (__builtin_mul_overflow(size, (size_t)times, &all)) {
        rt_error_set(t, RT_ERROR_MEMORY, "");
        return NULL;
    }
    RtStr *result = rt__str_reserve(t, all);
    if (result == NULL) return NULL;
    memset(result->bytes, bytes[0], all);
    for (size_t i = 0; size > 1 && i < all; i += size)
        memcpy(result->bytes + i, bytes, size);
    return &result->base;
}

static RtObject *add(RtThread *t, RtObject *a, RtObject *b)
{
    if (b->type == &rt__str_type) return rt__str_concat(t, a, b);
    return rt__cannot_concatenate(t, a, b);
}

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    RtObject *str;
    int64_t times;
    if (op == RT_BINARY_MOD && rt_str_check(a)) return rt__str_percent(t, a, b);
    if (op == RT_BINARY_ADD && rt_str_check(a)) return add(t, a, b);
    if (op != RT_BINARY_MUL) return rt_not_implemented();
    if (rt__repeat_operands(t, &rt__str_type, a, b, &str, &times))
        return repeated(t, str, times);
    return str != NULL ? NULL : rt_not_implemented();
}

static int contains(RtThread *t, RtObject *str, RtObject *part)
{
    if (rt_str_check(part)) return rt__text_find(rt__text_of(str), rt__text_of(part)) >= 0;
    rt__error_format(t, RT_ERROR_TYPE, "'in <string>' requires string as left operand, not %s",
                     part->type->name);
    return -1;
}

static int64_t length(RtThread *t, RtObject *str)
{
    (void)t;
    return (int64_t)rt__str_length(str);
}

// ------------------------------------------------------------------ items

// The character that begins at byte `offset`.
static RtObject *character_at(RtThread *t, RtObject *str, size_t offset)
{
    const char *bytes = rt_str_bytes_borrowed(str, NULL) + offset;
    return rt_str_new(t, bytes, rt__utf8_width(*bytes));
}

static RtObject *contiguous(RtThread *t, RtObject *str, size_t first, size_t count)
{
    size_t from = rt__str_offset(str, first), to = rt__str_offset(str, first + count);
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(str, &size);
    if (from == 0 && to == size) return rt_new_ref(t, str);
    return rt_str_new(t, bytes + from, to - from);
}

static RtObject *slice(RtThread *t, RtObject *str, RtObject *key)
{
    int64_t first, count, step;
    if (!rt__slice_of(t, key, (int64_t)rt__str_length(str), &first, &count, &step)) return NULL;
    if (count == 0) return rt_str_new(t, "", 0);
    if (step == 1) return contiguous(t, str, (size_t)first, (size_t)count);
    const char *bytes = rt_str_bytes_borrowed(str, NULL);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    for (int64_t i = 0; i < count; i++) {
        size_t offset = rt__str_offset(str, (size_t)(first + i * step));
        rt__buffer_add(&buffer, bytes + offset, rt__utf8_width(bytes[offset]));
    }
    return rt__buffer_finish(&buffer);
}

static RtObject *get_item(RtThread *t, RtObject *str, RtObject *key)
{
    int64_t index;
    if (key->type == &rt__slice_type) return slice(t, str, key);
    if (!rt__as_index(t, key, "string indices must be integers, not '%s'", &index)) return NULL;
    int64_t size = (int64_t)rt__str_length(str);
    if (index < 0) index += size;
    if (index >= 0 && index < size)
        return character_at(t, str, rt__str_offset(str, (size_t)index));
    rt_error_set(t, RT_ERROR_INDEX, "string index out of range");
    return NULL;
}

// ------------------------------------------------------------------ iterating

// Strings hold no references, so an iterator is in no cycle.
typedef struct StrIterator {
    RtObject base;
    RtObject *str;
    _Atomic size_t offset; // of the next character
} StrIterator;

static inline StrIterator *iterator_of(RtObject *object)
{
    return (StrIterator *)object;
}

static RtObject *next(RtThread *t, RtObject *object)
{
    StrIterator *iterator = iterator_of(object);
    size_t size, offset = rt_atomic_load_relaxed(&iterator->offset);
    const char *bytes = rt_str_bytes_borrowed(iterator->str, &size);
    if (offset >= size) return NULL;
    rt_atomic_store_relaxed(&iterator->offset, offset + rt__utf8_width(bytes[offset]));
    return character_at(t, iterator->str, offset);
}

static void finish(RtThread *t, RtObject *object)
{
    rt_decref(t, iterator_of(object)->str);
}

static const RtSlots iterator_slots = {.iter = rt__iter_self, .next = next};

static const RtType iterator_type = {
    RT_TYPE_BASE,     .name = "str_iterator",    .slots = &iterator_slots,
    .finish = finish, .hash = rt__identity_hash,
};

static RtObject *iter(RtThread *t, RtObject *str)
{
    StrIterator *iterator = (StrIterator *)rt__object_new(t, &iterator_type, sizeof *iterator);
    if (rt_unlikely(iterator == NULL)) return NULL;
    iterator->str = rt_new_ref(t, str);
    rt_atomic_store_relaxed(&iterator->offset, (size_t)0);
    return &iterator->base;
}

// ------------------------------------------------------------------ the table

#define X(name, least, most)  RT_METHOD("str." #name, rt__str_##name, least, most),
#define XK(name, least, most) RT_METHOD_KW("str." #name, rt__str_##name, least, most),
static const RtBuiltin methods[] = {RT_STR_METHODS(X) RT_STR_KEYWORD_METHODS(XK)
                                        RT_BUILTIN_END};
#undef X
#undef XK

const RtSlots rt__str_slots = {
    .construct = construct,
    .get_item = get_item,
    .contains = contains,
    .length = length,
    .iter = iter,
    .binary = binary,
    .format = rt__format_str,
    .methods = methods,
};
