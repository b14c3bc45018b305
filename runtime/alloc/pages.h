// pages.h: arenas and their pools, and the end of spans.
#ifndef RT_ALLOC_PAGES_H
#define RT_ALLOC_PAGES_H

#include "state/runtime.h"

// A span's blocks begin a cache line past its header, so that foreign merges there never share
// a line with an object.
#define RT_SPAN_HEADER ((sizeof(RtSpan) + 63u) & ~(size_t)63u)

// Takes over what the creator decided; options->memory is used from `memory` on. False: no memory
// for what goes with it, and nothing is left to destroy.
bool rt__pages_init(RtRuntime *runtime, const RtOptions *options, char *memory);
// Gives everything back to the system, and destroys the mutex.
void rt__pages_destroy(RtRuntime *runtime);

// A pool with an all-zero header but for `arena` and its place among the arena's collector words;
// NULL when the system refuses. May be a quiescent state.
RtSpan *rt__pool_take(RtThread *t);

// Room for so many of the collector's words in the pool's arena: zero, and to be left so. NULL:
// there is none, or it is no pool. For who may write the span's collector's fields.
RtGcWord *rt__pool_words(RtSpan *span, uint32_t count);

// Fills in a new span's constants: `blocks` of `block_size` bytes each, returned to `list`.
void rt__span_lay_out(RtSpan *span, RtHeap *heap, void **list, size_t block_size,
                      size_t blocks);

// Gives spans (linked by next_free, not empty) without an object among them back to where they
// came from, once nobody can have an address in them. They are of the caller's heap, or of one
// in its care, and no collection is under way.
void rt__span_retire(RtThread *t, RtSpan *spans);
// Gives back what may go by now. A quiescent state.
void rt__span_release_retired(RtThread *t);

// Calls visit(block, argument) for every block that was ever handed out, of spans that are not
// retired. Nobody runs.
void rt__pages_each_block(RtRuntime *runtime, void (*visit)(void *block, void *argument),
                          void *argument);
// Calls visit(span, argument) for every span that is not retired. Nobody runs.
void rt__pages_each_span(RtRuntime *runtime, void (*visit)(RtSpan *span, void *argument),
                         void *argument);

#endif
