// report.c: what is printed of an exception that nobody caught.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "object/format.h"
#include "object/tuple.h"
#include "platform/platform.h"
#include "vm/exception.h"
#include "vm/operations.h"

#define SHOWN 3 // of lines that are repeated, as in CPython

// As CPython shows it: cut short where it is longer, and none of the spaces around it.
#define LINE_SIZE 1024

static size_t stripped(char *line, size_t size)
{
    while (size > 0 && strchr(" \t\r\f", line[size - 1]) != NULL)
        size--;
    return size;
}

// The source's line, if the file can be read still. Does not wait, whatever the file is.
static size_t read_line(const char *file, uint32_t wanted, char line[LINE_SIZE])
{
    char chunk[4096];
    uint32_t number = 1;
    size_t size = 0;
    ptrdiff_t got;
    int fd = rt_file_open(file, O_RDONLY | O_NONBLOCK, 0);
    while (fd >= 0 && number <= wanted && (got = rt_file_read(fd, chunk, sizeof chunk)) > 0) {
        for (ptrdiff_t i = 0; i < got && number <= wanted; i++) {
            bool leads = size == 0 && strchr(" \t\f", chunk[i]) != NULL;
            if (chunk[i] == '\n')
                number++;
            else if (number == wanted && !leads && size < LINE_SIZE)
                line[size++] = chunk[i];
        }
    }
    if (fd >= 0) rt_file_close(fd);
    return stripped(line, size);
}

static void add_line(RtBuffer *buffer, const RtTraceLine *line)
{
    rt__buffer_add_steal(buffer, rt__format(buffer->t, "  File \"%s\", line %u, in %s\n",
                                            line->code->file, line->line,
                                            rt_str_bytes_borrowed(line->code->name, NULL)));
    char source[LINE_SIZE];
    size_t size = read_line(line->code->file, line->line, source);
    if (size == 0) return;
    rt__buffer_add_text(buffer, "    ");
    rt__buffer_add(buffer, source, size);
    rt__buffer_add_text(buffer, "\n");
}

static void add_repeated(RtBuffer *buffer, uint32_t times)
{
    if (times <= SHOWN) return;
    times -= SHOWN;
    rt__buffer_add_steal(buffer,
                         rt__format(buffer->t, "  [Previous line repeated %u more time%s]\n",
                                    times, times > 1 ? "s" : ""));
}

static void add_lines(RtBuffer *buffer, const RtException *exception)
{
    if (exception->line_count == 0) return;
    rt__buffer_add_text(buffer, "Traceback (most recent call last):\n");
    uint32_t times = 0;
    for (uint32_t i = exception->line_count; i-- > 0;) {
        const RtTraceLine *line = &exception->lines[i];
        bool same = times > 0 && line->code == line[1].code && line->line == line[1].line;
        if (!same) {
            add_repeated(buffer, times);
            times = 0;
        }
        if (times++ < SHOWN) add_line(buffer, line);
    }
    add_repeated(buffer, times);
}

// "ValueError: what". What it says may be empty: then the name alone, or `always` the colon
// too.
static void add_summary(RtBuffer *buffer, RtObject *exception, bool always)
{
    rt__buffer_add_text(buffer, rt__qualname(exception->type));
    RtObject *text = rt__str(buffer->t, exception);
    if (text == NULL) rt_error_clear(buffer->t);
    size_t size = 0;
    if (text != NULL) rt_str_bytes_borrowed(text, &size);
    if (text == NULL) rt__buffer_add_text(buffer, ": <exception str() failed>");
    if (text != NULL && (size > 0 || always)) {
        rt__buffer_add_text(buffer, ": ");
        rt__buffer_add_str(buffer, text);
    }
    rt_decref_null(buffer->t, text);
    rt__buffer_add_text(buffer, "\n");
}

// The chain of what caused it or was being handled comes first; it may be circular.
static void add_chain(RtBuffer *buffer, RtObject *object, unsigned depth)
{
    RtException *exception = (RtException *)object;
    RtObject *cause = rt__slot_get(&exception->cause);
    RtObject *context =
        rt__exception_hides_context(exception) ? NULL : rt__slot_get(&exception->context);
    RtObject *before = cause != NULL ? cause : context;
    if (before != NULL && rt__is_exception(before) && depth < 100) {
        add_chain(buffer, before, depth + 1);
        rt__buffer_add_text(buffer, cause != NULL
                                        ? "\nThe above exception was the direct cause of the "
                                          "following exception:\n\n"
                                        : "\nDuring handling of the above exception, another "
                                          "exception occurred:\n\n");
    }
    add_lines(buffer, exception);
    add_summary(buffer, object, false);
}

RtObject *rt__exception_report(RtThread *t, RtObject *exception)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    add_chain(&buffer, exception, 0);
    return rt__buffer_finish(&buffer);
}

static void write_error(RtThread *t, const char *bytes, size_t size)
{
    while (size > 0) {
        ptrdiff_t written = rt_blocking_write(t, 2, bytes, size);
        if (written <= 0) return; // there is nobody left to tell
        bytes += written;
        size -= (size_t)written;
    }
}

// Takes the report's reference; NULL: there was no memory for it.
static void write_report_steal(RtThread *t, RtObject *report, const char *headline)
{
    rt__output_flush(t);
    write_error(t, headline, strlen(headline));
    if (report == NULL) {
        rt_error_clear(t);
        write_error(t, "MemoryError\n", 12);
        return;
    }
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(report, &size);
    write_error(t, bytes, size);
    rt_decref(t, report);
}

void rt__report_uncaught(RtThread *t, const char *thread)
{
    RtObject *exception = rt__exception_take(t);
    bool exits = rt__is_instance(exception, rt__type_of_class(rt__vm(t)->system_exit));
    char headline[128] = "";
    if (thread != NULL)
        snprintf(headline, sizeof headline, "Exception in thread %s:\n", thread);
    if (thread == NULL || !exits)
        write_report_steal(t, rt__exception_report(t, exception), headline);
    rt_decref(t, exception);
}

// As CPython, without what caused it.
static RtObject *unraisable_report(RtThread *t, RtObject *exception)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    add_lines(&buffer, (RtException *)exception);
    add_summary(&buffer, exception, true);
    return rt__buffer_finish(&buffer);
}

void rt__report_unraisable(RtThread *t, RtObject *where)
{
    RtObject *exception = rt__exception_take(t);
    RtObject *text = where != NULL ? rt_object_repr(t, where) : NULL;
    if (text == NULL) rt_error_clear(t);
    char headline[256] = "Exception ignored in:\n";
    if (text != NULL)
        snprintf(headline, sizeof headline, "Exception ignored in: %.200s\n",
                 rt_str_bytes_borrowed(text, NULL));
    rt_decref_null(t, text);
    write_report_steal(t, unraisable_report(t, exception), headline);
    rt_decref(t, exception);
}
