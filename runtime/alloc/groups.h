// groups.h: sums over objects by site, type and kind. The caller guards them.
#ifndef RT_ALLOC_GROUPS_H
#define RT_ALLOC_GROUPS_H

#include "state/tracing.h"

// The number of the group with this key, a new one if there was none; -1: no memory.
int64_t rt__groups_find(RtGroups *groups, RtSite site, const char *type, uint32_t kind);
void rt__groups_free(RtGroups *groups);

#endif
