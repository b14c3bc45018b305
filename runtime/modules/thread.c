// thread.c: threading.Thread, and what a program asks of its threads.
//
// A Thread is an instance of a class, so that programs may derive from it; its run, a native
// object that it has as an attribute, is the one time it is started. The system thread has a
// reference to the run, and the run to the Thread while it runs. When it has ended, the run
// waits in a list until somebody joins the system thread: who joins or starts the next one, or
// the end of the program.
#include "modules/modules.h"
#include "modules/threading.h"
#include "object/format.h"
#include "object/tuple.h"
#include "thread/thread.h"

typedef enum RtRunState { RT_RUN_NEW, RT_RUN_STARTED, RT_RUN_ENDED } RtRunState;

// Guarded by the mutex of RtThreads.
typedef struct RtThreadRun {
    RtObject base;
    struct RtThreadRun *next; // in `running` or `ended`, which have a reference
    RtThreadHandle *handle;   // from the start until it is joined
    RtObject *thread;         // a reference while it runs
    uint64_t id;
    RtRunState state;
    bool is_daemon;
    RtWaitList joiners;
} RtThreadRun;

static inline RtThreads *threads_of(RtThread *t)
{
    return &rt__vm(t)->threads;
}

static const RtType run_type = {RT_TYPE_BASE, .name = "run", .hash = rt__identity_hash};

static RtObject *run_new(RtThread *t)
{
    RtThreadRun *run = (RtThreadRun *)rt__object_new(t, &run_type, sizeof(RtThreadRun));
    if (run == NULL) return NULL;
    RtObject base = run->base;
    *run = (RtThreadRun){.base = base};
    return &run->base;
}

// The Thread's run: a new reference. NULL with an error: a derived class has not called
// __init__.
static RtThreadRun *run_of(RtThread *t, RtObject *thread)
{
    RtObject *run = rt__attr_get(t, thread, "_run");
    if (run != NULL && run->type == &run_type) return (RtThreadRun *)run;
    rt_decref_null(t, run);
    rt_error_set(t, RT_ERROR_RUNTIME, "Thread.__init__() not called");
    return NULL;
}

// ------------------------------------------------------------------ the lists

static void unlink_locked(RtThreadRun **list, RtThreadRun *run)
{
    while (*list != run)
        list = &(*list)->next;
    *list = run->next;
}

static void push_locked(RtThreadRun **list, RtThreadRun *run)
{
    run->next = *list;
    *list = run;
}

// Joins the system threads of all that have ended.
static void reap(RtThread *t)
{
    RtThreads *threads = threads_of(t);
    for (;;) {
        rt_mutex_lock(&threads->mutex);
        RtThreadRun *run = threads->ended;
        if (run != NULL) threads->ended = run->next;
        rt_mutex_unlock(&threads->mutex);
        if (run == NULL) return;
        rt_thread_join(t, run->handle);
        rt_decref(t, &run->base);
    }
}

static RtThreadRun *running_locked(const RtThreads *threads, uint64_t id)
{
    RtThreadRun *run = threads->running;
    while (run != NULL && run->id != id)
        run = run->next;
    return run;
}

// The caller's own: a new reference.
static RtObject *current(RtThread *t)
{
    RtThreads *threads = threads_of(t);
    rt_mutex_lock(&threads->mutex);
    RtThreadRun *run = running_locked(threads, t->id);
    RtObject *thread = run != NULL && run->thread != NULL ? run->thread : threads->main;
    rt_incref(t, thread); // its own thread keeps it
    rt_mutex_unlock(&threads->mutex);
    return thread;
}

// ------------------------------------------------------------------ making one

// "Thread-1 (work)", as CPython names them.
static RtObject *next_name(RtThread *t, RtObject *target)
{
    RtThreads *threads = threads_of(t);
    rt_mutex_lock(&threads->mutex);
    unsigned long long number = ++threads->named;
    rt_mutex_unlock(&threads->mutex);
    RtObject *function = NULL;
    if (target != rt_none() &&
        rt__find_attr(t, target, rt__name(t, RT_NAME_name), &function) < 0)
        return NULL;
    bool has_name = function != NULL && rt_str_check(function);
    RtObject *name = has_name ? rt__format(t, "Thread-%llu (%s)", number,
                                           rt_str_bytes_borrowed(function, NULL))
                              : rt__format(t, "Thread-%llu", number);
    rt_decref_null(t, function);
    return name;
}

static RtObject *name_of(RtThread *t, RtObject *given, RtObject *target)
{
    int is_given = given != NULL ? rt__truth(t, given) : 0;
    if (is_given < 0) return NULL;
    return is_given ? rt__str(t, given) : next_name(t, target);
}

// As given, else as the thread's that makes it.
static bool set_daemon(RtThread *t, RtObject *self, RtObject *given)
{
    if (given != NULL && given != rt_none()) {
        int daemon = rt__truth(t, given);
        return daemon >= 0 && rt__attr_set(t, self, "daemon", rt_bool(daemon));
    }
    RtObject *maker = current(t);
    RtObject *daemon = rt__attr_get(t, maker, "daemon");
    rt_decref(t, maker);
    return rt__attr_set_steal(t, self, "daemon", daemon);
}

NATIVE(thread_init)
{
    static const char *const names[] = {"",     "group",  "target", "name",
                                        "args", "kwargs", "daemon", NULL};
    RtObject *v[7];
    if (!rt__arguments(t, "Thread.__init__", args, count, kwnames, names, v)) return NULL;
    RtObject *self = v[0];
    RtObject *target = v[2] != NULL ? v[2] : rt_none();
    if (v[1] != NULL && v[1] != rt_none()) {
        rt_error_set(t, RT_ERROR_ASSERTION, "group argument must be None for now");
        return NULL;
    }
    RtObject *values = v[4] != NULL ? rt_new_ref(t, v[4]) : rt_tuple_new(t, 0);
    bool good = rt__attr_set_steal(t, self, "_args", values) &&
                rt__attr_set(t, self, "_target", target) &&
                rt__attr_set(t, self, "_kwargs", v[5] != NULL ? v[5] : rt_none()) &&
                rt__attr_set_steal(t, self, "name", name_of(t, v[3], target)) &&
                set_daemon(t, self, v[6]) && rt__attr_set(t, self, "ident", rt_none()) &&
                rt__attr_set_steal(t, self, "_run", run_new(t));
    return good ? rt_none() : NULL;
}

// ------------------------------------------------------------------ running

// What was given as arguments cannot be unpacked. CPython's words, where it names functions.
static void refuse_arguments(RtThread *t, RtObject *target, const char *stars, const char *what,
                             RtObject *given)
{
    RtObject *name = NULL;
    if (rt__find_attr(t, target, rt__name(t, RT_NAME_qualname), &name) < 0) return;
    bool has_name = name != NULL && rt_str_check(name);
    rt__error_format(t, RT_ERROR_TYPE, "%s%s%s argument after %s must be %s, not %s",
                     target->type == &rt__function_type ? "__main__." : "",
                     has_name ? rt_str_bytes_borrowed(name, NULL) : target->type->name,
                     has_name ? "()" : " object", stars, what, given->type->name);
    rt_decref_null(t, name);
}

static RtObject *values_of(RtThread *t, RtObject *target, RtObject *given)
{
    RtObject *values = rt__tuple_of(t, given);
    const RtSlots *slots = given->type->slots;
    bool iterates = given->type->is_class || (slots != NULL && slots->iter != NULL);
    if (values == NULL && !iterates) refuse_arguments(t, target, "*", "an iterable", given);
    return values;
}

// A dict of its own, which nobody changes meanwhile.
static RtObject *keywords_of(RtThread *t, RtObject *target, RtObject *given)
{
    RtObject *keywords = rt_dict_new(t);
    bool is_dict = given == rt_none() || rt__is_instance(given, &rt__dict_type);
    if (!is_dict) refuse_arguments(t, target, "**", "a mapping", given);
    if (keywords != NULL && is_dict &&
        (given == rt_none() || rt__dict_update(t, keywords, given)))
        return keywords;
    rt_decref_null(t, keywords);
    return NULL;
}

// The values of a dict behind those of a tuple, and a tuple of its keys. False with a
// TypeError: not all of them are names.
static bool unpack(RtThread *t, RtObject *values, RtObject *keywords, RtObject *all,
                   RtObject *keys)
{
    size_t count = rt_tuple_size(values);
    RtObject *key, *value;
    for (size_t i = 0; i < count; i++)
        rt_tuple_set_steal(all, i, rt_tuple_get(t, values, i));
    for (size_t position = 0, i = 0; rt_dict_next(t, keywords, &position, &key, &value); i++) {
        rt_tuple_set_steal(keys, i, key);
        rt_tuple_set_steal(all, count + i, value);
        if (rt_str_check(key)) continue;
        rt_error_set(t, RT_ERROR_TYPE, "keywords must be strings");
        return false;
    }
    return true;
}

static RtObject *call_unpacked(RtThread *t, RtObject *target, RtObject *values,
                               RtObject *keywords)
{
    size_t count = rt_tuple_size(values);
    size_t named = rt_dict_size(t, keywords);
    RtObject *keys = rt_tuple_new(t, named);
    RtObject *all = keys != NULL ? rt_tuple_new(t, count + named + 1) : NULL; // never empty
    RtObject *result = NULL;
    if (all != NULL && unpack(t, values, keywords, all, keys))
        result = rt__call(t, target, ((RtTuple *)all)->items, count, named > 0 ? keys : NULL);
    rt_decref_null(t, all);
    rt_decref_null(t, keys);
    return result;
}

static RtObject *call_with(RtThread *t, RtObject *target, RtObject *given, RtObject *named)
{
    RtObject *values = values_of(t, target, given);
    RtObject *keywords = values != NULL ? keywords_of(t, target, named) : NULL;
    RtObject *result = keywords != NULL ? call_unpacked(t, target, values, keywords) : NULL;
    rt_decref_null(t, keywords);
    rt_decref_null(t, values);
    return result;
}

// What it was given is dropped when it has been called, as CPython does.
static void forget_target(RtThread *t, RtObject *self)
{
    rt__attr_set(t, self, "_target", rt_none());
    rt__attr_set(t, self, "_args", rt_none());
    rt__attr_set(t, self, "_kwargs", rt_none());
}

NATIVE(thread_run)
{
    RtObject *target = rt__attr_get(t, args[0], "_target");
    RtObject *values = target != NULL ? rt__attr_get(t, args[0], "_args") : NULL;
    RtObject *keywords = values != NULL ? rt__attr_get(t, args[0], "_kwargs") : NULL;
    RtObject *result = NULL;
    if (keywords != NULL && target != rt_none())
        result = call_with(t, target, values, keywords);
    else if (keywords != NULL)
        result = rt_none();
    rt_decref_null(t, keywords);
    rt_decref_null(t, values);
    rt_decref_null(t, target);
    RtObject *exception = result == NULL ? rt__exception_take(t) : NULL;
    forget_target(t, args[0]);
    if (exception != NULL) rt__exception_restore_steal(t, exception);
    if (exception != NULL) return NULL;
    rt_decref(t, result);
    return rt_none();
}

static void report(RtThread *t, RtObject *thread)
{
    RtObject *exception = rt__exception_take(t);
    RtObject *name = rt__attr_get(t, thread, "name");
    rt_error_clear(t);
    bool is_text = name != NULL && rt_str_check(name);
    rt__exception_restore_steal(t, exception);
    rt__report_uncaught(t, is_text ? rt_str_bytes_borrowed(name, NULL) : "?");
    rt_decref_null(t, name);
}

// The last that a thread does: those who join it go on, and find all that it had dropped.
static void end(RtThread *t, RtThreadRun *run)
{
    RtThreads *threads = threads_of(t);
    rt__locals_forget(t);
    rt_mutex_lock(&threads->mutex);
    RtObject *thread = run->thread;
    run->thread = NULL;
    rt_mutex_unlock(&threads->mutex);
    rt_decref(t, thread);
    rt_mutex_lock(&threads->mutex);
    unlink_locked(&threads->running, run);
    push_locked(&threads->ended, run);
    run->state = RT_RUN_ENDED;
    rt__wake_all(&run->joiners);
    rt_mutex_unlock(&threads->mutex);
}

static void thread_main(RtThread *t, void *argument)
{
    RtThreadRun *run = (RtThreadRun *)argument;
    RtObject *thread = run->thread; // written before it was started
    RtObject *name = rt_str_intern(t, "run", 3);
    RtObject *result = NULL;
    if (name != NULL && rt__attr_set_steal(t, thread, "ident", rt_int_new(t, (int64_t)t->id)))
        result = rt__call_method(t, name, &thread, 1);
    if (result == NULL) report(t, thread);
    rt_decref_null(t, result);
    end(t, run);
}

// ------------------------------------------------------------------ starting

// The mutex is held while the system makes the thread: it cannot end before its handle is here.
// Returns why it was not started, or NULL.
static const char *start_locked(RtThread *t, RtThreadRun *run, RtObject *self, bool is_daemon)
{
    if (run->state != RT_RUN_NEW) return "threads can only be started once";
    run->thread = self;
    run->handle = rt_thread_start(t, thread_main, run);
    if (run->handle == NULL) return "can't start new thread";
    rt_incref(t, self);
    rt_incref(t, &run->base);
    run->id = rt__thread_handle_id(run->handle);
    run->state = RT_RUN_STARTED;
    run->is_daemon = is_daemon;
    push_locked(&threads_of(t)->running, run);
    return NULL;
}

static bool start(RtThread *t, RtThreadRun *run, RtObject *self, bool is_daemon)
{
    RtThreads *threads = threads_of(t);
    rt_mutex_lock(&threads->mutex);
    const char *why = start_locked(t, run, self, is_daemon);
    uint64_t id = run->id;
    rt_mutex_unlock(&threads->mutex);
    if (why == NULL) return rt__attr_set_steal(t, self, "ident", rt_int_new(t, (int64_t)id));
    rt_error_set(t, RT_ERROR_RUNTIME, why);
    return false;
}

NATIVE(thread_start)
{
    RtThreadRun *run = run_of(t, args[0]);
    if (run == NULL) rt_error_set(t, RT_ERROR_RUNTIME, "thread.__init__() not called");
    if (run == NULL) return NULL;
    reap(t);
    RtObject *daemon = rt__attr_get(t, args[0], "daemon");
    int is_daemon = daemon != NULL ? rt__truth(t, daemon) : -1;
    rt_decref_null(t, daemon);
    bool good = is_daemon >= 0 && start(t, run, args[0], is_daemon);
    rt_decref(t, &run->base);
    return good ? rt_none() : NULL;
}

// ------------------------------------------------------------------ joining

static RtWait await_end(RtThread *t, RtThreadRun *run, uint64_t deadline)
{
    RtThreads *threads = threads_of(t);
    RtWait wait = RT_WAIT_DONE;
    rt_mutex_lock(&threads->mutex);
    if (run->state == RT_RUN_STARTED)
        wait = rt__wait(t, &threads->mutex, &run->joiners, deadline);
    rt_mutex_unlock(&threads->mutex);
    if (wait == RT_WAIT_DONE) reap(t);
    return wait;
}

static const char *why_not_joined(RtThread *t, RtThreadRun *run)
{
    RtThreads *threads = threads_of(t);
    rt_mutex_lock(&threads->mutex);
    const char *why = NULL;
    if (run->state == RT_RUN_NEW) why = "cannot join thread before it is started";
    if (run->state == RT_RUN_STARTED && run->id == t->id) why = "cannot join current thread";
    rt_mutex_unlock(&threads->mutex);
    return why;
}

static RtObject *join(RtThread *t, RtThreadRun *run, uint64_t deadline)
{
    const char *why = why_not_joined(t, run);
    if (why != NULL) {
        rt_error_set(t, RT_ERROR_RUNTIME, why);
        return NULL;
    }
    RtWait wait = await_end(t, run, deadline);
    return wait == RT_WAIT_INTERRUPTED && !rt__serve_interrupt(t) ? NULL : rt_none();
}

NATIVE(thread_join)
{
    static const char *const names[] = {"", "timeout", NULL};
    RtObject *values[2];
    uint64_t deadline;
    if (!rt__arguments(t, "join", args, count, kwnames, names, values) ||
        !rt__deadline_of(t, values[1], false, &deadline))
        return NULL;
    RtThreadRun *run = run_of(t, args[0]);
    if (run == NULL) return NULL;
    RtObject *result = join(t, run, deadline);
    rt_decref(t, &run->base);
    return result;
}

static RtRunState state_of(RtThread *t, const RtThreadRun *run)
{
    RtThreads *threads = threads_of(t);
    rt_mutex_lock(&threads->mutex);
    RtRunState state = run->state;
    rt_mutex_unlock(&threads->mutex);
    return state;
}

NATIVE(thread_is_alive)
{
    if (args[0] == threads_of(t)->main) return rt_bool(true);
    RtThreadRun *run = run_of(t, args[0]);
    if (run == NULL) return NULL;
    bool runs = state_of(t, run) == RT_RUN_STARTED;
    rt_decref(t, &run->base);
    return rt_bool(runs);
}

// ------------------------------------------------------------------ the end of the program

// Some thread that is to be waited for: a new reference. *daemons: whether there are others.
static RtThreadRun *any_to_await(RtThread *t, bool *daemons)
{
    RtThreads *threads = threads_of(t);
    rt_mutex_lock(&threads->mutex);
    RtThreadRun *run = threads->running;
    *daemons = run != NULL;
    while (run != NULL && run->is_daemon)
        run = run->next;
    if (run != NULL) rt_incref(t, &run->base);
    rt_mutex_unlock(&threads->mutex);
    return run;
}

// Ctrl-C ends the waiting, not the threads.
bool rt__threading_end(RtThread *t)
{
    bool daemons;
    RtThreadRun *run;
    while ((run = any_to_await(t, &daemons)) != NULL) {
        RtWait wait = await_end(t, run, RT_NO_DEADLINE);
        rt_decref(t, &run->base);
        if (wait != RT_WAIT_INTERRUPTED || rt__serve_interrupt(t)) continue;
        rt__report_unraisable(t, NULL);
        return false;
    }
    reap(t);
    return !daemons;
}

// ------------------------------------------------------------------ the class

NATIVE(thread_repr)
{
    RtObject *name = rt__attr_get(t, args[0], "name");
    if (name == NULL) return NULL;
    RtThreadRun *run = run_of(t, args[0]);
    RtObject *text = NULL;
    static const char *const states[] = {"initial", "started", "stopped"};
    if (run != NULL && rt_str_check(name))
        text = rt__format(t, "<%s(%s, %s)>", args[0]->type->name,
                          rt_str_bytes_borrowed(name, NULL), states[state_of(t, run)]);
    rt_decref_null(t, run != NULL ? &run->base : NULL);
    rt_decref(t, name);
    return text;
}

static const RtBuiltin thread_methods[] = {
    RT_METHOD_KW("Thread.__init__", thread_init, 0, 5),
    RT_METHOD("Thread.start", thread_start, 0, 0),
    RT_METHOD("Thread.run", thread_run, 0, 0),
    RT_METHOD_KW("Thread.join", thread_join, 0, 1),
    RT_METHOD("Thread.is_alive", thread_is_alive, 0, 0),
    RT_METHOD("Thread.__repr__", thread_repr, 0, 0),
    RT_BUILTIN_END,
};

// The Thread that runs the program: started by nobody here, and never ends.
static RtObject *main_new(RtThread *t, RtObject *class_)
{
    RtObject *thread = rt__record_new(t, rt__class_of_type(rt__type_of_class(class_)));
    if (thread == NULL) return NULL;
    rt_ref_make_immortal(&thread->ref);
    RtObject *run = run_new(t);
    if (run != NULL) {
        ((RtThreadRun *)run)->state = RT_RUN_STARTED;
        ((RtThreadRun *)run)->id = t->id;
    }
    bool good = rt__attr_set_steal(t, thread, "_run", run) &&
                rt__attr_set_steal(t, thread, "name", rt_str_intern(t, "MainThread", 10)) &&
                rt__attr_set(t, thread, "daemon", rt_bool(false)) &&
                rt__attr_set_steal(t, thread, "ident", rt_int_new(t, (int64_t)t->id));
    return good ? thread : NULL;
}

RtObject *rt__thread_class_new(RtThread *t)
{
    RtObject *class_ = rt__module_class_new(t, "Thread", thread_methods);
    RtObject *thread = class_ != NULL ? main_new(t, class_) : NULL;
    if (thread == NULL) return NULL;
    threads_of(t)->main = thread;
    threads_of(t)->main_id = t->id;
    return class_;
}

// ------------------------------------------------------------------ functions

NATIVE(current_thread)
{
    return current(t);
}

NATIVE(main_thread)
{
    return threads_of(t)->main;
}

NATIVE(get_ident)
{
    return rt_int_new(t, (int64_t)t->id);
}

NATIVE(active_count)
{
    RtThreads *threads = threads_of(t);
    int64_t number = 1;
    rt_mutex_lock(&threads->mutex);
    for (const RtThreadRun *run = threads->running; run != NULL; run = run->next)
        number++;
    rt_mutex_unlock(&threads->mutex);
    return rt_int_new(t, number);
}

// The number-th running thread: a new reference; NULL: there are fewer.
static RtObject *running(RtThread *t, size_t number)
{
    RtThreads *threads = threads_of(t);
    rt_mutex_lock(&threads->mutex);
    const RtThreadRun *run = threads->running;
    while (run != NULL && (run->thread == NULL || number-- > 0))
        run = run->next;
    RtObject *thread = run != NULL ? rt_new_ref(t, run->thread) : NULL;
    rt_mutex_unlock(&threads->mutex);
    return thread;
}

// Threads that come or go meanwhile may be missing, or there twice.
NATIVE(enumerate)
{
    RtObject *list = rt_list_new(t, 0);
    bool good = list != NULL && rt_list_append(t, list, threads_of(t)->main);
    RtObject *thread;
    for (size_t i = 0; good && (thread = running(t, i)) != NULL; i++) {
        good = rt_list_append(t, list, thread);
        rt_decref(t, thread);
    }
    if (good) return list;
    rt_decref_null(t, list);
    return NULL;
}

const RtBuiltin rt__thread_functions[] = {
    RT_FUNCTION("current_thread", current_thread, 0, 0),
    RT_FUNCTION("main_thread", main_thread, 0, 0),
    RT_FUNCTION("get_ident", get_ident, 0, 0),
    RT_FUNCTION("active_count", active_count, 0, 0),
    RT_FUNCTION("enumerate", enumerate, 0, 0),
    RT_BUILTIN_END,
};
