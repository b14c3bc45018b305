// heap.c: the slow paths of allocation and freeing: chains, fresh blocks, foreign frees.
//
// alloc/README.md tells how blocks, pools and arenas hang together.
#include "alloc/heap.h"

#include "alloc/chain.h"
#include "alloc/guard.h"
#include "alloc/pages.h"
#include "alloc/tracing.h"

// Blocks are carved to the end of a page: enough that the way here is short beside the use of
// them, and no page is touched before one of its blocks is needed.
#define CARVED 4096u

static RtObject *begin(RtThread *t, void *block, const RtType *type, size_t size)
{
    rt_account_add(&t->account, alloc_objects, 1);
    rt_account_add(&t->account, alloc_bytes, (size + RT_GRANULE - 1) / RT_GRANULE * RT_GRANULE);
    rt_account_size(&t->account, size);
    RT_UNPOISON(rt__block_body(block), size - sizeof(RtObject));
    RtObject *object = (RtObject *)block;
    if (t->runtime->pages.slow & RT_SLOW_GUARD) rt__guard_begin(object, size);
    object->type = type;
    rt_ref_begin(&object->ref);
    rt__tracing_note(t, object, size, rt_type_name(type));
    return object;
}

static RtObject *no_memory(RtThread *t)
{
    rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return NULL;
}

// ------------------------------------------------------------------ fresh blocks

static RtSpan *new_pool(RtThread *t, RtHeap *heap, size_t size_class)
{
    RtSpan *span = rt__pool_take(t);
    if (span == NULL) return NULL;
    size_t block_size = size_class * RT_GRANULE;
    uint8_t slow = t->runtime->pages.slow;
    rt__span_set_slow(span, slow);
    size_t before = RT_SPAN_HEADER + rt__guard_offset(slow);
    span->blocks = (char *)span + before;
    size_t blocks = (RT_SPAN_SIZE - before) / block_size;
    rt__span_lay_out(span, heap, &heap->free_blocks[size_class], block_size, blocks);
    span->next = heap->spans;
    heap->spans = span;
    heap->fresh_spans[size_class] = span;
    heap->pools++;
    return span;
}

static RtSpan *fresh_pool(RtThread *t, RtHeap *heap, size_t size_class)
{
    RtSpan *span = heap->fresh_spans[size_class];
    if (span != NULL && span->fresh < span->end) return span;
    if (heap->pools >= heap->sweep_at) rt__heap_sweep(t, heap);
    return new_pool(t, heap, size_class);
}

static void prepare(RtThread *t, RtSpan *span, char *block, void *next)
{
    RT_UNPOISON(block, sizeof(RtObject));
    rt_ref_prepare(&((RtObject *)(void *)block)->ref, span->heap->owner_id);
    RT_POISON(rt__block_body(block), span->block_size - sizeof(RtObject));
    if (rt__span_slow(span) & RT_SLOW_GUARD) rt__guard_fresh((RtObject *)(void *)block);
    rt__block_set_next(block, next);
    rt_account_add(&t->account, alloc_fresh, 1);
}

// As many as end in the page where the next one does, or before.
static size_t blocks_to_carve(const RtSpan *span)
{
    uintptr_t first = (uintptr_t)span->fresh;
    uintptr_t page_end = (first + span->block_size + CARVED - 1) / CARVED * CARVED;
    uintptr_t end = page_end < (uintptr_t)span->end ? page_end : (uintptr_t)span->end;
    return (end - first) / span->block_size;
}

// A chain of blocks that were never handed out, in the order of their addresses.
static void *carve(RtThread *t, RtHeap *heap, size_t size_class)
{
    RtSpan *span = fresh_pool(t, heap, size_class);
    if (span == NULL) return NULL;
    size_t step = span->block_size;
    char *first = span->fresh;
    char *last = first + (blocks_to_carve(span) - 1) * step;
    for (char *block = first; block < last; block += step)
        prepare(t, span, block, block + step);
    prepare(t, span, last, NULL);
    span->fresh = last + step;
    return first;
}

// ------------------------------------------------------------------ allocation

static void *take_chain(RtThread *t, RtHeap *heap, size_t size_class)
{
    heap->taken++;
    if (heap->chains[size_class] == NULL) rt__heap_receive(t, heap);
    void *chain = rt__chain_pop(&heap->chains[size_class]);
    return chain != NULL ? chain : carve(t, heap, size_class);
}

// Where allocation is to be out of line, no list of the heap's has a block for the inline path.
static void *take_block(RtThread *t, RtHeap *heap, size_t size_class)
{
    void *chain = take_chain(t, heap, size_class);
    if (chain == NULL) return NULL;
    void *rest = rt__block_next(chain);
    if (t->runtime->pages.slow == 0)
        heap->free_blocks[size_class] = rest;
    else if (rest != NULL)
        rt__chain_push(&heap->chains[size_class], rest);
    return chain;
}

RtObject *rt__object_new_slow(RtThread *t, const RtType *type, size_t size)
{
    RT_ASSERT(size >= sizeof(RtObject) + sizeof(void *)); // room for a free block's links
    size_t needed = size + rt__guard_room(t->runtime->pages.slow);
    if (needed < size) return no_memory(t);
    bool small = needed <= RT_SMALL_LIMIT && !t->runtime->pages.system;
    void *block = small ? take_block(t, t->heap, (needed + RT_GRANULE - 1) / RT_GRANULE)
                        : rt__large_new(t, t->heap, needed);
    return block != NULL ? begin(t, block, type, size) : no_memory(t);
}

// ------------------------------------------------------------------ out of line on demand

// What is left of the list that allocation takes from inline waits with the other chains.
static void empty_lists(RtHeap *heap)
{
    for (size_t i = 0; i < RT_HEAP_CLASSES; i++) {
        if (heap->free_blocks[i] != NULL)
            rt__chain_push(&heap->chains[i], heap->free_blocks[i]);
        heap->free_blocks[i] = NULL;
    }
}

static void set_bits(RtSpan *span, void *bits)
{
    rt__span_set_slow(span, rt__span_slow(span) | *(uint8_t *)bits);
}

static void clear_bits(RtSpan *span, void *bits)
{
    rt__span_set_slow(span, rt__span_slow(span) & (uint8_t) ~*(uint8_t *)bits);
}

void rt__heap_go_slow(RtRuntime *runtime, uint8_t bit, bool on)
{
    rt__pages_each_span(runtime, on ? set_bits : clear_bits, &bit);
    if (on)
        runtime->pages.slow |= bit;
    else
        runtime->pages.slow &= (uint8_t)~bit;
    empty_lists(&runtime->single_heap);
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        empty_lists(&t->own_heap);
}

// ------------------------------------------------------------------ from other threads

// A block's memory is in the cache of the thread that freed it. A chain of another thread's
// blocks has, in its first, the addresses of as many of the others as have room there, so that
// its owner can ask for all of them at once, and need not wait for each to learn of the next.
#define MOST_HINTS 7u

static size_t hints_in(const RtSpan *span)
{
    if (rt__span_slow(span) & ~RT_SLOW_SORT) return 0; // it is large, or its body is filled
    size_t words = (span->block_size - sizeof(RtObject)) / sizeof(void *) - 1;
    return words < MOST_HINTS ? words : MOST_HINTS;
}

static void follow_hints(const RtSpan *span, void *chain)
{
    void **hints = rt__block_body(chain) + 1;
    for (size_t i = 0; i < hints_in(span); i++)
        __builtin_prefetch(rt__chain_load(&hints[i]), 1);
}

static void take_back(RtThread *t, RtHeap *heap, void *chain)
{
    RtSpan *span = rt_span_of(chain);
    if (rt__span_slow(span) & RT_SLOW_LARGE)
        rt__large_free(t, heap, span);
    else
        rt__chain_push(&heap->chains[span->free_blocks - heap->free_blocks], chain);
}

// The acquire pairs with the release of each push; taking all at once leaves no ABA.
void rt__heap_receive(RtThread *t, RtHeap *heap)
{
    if (rt_atomic_load_relaxed(&heap->remote) == NULL) return;
    void *chain = rt_atomic_exchange_acquire(&heap->remote, NULL);
    while (chain != NULL) {
        void *below = rt__chain_below(chain);
        follow_hints(rt_span_of(chain), chain);
        take_back(t, heap, chain);
        chain = below;
    }
}

// ------------------------------------------------------------------ to other threads

static void make_chain(void **blocks, size_t count, size_t hints)
{
    for (size_t i = 0; i < count; i++)
        rt__block_set_next(blocks[i], i + 1 < count ? blocks[i + 1] : NULL);
    for (size_t i = 0; i < hints; i++)
        rt__chain_store(rt__block_body(blocks[0]) + 1 + i, blocks[i + 1 < count ? i + 1 : 0]);
}

// Makes chains of all blocks, one on top of the other; returns the one below all.
static void *make_chains(void **blocks, size_t count)
{
    size_t hints = hints_in(rt_span_of(blocks[0]));
    size_t length = hints != 0 ? hints + 1 : count;
    size_t first = 0;
    for (;; first += length) {
        size_t rest = count - first;
        make_chain(blocks + first, rest < length ? rest : length, hints);
        if (rest <= length) return blocks[first];
        rt__chain_set_below(blocks[first], blocks[first + length]);
    }
}

static void send_box(RtThread *t, RtOutbox *box)
{
    RtHeap *heap = rt_span_of(box->blocks[0])->heap;
    void *bottom = make_chains(box->blocks, box->count);
    void *head = rt_atomic_load_relaxed(&heap->remote);
    do {
        rt__chain_set_below(bottom, head);
        RT_POINT(t, RT_POINT_REMOTE_FREE);
    } while (!rt_atomic_cas_release(&heap->remote, &head, box->blocks[0]));
    t->outboxes.filled &= ~((uint64_t)1 << (box - t->outboxes.boxes));
    box->count = 0;
}

void rt__heap_send_all(RtThread *t)
{
    while (t->outboxes.filled != 0)
        send_box(t, &t->outboxes.boxes[__builtin_ctzll(t->outboxes.filled)]);
}

// The lists of one heap are neighbours, so its classes do not share a box. A large object's
// span goes at once.
static void send(RtThread *t, RtSpan *span, RtObject *object)
{
    size_t index = (uintptr_t)span->free_blocks / sizeof(void *) % RT_OUTBOXES;
    RtOutbox *box = &t->outboxes.boxes[index];
    if (box->list != span->free_blocks && box->count != 0) send_box(t, box);
    box->list = span->free_blocks;
    box->blocks[box->count++] = object;
    t->outboxes.filled |= (uint64_t)1 << index;
    bool full =
        box->count == RT_OUTBOX_BLOCKS || box->count * span->block_size >= RT_OUTBOX_BYTES;
    if (full || (rt__span_slow(span) & RT_SLOW_LARGE)) send_box(t, box);
}

// The owner's, of a span that is to be swept: the sweep will not need to come for it.
static void keep_for_sweep(RtSpan *span, RtObject *object)
{
    rt__block_set_next(object, span->swept);
    span->swept = object;
    span->swept_count++;
}

void rt__object_free_slow(RtThread *t, RtObject *object)
{
    RtSpan *span = rt_span_of(object);
    uint8_t slow = rt__span_slow(span);
    rt__tracing_forget(t, object);
    if (slow & RT_SLOW_GUARD) rt__guard_end(object);
    RT_POISON(rt__block_body(object), span->block_size - sizeof(RtObject));
    if (rt_heap_is_foreign(t, span->heap)) {
        rt_account_add(&t->account, free_foreign, 1);
        send(t, span, object);
        return;
    }
    rt_account_add(&t->account, free_local, 1);
    if (slow & RT_SLOW_SORT) {
        keep_for_sweep(span, object);
    } else {
        rt__block_set_next(object, NULL);
        take_back(t, span->heap, object);
    }
}
