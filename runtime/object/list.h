// list.h: what the interpreter does with lists beside what rt.h offers.
#ifndef RT_OBJECT_LIST_H
#define RT_OBJECT_LIST_H

#include "object/types.h"

// A new reference to an item, or NULL without an error: the list is not so long.
RtObject *rt__list_item(RtThread *t, RtObject *list, size_t index);

// Appends the items of another list (or of the same), `times` over. False with an error: nothing
// has changed.
bool rt__list_repeat(RtThread *t, RtObject *list, RtObject *other, size_t times);

// Inserts an item before the one at `index`, or at the end. False with an error.
bool rt__list_insert(RtThread *t, RtObject *list, size_t index, RtObject *item);
// Takes the item at `index` out: its reference, or NULL without an error: there is none.
RtObject *rt__list_take(RtThread *t, RtObject *list, size_t index);
// Replaces `count` items from `first` on (as far as there are so many) by those of another
// list. False with an error: nothing has changed.
bool rt__list_splice(RtThread *t, RtObject *list, size_t first, size_t count, RtObject *by);
void rt__list_reverse(RtThread *t, RtObject *list);

// Lets `order` put the items of a list in another order. Meanwhile the list is empty: what it
// gets from elsewhere is dropped, with a VALUE error. `scratch` has room for as many; keys are
// `order`'s to fill and to drop. False with an error, `order`'s too; the list has all its items
// then.
typedef struct RtOrdered {
    RtObject *key;
    RtObject *item;
} RtOrdered;
typedef bool (*RtOrder)(RtThread *t, RtOrdered *items, size_t count, RtOrdered *scratch,
                        void *argument);
bool rt__list_reorder(RtThread *t, RtObject *list, RtOrder order, void *argument);

#endif
