// format.h: building strings piece by piece.
#ifndef RT_OBJECT_FORMAT_H
#define RT_OBJECT_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "rt.h"

// A new str, formatted as by printf. NULL with an error.
RtObject *rt__format(RtThread *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
RtObject *rt__format_list(RtThread *t, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

// A buffer that grows. The first failure sticks: later additions do nothing, and finish
// returns NULL; so a caller may add without looking and asks once at the end.
typedef struct RtBuffer {
    RtThread *t;
    char *bytes; // initial, or an array
    size_t size;
    size_t capacity;
    bool failed;
    char initial[256]; // most reprs are short
} RtBuffer;

void rt__buffer_begin(RtBuffer *buffer, RtThread *t);
void rt__buffer_add(RtBuffer *buffer, const char *bytes, size_t size);
void rt__buffer_add_text(RtBuffer *buffer, const char *text); // NUL-terminated
void rt__buffer_add_repr(RtBuffer *buffer, RtObject *object);
void rt__buffer_add_str(RtBuffer *buffer, RtObject *str); // a str's bytes
// The same, and drops it; NULL: making it failed.
void rt__buffer_add_steal(RtBuffer *buffer, RtObject *str);
// Something outside the buffer failed; its error is in the thread state.
void rt__buffer_fail(RtBuffer *buffer);
// Frees the buffer without making anything of it.
void rt__buffer_drop(RtBuffer *buffer);
// The str; frees the buffer in any case.
RtObject *rt__buffer_finish(RtBuffer *buffer);

#endif
