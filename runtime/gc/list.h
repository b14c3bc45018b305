// list.h: growing lists of objects, for the length of a collection.
#ifndef RT_GC_LIST_H
#define RT_GC_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/check.h"
#include "state/gc.h"

// Room for so many objects altogether; false: no memory, and the list is as before.
bool rt__gc_list_reserve(RtGcList *list, size_t capacity);
void rt__gc_list_free(RtGcList *list);

// Where a list's memory is kept for the next collection, if it is little: to allocate and free
// it each time would cost a young collection more than its use.
RtGcList rt__gc_list_take(RtGcList *kept);
void rt__gc_list_keep(RtGcList *kept, RtGcList *list);

// False: no memory.
static inline bool rt__gc_list_push(RtGcList *list, RtObject *object)
{
    if (rt_unlikely(list->count == list->capacity) &&
        !rt__gc_list_reserve(list, list->capacity == 0 ? 256 : 2 * list->capacity))
        return false;
    list->objects[list->count++] = object;
    return true;
}

// Objects that may be on their way from memory at once.
#define RT_GC_WINDOW 8

// Takes not the last pushed, but the one a window before it, which has come from memory
// meanwhile; the last takes its place. The list is not empty.
static inline RtObject *rt__gc_list_pop_early(RtGcList *list)
{
    size_t last = --list->count;
    size_t early = last >= RT_GC_WINDOW ? last - RT_GC_WINDOW + 1 : 0;
    RtObject *object = list->objects[early];
    list->objects[early] = list->objects[last];
    return object;
}

#endif
