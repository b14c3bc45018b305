// tracing.h: what is alive, by the place that allocated it and by type, while a program wants
// to know.
//
// Off, it costs the inline paths of allocation and freeing nothing: they go out of line for other
// reasons already (empty lists, `slow`), and starting gives them these reasons. The out-of-line
// paths ask one flag, and so do containers' arrays, beside the system's allocator.
//
// On, every block and array has an entry in one table by address, under one mutex. That is slow
// with many threads, and simple; nobody times anything meanwhile. The mutex is held for a
// look-up, or for the table's growth; whoever waits for it waits for a thread that runs.
#ifndef RT_ALLOC_TRACING_H
#define RT_ALLOC_TRACING_H

#include "state/runtime.h"

void rt__tracing_init(RtRuntime *runtime);
void rt__tracing_destroy(RtRuntime *runtime);

// A block was handed out, or an array made, by `t`, at its site. If there is no memory to note
// it, it is counted as lost.
void rt__tracing_note_slow(RtThread *t, const void *address, size_t size, const char *type);
// It is dead, and its memory not yet free for anyone. One that was never noted is none of ours.
void rt__tracing_forget_slow(RtThread *t, const void *address);

static inline void rt__tracing_note(RtThread *t, const void *address, size_t size,
                                    const char *type)
{
    if (rt_unlikely(t->runtime->tracing.on)) rt__tracing_note_slow(t, address, size, type);
}

static inline void rt__tracing_forget(RtThread *t, const void *address)
{
    if (rt_unlikely(t->runtime->tracing.on)) rt__tracing_forget_slow(t, address);
}

// Where a live block was allocated; {NULL, 0} if that is not known.
RtSite rt__tracing_site(RtRuntime *runtime, const void *address);

#endif
