// set.h: sets of hashable objects.
#ifndef RT_OBJECT_SET_H
#define RT_OBJECT_SET_H

#include "object/table.h"

// `table.used` is the trash list's link (object/table.h). Every value is None.
typedef struct RtSet {
    RtObject base;
    RtTable table; // guarded by the set's section
} RtSet;

#pragma GCC visibility push(hidden)
extern const RtType rt__set_type;
#pragma GCC visibility pop

RtObject *rt__set_new(RtThread *t);
bool rt__set_add(RtThread *t, RtObject *set, RtObject *item);
int rt__set_contains(RtThread *t, RtObject *set, RtObject *item); // 1, 0, -1
int rt__set_discard(RtThread *t, RtObject *set, RtObject *item);  // 1: it was there, 0, -1
size_t rt__set_size(RtObject *set);
void rt__set_clear(RtThread *t, RtObject *set);
// Takes an item out. NULL without an error: the set is empty.
RtObject *rt__set_take(RtThread *t, RtObject *set);
// As rt_dict_next: a new reference, or NULL at the end. `*position` starts at 0.
RtObject *rt__set_next(RtThread *t, RtObject *set, size_t *position);

#endif
