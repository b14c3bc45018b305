// list.c: the memory of a collection's lists.
#include "gc/list.h"

#include "platform/platform.h"

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
