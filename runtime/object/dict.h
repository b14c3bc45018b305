// dict.h: what the interpreter does with dicts beside what rt.h offers.
#ifndef RT_OBJECT_DICT_H
#define RT_OBJECT_DICT_H

#include "object/table.h"
#include "object/types.h"

// A type derived from dict begins with it (modules/collections.c).
typedef struct RtDict {
    RtObject base;
    RtTable table; // guarded by the dict's section
} RtDict;

// Takes the value at `key` out: its reference, or NULL without an error: there is none; with an
// error, the key cannot be hashed or compared.
RtObject *rt__dict_take(RtThread *t, RtObject *dict, RtObject *key);
// Takes the last entry out. False: the dict is empty.
bool rt__dict_take_last(RtThread *t, RtObject *dict, RtObject **key, RtObject **value);
// As rt_dict_next, from the last entry to the first. `*position` starts at SIZE_MAX.
bool rt__dict_previous(RtThread *t, RtObject *dict, size_t *position, RtObject **key,
                       RtObject **value);

#endif
