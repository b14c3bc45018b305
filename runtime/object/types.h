// types.h: the type of each kind of object. Constants, so that asking for a type is one
// compare.
#ifndef RT_OBJECT_TYPES_H
#define RT_OBJECT_TYPES_H

#include "object/object.h"

// Hidden on the declaration too, or position-independent code would load each address from
// a table.
#pragma GCC visibility push(hidden)
extern const RtType rt__type_type;
extern const RtType rt__object_type;
extern const RtType rt__not_implemented_type;
extern const RtType rt__ellipsis_type;
extern const RtType rt__builtin_type;
extern const RtType rt__none_type;
extern const RtType rt__bool_type;
extern const RtType rt__int_type;
extern const RtType rt__float_type;
extern const RtType rt__str_type;
extern const RtType rt__tuple_type;
extern const RtType rt__list_type;
extern const RtType rt__dict_type;
extern const RtType rt__instance_type;
extern const RtType rt__weakref_type;
#pragma GCC visibility pop

#endif
