// io.h: system calls that move bytes, for os and socket: detached while they wait, and begun
// again when a signal interrupts them, unless that is Ctrl-C.
#ifndef RT_MODULES_IO_H
#define RT_MODULES_IO_H

#include "modules/modules.h"
#include "modules/waiting.h"

typedef ptrdiff_t (*RtTransfer)(int fd, void *bytes, size_t size);

// What the call returns; -1 with an OSError or KeyboardInterrupt.
ptrdiff_t rt__transfer(RtThread *t, RtTransfer transfer, int fd, void *bytes, size_t size);

// Bytes that a call writes, at most `size`. NULL with an error. `transfer` is called once.
RtObject *rt__transfer_in(RtThread *t, RtTransfer transfer, int fd, int64_t size);

// The bytes of an object for a call to read; false with a TypeError: it has none.
bool rt__bytes_given(RtThread *t, const RtObject *object, void **bytes, size_t *size);

#endif
