// output.c: standard output, in a buffer of the interpreter's.
//
// The lock is held to copy bytes and never while anything waits: a full buffer is taken out, and
// another put in its place, before it is written. So the output of two threads may be
// interleaved by whole writes, as in CPython.
#include <errno.h>
#include <string.h>

#include "vm/vm.h"

#define OUTPUT_SIZE ((size_t)8192) // as C's and Python's buffers

static bool write_all(RtThread *t, const char *bytes, size_t size)
{
    while (size > 0) {
        ptrdiff_t written = rt_blocking_write(t, 1, bytes, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            rt_error_set(t, RT_ERROR_OS, "cannot write to standard output");
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

// What is buffered, for the caller to write and free.
static char *take_locked(RtVm *vm, size_t *size)
{
    char *taken = vm->output;
    *size = vm->output_size;
    vm->output = NULL;
    vm->output_size = 0;
    return taken;
}

bool rt__output_flush(RtThread *t)
{
    RtVm *vm = rt__vm(t);
    size_t size;
    rt_mutex_lock(&vm->output_lock);
    char *taken = take_locked(vm, &size);
    rt_mutex_unlock(&vm->output_lock);
    bool good = size == 0 || write_all(t, taken, size);
    rt_array_free(taken);
    return good;
}

// False: there is no room, or no buffer.
static bool append_locked(RtVm *vm, const char *bytes, size_t size)
{
    if (vm->output == NULL || OUTPUT_SIZE - vm->output_size < size) return false;
    memcpy(vm->output + vm->output_size, bytes, size);
    vm->output_size += size;
    return true;
}

static bool append(RtVm *vm, const char *bytes, size_t size)
{
    rt_mutex_lock(&vm->output_lock);
    bool done = append_locked(vm, bytes, size);
    rt_mutex_unlock(&vm->output_lock);
    return done;
}

bool rt__output_write(RtThread *t, const char *bytes, size_t size)
{
    RtVm *vm = rt__vm(t);
    if (append(vm, bytes, size)) return true;
    if (!rt__output_flush(t)) return false;
    char *buffer = size <= OUTPUT_SIZE ? rt_array_alloc(OUTPUT_SIZE) : NULL;
    if (buffer == NULL) return write_all(t, bytes, size);
    rt_mutex_lock(&vm->output_lock);
    if (vm->output == NULL) {
        vm->output = buffer;
        buffer = NULL;
    }
    bool done = append_locked(vm, bytes, size);
    rt_mutex_unlock(&vm->output_lock);
    rt_array_free(buffer);
    return done || write_all(t, bytes, size);
}
