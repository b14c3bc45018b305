// list.c: the memory of a collection's lists.
#include "gc/list.h"

#include "platform/platform.h"

// Objects: as many as a young collection has at the default thresholds, and some more.
#define LITTLE 4096

RtGcList rt__gc_list_take(RtGcList *kept)
{
    RtGcList list = *kept;
    *kept = (RtGcList){0};
    return list;
}

void rt__gc_list_keep(RtGcList *kept, RtGcList *list)
{
    if (list->objects == NULL) return;
    list->count = 0;
    if (kept->objects != NULL || list->capacity > LITTLE)
        rt__gc_list_free(list);
    else
        *kept = rt__gc_list_take(list);
}

void rt__gc_list_free(RtGcList *list)
{
    rt_array_free(list->objects);
    *list = (RtGcList){0};
}

bool rt__gc_list_reserve(RtGcList *list, size_t capacity)
{
    if (capacity <= list->capacity) return true;
    RtObject **objects = rt_array_alloc(capacity * sizeof *objects);
    if (objects == NULL) return false;
    size_t count = list->count;
    if (count != 0) __builtin_memcpy(objects, list->objects, count * sizeof *objects);
    rt__gc_list_free(list);
    *list = (RtGcList){objects, count, capacity};
    return true;
}
