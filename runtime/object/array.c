// array.c: allocating, retiring and freeing arrays, in one place each.
//
// A thread collects the arrays that it retires (`open`) until they are worth a grace period,
// then lets them wait for it together (`closed`) while it collects the next. So there are never
// more than two such lists, and nothing is allocated to keep them. Those that have waited
// (`free`) are freed a few with each array that is retired: all at once would keep the thread
// from its next poll for tens of microseconds, and who stops the world waiting.
#include "object/array.h"

#include "alloc/tracing.h"

void *rt__array_new(RtThread *t, size_t header, size_t count, size_t item_size)
{
    size_t size;
    void *array = NULL;
    if (!__builtin_mul_overflow(count, item_size, &size) &&
        !__builtin_add_overflow(size, header, &size))
        array = rt_array_alloc(size);
    if (array == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    rt_account_add(&t->account, array_allocs, 1);
    rt_account_add(&t->account, array_bytes, size);
    return array;
}

void rt__array_trace(RtThread *t, const void *array, size_t size)
{
    rt__tracing_note(t, array, size, "array");
}

void rt__array_drop(RtThread *t, void *array)
{
    rt__tracing_forget(t, array);
    rt_array_free(array);
}

void rt__array_free(void *array)
{
    rt_array_free(array);
}

// ------------------------------------------------------------------ waiting for readers

// Relaxed: readers that come across this word care for its sign only, and mostly not for that.
static void push(void **list, RtArrayWord *array)
{
    rt_atomic_store_relaxed(array, ~(int64_t)(intptr_t)*list);
    *list = array;
}

static void free_some(void **list, size_t count)
{
    for (; count != 0 && *list != NULL; count--) {
        RtArrayWord *array = *list;
        *list = (void *)(intptr_t)~rt_atomic_load_relaxed(array);
        rt_array_free(array);
    }
}

static void free_list(void **list)
{
    free_some(list, SIZE_MAX);
}

void rt__array_retire(RtThread *t, RtArrayWord *array, size_t size)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) {
        rt__array_drop(t, array);
        return;
    }
    if (array == NULL) return;
    rt__tracing_forget(t, array);
    free_some(&t->retired.free, 2); // twice as fast as they come
    push(&t->retired.open, array);
    t->retired.bytes += size;
    bool due = t->retired.bytes >= RT_RETIRED_BYTES && t->retired.closed == NULL;
    if (rt_unlikely(due)) rt__array_reclaim(t);
}

static void wait_longer(RtRetired *retired)
{
    retired->patience = 1u << retired->looks;
    if (retired->patience < RT_RECLAIM_PATIENCE) retired->looks++;
}

static void free_closed(RtThread *t)
{
    RtRetired *retired = &t->retired;
    if (retired->closed == NULL) return;
    if (!rt__grace_passed(t, retired->goal)) {
        wait_longer(retired);
        return;
    }
    retired->patience = retired->looks = 0;
    free_list(&retired->free); // large ones have come faster
    retired->free = retired->closed;
    retired->closed = NULL;
}

// Begins a grace period for the open ones, if there are so many bytes; it passes at once if
// nobody else runs.
static void close_open(RtThread *t, size_t bytes)
{
    RtRetired *retired = &t->retired;
    if (retired->closed != NULL || retired->open == NULL || retired->bytes < bytes) return;
    retired->closed = retired->open;
    retired->open = NULL;
    retired->bytes = 0;
    retired->goal = rt__grace_goal(t);
    free_closed(t);
}

// While they wait, polls look again, and nobody else.
void rt__array_reclaim(RtThread *t)
{
    rt__breaker_take(t, RT_BREAK_RECLAIM);
    free_closed(t);
    close_open(t, RT_RETIRED_BYTES);
    if (t->retired.closed != NULL) rt__breaker_set(t, RT_BREAK_RECLAIM);
}

void rt__array_reclaim_all(RtThread *t)
{
    free_closed(t);
    close_open(t, 0);
    free_list(&t->retired.free);
}

void rt__array_release_retired(RtThread *t)
{
    free_list(&t->retired.free);
    free_list(&t->retired.closed);
    free_list(&t->retired.open);
}
