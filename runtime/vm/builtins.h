// builtins.h: the functions and types that every program has.
#ifndef RT_VM_BUILTINS_H
#define RT_VM_BUILTINS_H

#include "vm/native.h"

bool rt__builtins_fill(RtThread *t, RtObject *module);

#endif
