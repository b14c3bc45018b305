// intern.h: the table of interned strings of a runtime.
#ifndef RT_OBJECT_INTERN_H
#define RT_OBJECT_INTERN_H

#include "object/str.h"
#include "state/runtime.h"

void rt__interns_init(RtRuntime *runtime);
void rt__interns_destroy(RtRuntime *runtime);

// The interned string equal to `str`: a new reference, which needs no giving back because
// interned strings are immortal. NULL with an error.
RtObject *rt__intern_str_slow(RtThread *t, RtObject *str);

static inline RtObject *rt__intern_str(RtThread *t, RtObject *str)
{
    return rt_likely(((RtStr *)str)->interned) ? str : rt__intern_str_slow(t, str);
}

#endif
