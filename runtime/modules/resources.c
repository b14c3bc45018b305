// resources.c: files, sockets and the like, as the program tells of them. A program has few
// open at a time, so a list does.
#include "rt.h"
#include "state/runtime.h"

#define FIRST_CAPACITY 16

static bool grow_locked(RtResources *resources)
{
    size_t capacity = resources->capacity == 0 ? FIRST_CAPACITY : 2 * resources->capacity;
    RtResource *open = rt_array_alloc(capacity * sizeof *open);
    if (open == NULL) return false;
    if (resources->count != 0)
        __builtin_memcpy(open, resources->open, resources->count * sizeof *open);
    rt_array_free(resources->open);
    resources->open = open;
    resources->capacity = capacity;
    return true;
}

bool rt_resource_opened(RtThread *t, const char *kind, int64_t id)
{
    RtResources *resources = &t->runtime->resources;
    rt_mutex_lock(&resources->mutex);
    bool room = resources->count < resources->capacity || grow_locked(resources);
    if (room) resources->open[resources->count++] = (RtResource){kind, id, t->site};
    rt_mutex_unlock(&resources->mutex);
    if (!room) rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return room;
}

static RtResource *find_locked(RtResources *resources, const char *kind, int64_t id)
{
    for (size_t i = 0; i < resources->count; i++) {
        RtResource *open = &resources->open[i];
        if (open->id == id && __builtin_strcmp(open->kind, kind) == 0) return open;
    }
    return NULL;
}

void rt_resource_closed(RtThread *t, const char *kind, int64_t id)
{
    RtResources *resources = &t->runtime->resources;
    rt_mutex_lock(&resources->mutex);
    RtResource *open = find_locked(resources, kind, id);
    if (open != NULL) *open = resources->open[--resources->count];
    rt_mutex_unlock(&resources->mutex);
}
