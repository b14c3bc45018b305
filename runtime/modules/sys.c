// sys.c: the module sys.
#include <limits.h>
#include <math.h>
#include <string.h>

#include "modules/modules.h"
#include "object/bytes.h"
#include "object/intern.h"
#include "object/tuple.h"

// ------------------------------------------------------------------ objects

// As CPython counts: the argument's own reference is one of them. What immortal objects have is
// what CPython says of its own since 3.12.
NATIVE(getrefcount)
{
    RtRef *ref = &args[0]->ref;
    return rt_int_new(t, rt_ref_is_immortal(ref) ? (int64_t)UINT32_MAX : rt_ref_count(ref));
}

NATIVE(intern)
{
    if (rt_str_check(args[0])) return rt__intern_str(t, args[0]);
    rt__error_format(t, RT_ERROR_TYPE, "intern() argument must be str, not %s",
                     args[0]->type->name);
    return NULL;
}

// ------------------------------------------------------------------ the interpreter

NATIVE(getswitchinterval)
{
    return rt_float_new(t, (double)rt_runtime_switch_interval(t->runtime) / 1e9);
}

NATIVE(setswitchinterval)
{
    double seconds;
    if (!rt__as_double(t, args[0], &seconds)) return NULL;
    if (seconds > 0 && seconds < 1e9 &&
        rt_runtime_set_switch_interval(t->runtime, (uint64_t)ceil(seconds * 1e9)))
        return rt_none();
    rt_error_set(t, RT_ERROR_VALUE, "switch interval must be strictly positive");
    return NULL;
}

NATIVE(getrecursionlimit)
{
    return rt_int_new(t, rt_atomic_load_relaxed(&rt__vm(t)->recursion_limit));
}

// Of the calling thread, and of those that are started from here on.
NATIVE(setrecursionlimit)
{
    int64_t limit;
    if (!rt__as_int(t, args[0], &limit)) return NULL;
    if (limit < 1) {
        rt_error_set(t, RT_ERROR_VALUE, "recursion limit must be greater or equal than 1");
        return NULL;
    }
    if (limit > RT_VM_MAX_RECURSION) limit = RT_VM_MAX_RECURSION;
    rt_atomic_store_relaxed(&rt__vm(t)->recursion_limit, (uint32_t)limit);
    rt__vm_set_limit(t);
    return rt_none();
}

// sys.exit(code): SystemExit, which ends the program or the thread if nobody catches it.
NATIVE(exit_with)
{
    RtObject *exception = rt__call(t, rt__vm(t)->system_exit, args, count, NULL);
    if (exception != NULL) rt__exception_restore_steal(t, exception);
    return NULL;
}

NATIVE(is_gil_enabled)
{
    return rt_bool(RT_LOCK_EXCLUDES_THREADS);
}

static const RtBuiltin functions[] = {
    RT_FUNCTION("sys.getrefcount", getrefcount, 1, 1),
    RT_FUNCTION("sys.getsizeof", rt__sys_getsizeof, 1, 2),
    RT_FUNCTION("sys.intern", intern, 1, 1),
    RT_FUNCTION("sys.getswitchinterval", getswitchinterval, 0, 0),
    RT_FUNCTION("sys.setswitchinterval", setswitchinterval, 1, 1),
    RT_FUNCTION("sys.getrecursionlimit", getrecursionlimit, 0, 0),
    RT_FUNCTION("sys.setrecursionlimit", setrecursionlimit, 1, 1),
    RT_FUNCTION("sys.exit", exit_with, 0, 1),
    RT_FUNCTION("sys._is_gil_enabled", is_gil_enabled, 0, 0),
    RT_BUILTIN_END,
};

// ------------------------------------------------------------------ constants

static RtObject *text_of(RtThread *t, const char *text)
{
    return rt_str_new(t, text, strlen(text));
}

static RtObject *arguments_of(RtThread *t)
{
    const char *const *arguments = rt__vm(t)->arguments;
    RtObject *list = rt_list_new(t, 0);
    bool good = list != NULL;
    for (; good && arguments != NULL && *arguments != NULL; arguments++) {
        RtObject *text = text_of(t, *arguments);
        good = text != NULL && rt_list_append(t, list, text);
        rt_decref_null(t, text);
    }
    if (good) return list;
    rt_decref_null(t, list);
    return NULL;
}

// The language that the translator accepts is a part of this version's.
static RtObject *version_info(RtThread *t)
{
    static const int64_t numbers[] = {3, 11, 0};
    RtObject *tuple = rt_tuple_new(t, 5);
    if (tuple == NULL) return NULL;
    RtObject *items[5];
    for (size_t i = 0; i < 3; i++)
        items[i] = rt_int_new(t, numbers[i]);
    items[3] = rt_str_intern(t, "final", 5);
    items[4] = rt_int_new(t, 0);
    for (size_t i = 0; i < 5; i++)
        rt_tuple_set_steal(tuple, i, items[i]);
    return tuple;
}

bool rt__sys_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_builtins(t, module, functions) && rt__streams_fill(t, module) &&
           rt__module_set_steal(t, module, "argv", arguments_of(t)) &&
           rt__module_set_steal(t, module, "version_info", version_info(t)) &&
           rt__module_set_steal(t, module, "version", text_of(t, "3.11 (gilbench)")) &&
           rt__module_set_steal(t, module, "maxsize", rt_int_new(t, INT64_MAX)) &&
           rt__module_set_steal(t, module, "platform", text_of(t, "linux")) &&
           rt__module_set_steal(t, module, "byteorder", text_of(t, "little")) &&
           rt__module_set(t, module, "modules", rt__vm(t)->modules);
}
