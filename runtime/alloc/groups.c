// groups.c: finding a group by its key.
#include "alloc/groups.h"

#include "base/scatter.h"

#define FIRST_CAPACITY 64

static bool is_it(const RtGroup *group, RtSite site, const char *type, uint32_t kind)
{
    return group->type == type && group->kind == kind && group->site.file == site.file &&
           group->site.line == site.line;
}

static uint64_t hash(RtSite site, const char *type, uint32_t kind)
{
    uint64_t mixed = rt_scatter((uintptr_t)site.file) + site.line;
    mixed = rt_scatter(mixed) + (uintptr_t)type;
    return rt_scatter(rt_scatter(mixed) + kind);
}

// The place in the index that has the group or would get it.
static uint32_t *place_of(const RtGroups *groups, RtSite site, const char *type, uint32_t kind)
{
    size_t mask = groups->capacity - 1;
    size_t i = (size_t)(hash(site, type, kind) >> 32) & mask;
    while (groups->index[i] != 0 &&
           !is_it(&groups->groups[groups->index[i] - 1], site, type, kind))
        i = (i + 1) & mask;
    return &groups->index[i];
}

static void enter_all(RtGroups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        const RtGroup *group = &groups->groups[i];
        *place_of(groups, group->site, group->type, group->kind) = (uint32_t)i + 1;
    }
}

// The old ones stay if there is no memory.
static bool grow(RtGroups *groups)
{
    size_t capacity = groups->capacity == 0 ? FIRST_CAPACITY : 2 * groups->capacity;
    RtGroups larger = {.count = groups->count, .capacity = capacity};
    larger.groups = rt_array_alloc(capacity / 2 * sizeof *larger.groups);
    larger.index = rt_array_alloc_zeroed(capacity * sizeof *larger.index);
    if (larger.groups == NULL || larger.index == NULL) {
        rt__groups_free(&larger);
        return false;
    }
    if (groups->count != 0)
        __builtin_memcpy(larger.groups, groups->groups, groups->count * sizeof *groups->groups);
    enter_all(&larger);
    rt__groups_free(groups);
    *groups = larger;
    return true;
}

int64_t rt__groups_find(RtGroups *groups, RtSite site, const char *type, uint32_t kind)
{
    if (groups->capacity == 0 && !grow(groups)) return -1;
    uint32_t *place = place_of(groups, site, type, kind);
    if (*place != 0) return (int64_t)*place - 1;
    if (groups->count == groups->capacity / 2) {
        if (!grow(groups)) return -1;
        place = place_of(groups, site, type, kind);
    }
    groups->groups[groups->count++] = (RtGroup){.site = site, .type = type, .kind = kind};
    *place = (uint32_t)groups->count;
    return (int64_t)groups->count - 1;
}

void rt__groups_free(RtGroups *groups)
{
    rt_array_free(groups->groups);
    rt_array_free(groups->index);
    *groups = (RtGroups){0};
}
