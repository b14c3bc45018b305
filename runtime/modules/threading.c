// threading.c: the module threading.
#include "modules/lock.h"
#include "modules/modules.h"
#include "modules/threading.h"

static bool add_types(RtThread *t, RtObject *module)
{
    return rt__module_add_type(t, module, "Lock", &rt__lock_type) &&
           rt__module_add_type(t, module, "RLock", &rt__rlock_type) &&
           rt__module_add_type(t, module, "Condition", &rt__condition_type) &&
           rt__module_add_type(t, module, "Event", &rt__event_type) &&
           rt__module_add_type(t, module, "Semaphore", &rt__semaphore_type) &&
           rt__module_add_type(t, module, "BoundedSemaphore", &rt__bounded_semaphore_type) &&
           rt__module_add_type(t, module, "Barrier", &rt__barrier_type) &&
           rt__module_add_type(t, module, "local", &rt__local_type);
}

bool rt__threading_fill(RtThread *t, RtObject *module)
{
    RtObject *runtime_error = rt__error_class(t, RT_ERROR_RUNTIME);
    RtObject *broken =
        rt__exception_class_new(t, "threading.BrokenBarrierError", runtime_error);
    RtObject *thread = broken != NULL ? rt__thread_class_new(t) : NULL;
    return thread != NULL && rt__module_set(t, module, "BrokenBarrierError", broken) &&
           rt__module_set(t, module, "Thread", thread) && add_types(t, module) &&
           rt__module_set_steal(t, module, "TIMEOUT_MAX", rt_float_new(t, 4294967.0)) &&
           rt__module_add_builtins(t, module, rt__thread_functions);
}
