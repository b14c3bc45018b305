// list.c: the memory of a collection's lists.
#include "gc/list.h"

#include "platform/platform.h"

// A long list has pages of its own. The system's allocator sorts all small blocks that were
// freed lately whenever it is given a large one (glibc's malloc_consolidate), which after a
// collection are the arrays of the garbage, and would be used again as they are.
static bool is_long(size_t capacity)
{
    return capacity >= RT_LARGE_PAGE / sizeof(RtObject *);
}

static size_t pages_of(size_t capacity)
{
    return (capacity * sizeof(RtObject *) + RT_LARGE_PAGE - 1) & ~(RT_LARGE_PAGE - 1);
}

static RtObject **map_pages(size_t capacity)
{
    void *pages = rt_pages_map(pages_of(capacity), RT_LARGE_PAGE);
    if (pages != NULL) rt_pages_expect(pages, pages_of(capacity));
    return pages;
}

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
    if (is_long(list->capacity))
        rt_pages_unmap(list->objects, pages_of(list->capacity));
    else
        rt_array_free(list->objects);
    *list = (RtGcList){0};
}

bool rt__gc_list_reserve(RtGcList *list, size_t capacity)
{
    if (capacity <= list->capacity) return true;
    RtObject **objects =
        is_long(capacity) ? map_pages(capacity) : rt_array_alloc(capacity * sizeof *objects);
    if (objects == NULL) return false;
    size_t count = list->count;
    if (count != 0) __builtin_memcpy(objects, list->objects, count * sizeof *objects);
    rt__gc_list_free(list);
    *list = (RtGcList){objects, count, capacity};
    return true;
}
