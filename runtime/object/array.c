// array.c: allocating, retiring and freeing arrays, in one place each.
//
// A thread collects the arrays that it retires (`open`) until they are worth a grace period,
// then lets them wait for it together (`closed`) while it collects the next. So there are never
// more than two such lists, and nothing is allocated to keep them. Those that have waited
// (`free`) are freed a few with each array that is retired: all at once would keep the thread
// from its next poll for tens of microseconds, and who stops the world waiting.
#include "object/array.h"

static void *from_system(RtThread *t, size_t header, size_t count, size_t item_size)
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

void *rt__array_new_large(RtThread *t, size_t header, size_t count, size_t item_size)
{
    return from_system(t, header, count, item_size);
}

void *rt__scratch_new(RtThread *t, size_t count, size_t item_size)
{
    return from_system(t, 0, count, item_size);
}

void rt__array_trace(RtThread *t, const void *array, size_t size)
{
    rt__tracing_note(t, array, size, "array");
}

// ------------------------------------------------------------------ waiting for readers

// An array's first word has the next in its list, and whether it is the system's itself: arrays
// are aligned to more than a word. Relaxed: readers that come across this word care for its
// sign only, and mostly not for that.
#define SYSTEM 1

static void push(void **list, RtArrayWord *array, size_t size)
{
    int64_t word = (int64_t)(intptr_t)*list | (size > RT_SMALL_LIMIT ? SYSTEM : 0);
    rt_atomic_store_relaxed(array, ~word);
    *list = array;
}

// Takes the first array out of a list that has one; true: it is the system's.
static bool pop(void **list, void **array)
{
    *array = *list;
    int64_t word = ~rt_atomic_load_relaxed((RtArrayWord *)*array);
    *list = (void *)(intptr_t)(word & ~(int64_t)SYSTEM);
    return word & SYSTEM;
}

static void free_some(RtThread *t, void **list, size_t count)
{
    void *array;
    for (; count != 0 && *list != NULL; count--) {
        if (pop(list, &array))
            rt_array_free(array);
        else
            rt__bare_free(t, array);
    }
}

static void free_all(RtThread *t, void **list)
{
    free_some(t, list, SIZE_MAX);
}

void rt__array_retire(RtThread *t, RtArrayWord *array, size_t size)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) {
        rt__array_drop(t, array, size);
        return;
    }
    if (array == NULL) return;
    rt__tracing_forget(t, array);
    free_some(t, &t->retired.free, 2); // twice as fast as they come
    push(&t->retired.open, array, size);
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
    free_all(t, &retired->free); // large ones have come faster
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
    free_all(t, &t->retired.free);
}

// The heap's go with it.
static void release_all(void **list)
{
    void *array;
    while (*list != NULL)
        if (pop(list, &array)) rt_array_free(array);
}

void rt__array_release_retired(RtThread *t)
{
    release_all(&t->retired.free);
    release_all(&t->retired.closed);
    release_all(&t->retired.open);
}
