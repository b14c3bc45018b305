// thread.h: internals shared by the files of this layer.
#ifndef RT_THREAD_THREAD_H
#define RT_THREAD_THREAD_H

#include "policy/policy.h"
#include "state/runtime.h"
#include "state/thread.h"

// The running thread stops at this safepoint, if a stop is still wanted, until the world
// starts again. Suspends critical sections.
void rt__world_serve_stop(RtThread *t);
// The state is not ATTACHED or CLAIMED any more: tells who stops the world, if anyone does.
void rt__world_note_arrival(RtThread *t);
void rt__world_init(RtRuntime *runtime);
void rt__world_destroy(RtRuntime *runtime);

// The id of the state that the thread has, while the handle is not joined.
uint64_t rt__thread_handle_id(const RtThreadHandle *handle);

// Aborts a fork made by an attached thread: the child would hold locks nobody releases. False:
// no memory.
bool rt__fork_guard_install(void);

#endif
