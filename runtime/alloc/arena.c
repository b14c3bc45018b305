// arena.c: arenas, and the pools in them.
//
// Arenas with room come first in their ring. One that had none gets to the front with its first
// free pool: it is the fullest with room, so pools are taken from the full ones, and those
// nearly empty get a chance to become empty. Empty ones are unmapped, but for one that is kept
// lest a heap that breathes maps and unmaps with each breath.
#include "alloc/arena.h"
#include "alloc/pages.h"
#include "base/poison.h"

static void unlink_arena(RtArena *arena)
{
    arena->previous->next = arena->next;
    arena->next->previous = arena->previous;
}

static void link_after(RtArena *before, RtArena *arena)
{
    arena->previous = before;
    arena->next = before->next;
    before->next->previous = arena;
    before->next = arena;
}

static char *align_up(char *address)
{
    uintptr_t mask = RT_SPAN_SIZE - 1;
    return (char *)(((uintptr_t)address + mask) & ~mask);
}

// As many as there may be blocks in its pools. The system gives memory for those that are used.
static uint32_t words_of(const RtArena *arena)
{
    return arena->pools * RT_GC_WORDS * 64u;
}

static size_t words_size(const RtArena *arena)
{
    return words_of(arena) * sizeof(RtGcWord);
}

static bool use_given(RtPages *pages, char *memory, char *end)
{
    RtArena *given = &pages->given;
    char *base = align_up(memory);
    if ((uintptr_t)end < (uintptr_t)base + RT_SPAN_SIZE) return true;
    given->base = base;
    given->pools = (uint32_t)((size_t)(end - base) / RT_SPAN_SIZE);
    given->words = rt_pages_map(words_size(given), 4096);
    if (given->words == NULL) return false;
    link_after(&pages->ring, given);
    return true;
}

bool rt__pages_init(RtRuntime *runtime, const RtOptions *options, char *memory)
{
    RtPages *pages = &runtime->pages;
    rt_mutex_init(&pages->mutex);
    pages->ring.next = pages->ring.previous = &pages->ring;
    pages->retired_end = &pages->retired;
    pages->slow = options->heap_guards ? RT_SLOW_GUARD : 0;
    pages->system = options->heap_system;
    if (memory == NULL) return true;
    if (use_given(pages, memory, (char *)options->memory + options->memory_size)) return true;
    rt_mutex_destroy(&pages->mutex);
    return false;
}

// ------------------------------------------------------------------ taking

static void begin_pool(RtArena *arena, RtSpan *span)
{
    RT_UNPOISON(span, sizeof *span);
    __builtin_memset(span, 0, sizeof *span);
    span->arena = arena;
}

static RtSpan *fresh_pool(RtArena *arena)
{
    RtSpan *span = rt_span_of(arena->base + (size_t)arena->fresh++ * RT_SPAN_SIZE);
    begin_pool(arena, span);
    return span;
}

// It keeps its place among the arena's words.
static RtSpan *pool_again(RtArena *arena)
{
    RtSpan *span = arena->free;
    arena->free = span->next_free;
    uint32_t home = span->gc_home;
    uint32_t room = span->gc_room;
    begin_pool(arena, span);
    span->gc_home = home;
    span->gc_room = room;
    return span;
}

static RtSpan *pool_of(RtArena *arena)
{
    arena->used++;
    return arena->free != NULL ? pool_again(arena) : fresh_pool(arena);
}

static RtSpan *take_locked(RtPages *pages)
{
    RtArena *arena = pages->ring.next;
    if (arena->used == arena->pools) arena = pages->spare; // the ring's head has 0 of 0, too
    if (arena == NULL) return NULL;
    if (arena == pages->spare) {
        pages->spare = NULL;
        link_after(&pages->ring, arena);
    }
    RtSpan *span = pool_of(arena);
    pages->pools++;
    if (arena->used < arena->pools) return span;
    unlink_arena(arena);
    link_after(pages->ring.previous, arena);
    return span;
}

static RtSpan *take(RtPages *pages)
{
    rt_mutex_lock(&pages->mutex);
    RtSpan *span = take_locked(pages);
    rt_mutex_unlock(&pages->mutex);
    return span;
}

static RtArena *map_arena(void)
{
    RtArena *arena = rt_array_alloc_zeroed(sizeof *arena);
    if (arena == NULL) return NULL;
    arena->pools = RT_ARENA_SIZE / RT_SPAN_SIZE;
    arena->base = rt_pages_map(RT_ARENA_SIZE + words_size(arena), RT_SPAN_SIZE);
    if (arena->base == NULL) {
        rt_array_free(arena);
        return NULL;
    }
    arena->words = (RtGcWord *)(void *)(arena->base + RT_ARENA_SIZE);
    return arena;
}

// One after the other, as pools come to need them: a collection goes through them in about that
// order. A pool that is given back and then needs more leaves what it had.
RtGcWord *rt__pool_words(RtSpan *span, uint32_t count)
{
    RtArena *arena = span->arena;
    if (arena == NULL) return NULL;
    if (count <= span->gc_room) return arena->words + span->gc_home;
    if (rt_atomic_load_relaxed(&arena->words_used) + count > words_of(arena)) return NULL;
    uint32_t first = rt_atomic_add_relaxed(&arena->words_used, count);
    if (first + count > words_of(arena)) return NULL; // others were quicker
    span->gc_room = count;
    span->gc_home = first;
    return arena->words + first;
}

static bool add_arena(RtPages *pages)
{
    RtArena *arena = map_arena();
    if (arena == NULL) return false;
    rt_mutex_lock(&pages->mutex);
    link_after(&pages->ring, arena);
    pages->arenas++;
    if (pages->arenas > pages->arenas_peak) pages->arenas_peak = pages->arenas;
    rt_mutex_unlock(&pages->mutex);
    return true;
}

// Others may take the new arena's pools first.
RtSpan *rt__pool_take(RtThread *t)
{
    RtPages *pages = &t->runtime->pages;
    rt__span_release_retired(t);
    RtSpan *span = take(pages);
    while (span == NULL && add_arena(pages))
        span = take(pages);
    return span;
}

// ------------------------------------------------------------------ giving back

static void unmap_arena(RtArena *arena)
{
    RT_UNPOISON(arena->base, RT_ARENA_SIZE);
    rt_pages_unmap(arena->base, RT_ARENA_SIZE + words_size(arena));
    rt_array_free(arena);
}

static void retire_arena_locked(RtPages *pages, RtArena *arena)
{
    unlink_arena(arena);
    arena->free = NULL;
    arena->fresh = 0;
    rt_atomic_store_relaxed(&arena->words_used, 0u);
    if (pages->spare != NULL) {
        unmap_arena(arena);
        pages->arenas--;
    } else {
        pages->spare = arena;
    }
}

void rt__pool_give_locked(RtPages *pages, RtSpan *span)
{
    RtArena *arena = span->arena;
    RT_POISON((void *)span, RT_SPAN_SIZE);
    RT_UNPOISON(span, sizeof *span);
    span->next_free = arena->free;
    arena->free = span;
    pages->pools--;
    if (arena->used-- == arena->pools) {
        unlink_arena(arena);
        link_after(&pages->ring, arena);
    }
    if (arena->used == 0 && arena != &pages->given) retire_arena_locked(pages, arena);
}

static void end_given(RtArena *arena)
{
    RT_UNPOISON(arena->base, (size_t)arena->pools * RT_SPAN_SIZE);
    rt_pages_unmap(arena->words, words_size(arena));
}

void rt__arenas_destroy(RtPages *pages)
{
    if (pages->spare != NULL) unmap_arena(pages->spare);
    while (pages->ring.next != &pages->ring) {
        RtArena *arena = pages->ring.next;
        unlink_arena(arena);
        if (arena == &pages->given)
            end_given(arena);
        else
            unmap_arena(arena);
    }
}
