// threading.h: the types of the module threading; each has a file.
#ifndef RT_MODULES_THREADING_H
#define RT_MODULES_THREADING_H

#include "modules/waiting.h"

#pragma GCC visibility push(hidden)
extern const RtType rt__condition_type;
extern const RtType rt__event_type;
extern const RtType rt__semaphore_type;
extern const RtType rt__bounded_semaphore_type;
extern const RtType rt__barrier_type;
extern const RtType rt__local_type;
#pragma GCC visibility pop

// The class Thread, and the functions about threads (thread.c).
extern const RtBuiltin rt__thread_functions[];
RtObject *rt__thread_class_new(RtThread *t);

// The calling thread ends: its values in every threading.local are dropped.
void rt__locals_forget(RtThread *t);

#endif
