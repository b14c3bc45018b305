// bytes.c: the methods and operators of bytes, and decoding them.
#include "object/bytes.h"

#include <stdio.h>
#include <string.h>

#include "builtins/builtins.h"
#include "builtins/text.h"
#include "object/utf8.h"
#include "vm/iterator.h"
#include "vm/operations.h"

static RtText text_of(const RtObject *bytes)
{
    return (RtText){rt__bytes_of(bytes)->bytes, rt__bytes_of(bytes)->size};
}

// ------------------------------------------------------------------ encodings

static void raise_steal(RtThread *t, const char *class_name, RtObject *message)
{
    if (message == NULL) return;
    rt__raise_named(t, class_name, rt_str_bytes_borrowed(message, NULL));
    rt_decref(t, message);
}

bool rt__encoding(RtThread *t, RtObject *name, RtEncoding *encoding)
{
    static const struct {
        const char *name;
        RtEncoding encoding;
    } known[] = {
        {"utf-8", RT_ENCODING_UTF8},     {"utf8", RT_ENCODING_UTF8},
        {"UTF-8", RT_ENCODING_UTF8},     {"ascii", RT_ENCODING_ASCII},
        {"us-ascii", RT_ENCODING_ASCII}, {"latin-1", RT_ENCODING_LATIN1},
        {"latin1", RT_ENCODING_LATIN1},  {"iso-8859-1", RT_ENCODING_LATIN1},
    };
    *encoding = RT_ENCODING_UTF8;
    if (name == NULL) return true;
    if (!rt__need_str(t, name, "encoding ")) return false;
    const char *text = rt_str_bytes_borrowed(name, NULL);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        *encoding = known[i].encoding;
        if (strcmp(text, known[i].name) == 0) return true;
    }
    RtObject *message = rt__format(t, "unknown encoding: %s", text);
    raise_steal(t, "LookupError", message);
    return false;
}

static RtObject *cannot_decode(RtThread *t, const char *codec, RtText bytes, const char *at,
                               const char *why)
{
    raise_steal(t, "UnicodeDecodeError",
                rt__format(t, "'%s' codec can't decode byte 0x%02x in position %td: %s", codec,
                           (unsigned char)*at, at - bytes.bytes, why));
    return NULL;
}

// What is wrong with the character at `at`.
static const char *utf8_fault(const char *at, const char *end)
{
    unsigned char first = (unsigned char)*at;
    if (first < 0xc2 || first > 0xf4) return "invalid start byte";
    for (size_t i = 1; i < rt__utf8_width(*at); i++) {
        if (at + i == end) return "unexpected end of data";
        if (!rt__utf8_continues(at[i])) break;
    }
    return "invalid continuation byte";
}

static RtObject *decode_narrow(RtThread *t, RtText bytes, RtEncoding encoding)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    for (const char *at = bytes.bytes; at < bytes.bytes + bytes.size; at++) {
        char character[4];
        unsigned char byte = (unsigned char)*at;
        if (byte > encoding) {
            rt__buffer_drop(&buffer);
            return cannot_decode(t, "ascii", bytes, at, "ordinal not in range(128)");
        }
        rt__buffer_add(&buffer, character, rt__utf8_put(character, byte));
    }
    return rt__buffer_finish(&buffer);
}

RtObject *rt__bytes_decode(RtThread *t, RtText bytes, RtEncoding encoding)
{
    if (encoding != RT_ENCODING_UTF8) return decode_narrow(t, bytes, encoding);
    const char *end = bytes.bytes + bytes.size;
    for (const char *at = bytes.bytes; at < end; at += rt__utf8_width(*at)) {
        if (rt__utf8_check(at, end) == 0)
            return cannot_decode(t, "utf-8", bytes, at, utf8_fault(at, end));
    }
    return rt_str_new(t, bytes.bytes, bytes.size);
}

// ------------------------------------------------------------------ making

static RtObject *from_items(RtThread *t, RtObject *iterable)
{
    RtObject *list = rt__list_of(t, iterable);
    if (list == NULL) return NULL;
    size_t size = rt_list_size(t, list);
    RtBytes *bytes = rt__bytes_reserve(t, size);
    for (size_t i = 0; bytes != NULL && i < size; i++) {
        int64_t value = -1;
        RtObject *item = rt_list_get(t, list, i);
        bool good = rt__as_int(t, item, &value);
        rt_decref(t, item);
        if (good && (value < 0 || value > 255)) {
            rt_error_set(t, RT_ERROR_VALUE, "bytes must be in range(0, 256)");
            good = false;
        }
        if (good) {
            bytes->bytes[i] = (char)value;
        } else {
            rt_decref(t, &bytes->base);
            bytes = NULL;
        }
    }
    rt_decref(t, list);
    return bytes != NULL ? &bytes->base : NULL;
}

static RtObject *zeros(RtThread *t, RtObject *given)
{
    int64_t size;
    if (!rt__as_int(t, given, &size)) return NULL;
    if (size < 0) {
        rt_error_set(t, RT_ERROR_VALUE, "negative count");
        return NULL;
    }
    RtBytes *bytes = rt__bytes_reserve(t, (size_t)size);
    if (bytes == NULL) return NULL;
    memset(bytes->bytes, 0, (size_t)size);
    return &bytes->base;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    static const char *const names[] = {"source", "encoding", "errors", NULL};
    RtObject *values[3];
    if (!rt__accepts(t, type->name, count, 3, NULL)) return NULL;
    if (!rt__arguments(t, type->name, args, count, kwnames, names, values)) return NULL;
    RtObject *source = values[0];
    if (source == NULL) return rt__bytes_new(t, "", 0);
    if (rt_str_check(source)) {
        if (values[1] != NULL)
            return rt__str_encode(t, (RtObject *[]){source, values[1]}, 2, NULL);
        rt_error_set(t, RT_ERROR_TYPE, "string argument without an encoding");
        return NULL;
    }
    if (source->type == &rt__bytes_type) return rt_new_ref(t, source);
    return rt__is_int(source) ? zeros(t, source) : from_items(t, source);
}

// ------------------------------------------------------------------ methods

NATIVE(decode)
{
    static const char *const names[] = {"encoding", "errors", NULL};
    RtObject *values[2];
    RtEncoding encoding;
    if (!rt__arguments(t, "decode", args + 1, count - 1, kwnames, names, values)) return NULL;
    if (!rt__encoding(t, values[0], &encoding)) return NULL;
    return rt__bytes_decode(t, text_of(args[0]), encoding);
}

static RtObject *mapped(RtThread *t, RtObject *object, char first, char last, int by)
{
    const RtBytes *bytes = rt__bytes_of(object);
    RtBytes *result = rt__bytes_reserve(t, bytes->size);
    for (size_t i = 0; result != NULL && i < bytes->size; i++) {
        char c = bytes->bytes[i];
        result->bytes[i] = (char)(c >= first && c <= last ? c + by : c);
    }
    return (RtObject *)result;
}

NATIVE(upper)
{
    return mapped(t, args[0], 'a', 'z', 'A' - 'a');
}

NATIVE(lower)
{
    return mapped(t, args[0], 'A', 'Z', 'a' - 'A');
}

NATIVE(hex)
{
    RtText text = text_of(args[0]);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    for (size_t i = 0; i < text.size; i++) {
        char digits[4];
        snprintf(digits, sizeof digits, "%02x", (unsigned char)text.bytes[i]);
        rt__buffer_add(&buffer, digits, 2);
    }
    return rt__buffer_finish(&buffer);
}

static bool need_bytes(RtThread *t, RtObject *object)
{
    if (object->type == &rt__bytes_type) return true;
    rt__error_format(t, RT_ERROR_TYPE, "a bytes-like object is required, not '%s'",
                     object->type->name);
    return false;
}

// What to look for: bytes, or an int, which is put into `byte`. False with an error.
static bool part_of(RtThread *t, RtObject *object, char *byte, RtText *part)
{
    int64_t value;
    *part = (RtText){byte, 1};
    if (object->type == &rt__bytes_type) {
        *part = text_of(object);
        return true;
    }
    if (!rt__is_int(object)) return need_bytes(t, object);
    if (!rt__as_int(t, object, &value)) return false;
    *byte = (char)value;
    if (value >= 0 && value <= 255) return true;
    rt_error_set(t, RT_ERROR_VALUE, "byte must be in range(0, 256)");
    return false;
}

NATIVE(find)
{
    char byte;
    RtText part;
    if (part_of(t, args[1], &byte, &part))
        return rt_int_new(t, rt__text_find(text_of(args[0]), part));
    if (rt_error_kind(t) == RT_ERROR_TYPE)
        rt__error_format(t, RT_ERROR_TYPE,
                         "argument should be integer or bytes-like object, not '%s'",
                         args[1]->type->name);
    return NULL;
}

NATIVE(startswith)
{
    if (!need_bytes(t, args[1])) return NULL;
    RtText text = text_of(args[0]), part = text_of(args[1]);
    return rt_bool(part.size <= text.size && memcmp(text.bytes, part.bytes, part.size) == 0);
}

NATIVE(endswith)
{
    if (!need_bytes(t, args[1])) return NULL;
    RtText text = text_of(args[0]), part = text_of(args[1]);
    if (part.size > text.size) return rt_bool(false);
    return rt_bool(memcmp(text.bytes + text.size - part.size, part.bytes, part.size) == 0);
}

static bool append(RtThread *t, RtObject *list, const char *bytes, size_t size)
{
    RtObject *piece = rt__bytes_new(t, bytes, size);
    bool done = piece != NULL && rt_list_append(t, list, piece);
    rt_decref_null(t, piece);
    return done;
}

static bool split_into(RtThread *t, RtObject *list, RtText text, RtText separator)
{
    int64_t found;
    while ((found = rt__text_find(text, separator)) >= 0) {
        if (!append(t, list, text.bytes, (size_t)found)) return false;
        text.bytes += (size_t)found + separator.size;
        text.size -= (size_t)found + separator.size;
    }
    return append(t, list, text.bytes, text.size);
}

NATIVE(split)
{
    if (!need_bytes(t, args[1])) return NULL;
    if (rt__bytes_of(args[1])->size == 0) {
        rt_error_set(t, RT_ERROR_VALUE, "empty separator");
        return NULL;
    }
    RtObject *list = rt_list_new(t, 0);
    if (list == NULL || split_into(t, list, text_of(args[0]), text_of(args[1]))) return list;
    rt_decref(t, list);
    return NULL;
}

static RtObject *bytes_of_buffer(RtThread *t, RtBuffer *buffer)
{
    RtObject *result = buffer->failed ? NULL : rt__bytes_new(t, buffer->bytes, buffer->size);
    rt__buffer_drop(buffer);
    return result;
}

NATIVE(join)
{
    RtObject *list = rt__list_of(t, args[1]);
    if (list == NULL) return NULL;
    RtText separator = text_of(args[0]);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    for (size_t i = 0; i < rt_list_size(t, list) && !buffer.failed; i++) {
        RtObject *item = rt_list_get(t, list, i);
        if (i > 0) rt__buffer_add(&buffer, separator.bytes, separator.size);
        if (item->type == &rt__bytes_type) {
            rt__buffer_add(&buffer, text_of(item).bytes, text_of(item).size);
        } else {
            rt__error_format(t, RT_ERROR_TYPE,
                             "sequence item %zu: expected a bytes-like object, %s found", i,
                             item->type->name);
            rt__buffer_fail(&buffer);
        }
        rt_decref(t, item);
    }
    rt_decref(t, list);
    return bytes_of_buffer(t, &buffer);
}

static const RtBuiltin methods[] = {
    RT_METHOD_KW("bytes.decode", decode, 0, 2), RT_METHOD("bytes.endswith", endswith, 1, 1),
    RT_METHOD("bytes.find", find, 1, 1),        RT_METHOD("bytes.hex", hex, 0, 0),
    RT_METHOD("bytes.join", join, 1, 1),        RT_METHOD("bytes.lower", lower, 0, 0),
    RT_METHOD("bytes.split", split, 1, 1),      RT_METHOD("bytes.startswith", startswith, 1, 1),
    RT_METHOD("bytes.upper", upper, 0, 0),      RT_BUILTIN_END,
};

// ------------------------------------------------------------------ operators

static RtObject *concatenated(RtThread *t, RtText a, RtText b)
{
    RtBytes *both = rt__bytes_reserve(t, a.size + b.size);
    if (both == NULL) return NULL;
    memcpy(both->bytes, a.bytes, a.size);
    memcpy(both->bytes + a.size, b.bytes, b.size);
    return &both->base;
}

static RtObject *repeated(RtThread *t, RtText text, int64_t times)
{
    size_t all;
    if (times < 0) times = 0;
    if (__builtin_mul_overflow(text.size, (size_t)times, &all)) {
        rt_error_set(t, RT_ERROR_MEMORY, "");
        return NULL;
    }
    RtBytes *result = rt__bytes_reserve(t, all);
    if (result == NULL) return NULL;
    for (size_t i = 0; i < all; i += text.size)
        memcpy(result->bytes + i, text.bytes, text.size);
    return &result->base;
}

static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    RtObject *bytes;
    int64_t times;
    if (op == RT_BINARY_ADD && a->type == &rt__bytes_type) {
        if (b->type == a->type) return concatenated(t, text_of(a), text_of(b));
        if (rt__special(b, RT_NAME_radd) != NULL) return rt_not_implemented();
        rt__error_format(t, RT_ERROR_TYPE, "can't concat %s to bytes", b->type->name);
        return NULL;
    }
    if (op != RT_BINARY_MUL) return rt_not_implemented();
    if (rt__repeat_operands(t, &rt__bytes_type, a, b, &bytes, &times))
        return repeated(t, text_of(bytes), times);
    return bytes != NULL ? NULL : rt_not_implemented();
}

static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    (void)t;
    if (a->type != b->type || op == RT_COMPARE_EQ || op == RT_COMPARE_NE)
        return rt_not_implemented();
    RtText x = text_of(a), y = text_of(b);
    int order = memcmp(x.bytes, y.bytes, x.size < y.size ? x.size : y.size);
    if (order == 0) order = (x.size > y.size) - (x.size < y.size);
    return rt_bool(rt__order_is(order, op));
}

static int contains(RtThread *t, RtObject *bytes, RtObject *item)
{
    char byte;
    RtText part;
    if (!part_of(t, item, &byte, &part)) return -1;
    return rt__text_find(text_of(bytes), part) >= 0;
}

static RtObject *get_item(RtThread *t, RtObject *object, RtObject *key)
{
    RtText text = text_of(object);
    int64_t first, count, step;
    if (key->type == &rt__slice_type) {
        if (!rt__slice_of(t, key, (int64_t)text.size, &first, &count, &step)) return NULL;
        RtBytes *result = rt__bytes_reserve(t, (size_t)count);
        for (int64_t i = 0; result != NULL && i < count; i++)
            result->bytes[i] = text.bytes[first + i * step];
        return result != NULL ? &result->base : NULL;
    }
    if (!rt__as_index(t, key, "byte indices must be integers or slices, not %s", &first))
        return NULL;
    if (first < 0) first += (int64_t)text.size;
    if (first >= 0 && first < (int64_t)text.size)
        return rt_int_new(t, (unsigned char)text.bytes[first]);
    rt_error_set(t, RT_ERROR_INDEX, "index out of range");
    return NULL;
}

static int64_t length(RtThread *t, RtObject *bytes)
{
    (void)t;
    return (int64_t)rt__bytes_of(bytes)->size;
}

const RtSlots rt__bytes_slots = {
    .construct = construct,
    .get_item = get_item,
    .contains = contains,
    .length = length,
    .iter = rt__sequence_iterator,
    .binary = binary,
    .compare = compare,
    .methods = methods,
};
