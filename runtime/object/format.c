// format.c: a growing buffer, and printf into a str.
#include "object/format.h"

#include <stdio.h>

#include "rt_inline.h"

void rt__buffer_begin(RtBuffer *buffer, RtThread *t)
{
    buffer->t = t;
    buffer->bytes = buffer->initial;
    buffer->size = 0;
    buffer->capacity = sizeof buffer->initial;
    buffer->failed = false;
}

void rt__buffer_fail(RtBuffer *buffer)
{
    buffer->failed = true;
}

void rt__buffer_drop(RtBuffer *buffer)
{
    if (buffer->bytes != buffer->initial) rt_array_free(buffer->bytes);
    buffer->bytes = buffer->initial;
}

static bool grow(RtBuffer *buffer, size_t more)
{
    size_t needed;
    size_t capacity = buffer->capacity * 2;
    char *bytes = NULL;
    if (!__builtin_add_overflow(buffer->size, more, &needed)) {
        if (capacity < needed) capacity = needed;
        bytes = rt_array_alloc(capacity);
    }
    if (bytes == NULL) {
        rt_error_set(buffer->t, RT_ERROR_MEMORY, "out of memory");
        buffer->failed = true;
        return false;
    }
    __builtin_memcpy(bytes, buffer->bytes, buffer->size);
    rt__buffer_drop(buffer);
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void rt__buffer_add(RtBuffer *buffer, const char *bytes, size_t size)
{
    if (buffer->failed) return;
    if (buffer->capacity - buffer->size < size && !grow(buffer, size)) return;
    __builtin_memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
}

void rt__buffer_add_text(RtBuffer *buffer, const char *text)
{
    rt__buffer_add(buffer, text, __builtin_strlen(text));
}

void rt__buffer_add_str(RtBuffer *buffer, RtObject *str)
{
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(str, &size);
    rt__buffer_add(buffer, bytes, size);
}

void rt__buffer_add_steal(RtBuffer *buffer, RtObject *str)
{
    if (str != NULL)
        rt__buffer_add_str(buffer, str);
    else
        rt__buffer_fail(buffer);
    rt_decref_null(buffer->t, str);
}

void rt__buffer_add_repr(RtBuffer *buffer, RtObject *object)
{
    if (buffer->failed) return;
    rt__buffer_add_steal(buffer, rt_object_repr(buffer->t, object));
}

RtObject *rt__buffer_finish(RtBuffer *buffer)
{
    RtObject *str = NULL;
    if (!buffer->failed) str = rt_str_new(buffer->t, buffer->bytes, buffer->size);
    rt__buffer_drop(buffer);
    return str;
}

RtObject *rt__format_list(RtThread *t, const char *format, va_list arguments)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(buffer.bytes, buffer.capacity, format, arguments);
    RT_CHECK(size >= 0, "a format that cannot be printed");
    // vsnprintf wants room for a NUL, which is not part of the string.
    if ((size_t)size >= buffer.capacity && grow(&buffer, (size_t)size + 1))
        vsnprintf(buffer.bytes, buffer.capacity, format, again);
    va_end(again);
    buffer.size = (size_t)size;
    return rt__buffer_finish(&buffer);
}

RtObject *rt__format(RtThread *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    RtObject *str = rt__format_list(t, format, arguments);
    va_end(arguments);
    return str;
}
