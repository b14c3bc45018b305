// list.h: what the interpreter does with lists beside what rt.h offers.
#ifndef RT_OBJECT_LIST_H
#define RT_OBJECT_LIST_H

#include "object/types.h"

// A new reference to an item, or NULL without an error: the list is not so long.
RtObject *rt__list_item(RtThread *t, RtObject *list, size_t index);

#endif
