// runtime.c: creating and destroying a runtime, entering and leaving it.
#include "alloc/heap.h"
#include "alloc/pages.h"
#include "alloc/tracing.h"
#include "gc/gc.h"
#include "object/array.h"
#include "object/intern.h"
#include "object/weakref.h"
#include "rt_inline.h"
#include "thread/thread.h"

static void free_state(RtThread *t);

// ------------------------------------------------------------------ the runtime

static RtRuntime *place(const RtOptions *options)
{
    RtRuntime *runtime;
    if (options->memory != NULL && options->memory_size >= sizeof *runtime) {
        runtime = (RtRuntime *)options->memory;
        __builtin_memset(runtime, 0, sizeof *runtime);
        return rt__pages_init(runtime, options, (char *)(runtime + 1)) ? runtime : NULL;
    }
    size_t size = (sizeof *runtime + 4095) & ~(size_t)4095;
    runtime = rt_pages_map(size, 4096);
    if (runtime == NULL) return NULL;
    runtime->mapped = size;
    (void)rt__pages_init(runtime, options, NULL); // which needs nothing then
    return runtime;
}

RtRuntime *rt_runtime_create(const RtOptions *options)
{
    RtOptions defaults = {0};
    if (options == NULL) options = &defaults;
    RT_CHECK((uintptr_t)options->memory % _Alignof(RtRuntime) == 0, "runtime memory unaligned");
    if (!rt__fork_guard_install()) return NULL;
    RtRuntime *runtime = place(options);
    if (runtime == NULL) return NULL;
    rt_mutex_init(&runtime->threads_lock);
    rt__interns_init(runtime);
    rt__weak_init(runtime);
    runtime->weak.unraisable = options->unraisable;
    rt__tracing_init(runtime);
    rt_mutex_init(&runtime->resources.mutex);
    rt__gc_init(runtime);
    rt__world_init(runtime);
    rt_lock_init(runtime);
    uint64_t interval = options->switch_interval_ns;
    rt_atomic_store_relaxed(&runtime->gil.interval_ns,
                            interval ? interval : RT_SWITCH_INTERVAL_NS);
    runtime->perturb_seed = options->perturb_seed;
    runtime->trace_events = RT_ACCOUNT_ENABLED ? options->trace_events : 0;
    runtime->next_id = 1;
    return runtime;
}

// Arrays hang off live objects; what still lives at the end gives its arrays back here,
// without running anything else.
static void free_arrays(void *block, void *argument)
{
    (void)argument;
    RtObject *object = (RtObject *)block;
    if (rt_ref_is_live(&object->ref) && object->type->free_arrays != NULL)
        object->type->free_arrays(object);
}

void rt_runtime_destroy(RtRuntime *runtime)
{
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        RT_CHECK(!t->bound, "runtime destroyed before every thread has left");
    rt__pages_each_block(runtime, free_arrays, NULL);
    rt__tracing_destroy(runtime);
    rt_array_free(runtime->resources.open);
    rt_mutex_destroy(&runtime->resources.mutex);
    rt__weak_destroy(runtime);
    rt__interns_destroy(runtime);
    rt_lock_destroy(runtime);
    rt__world_destroy(runtime);
    rt__gc_destroy(runtime);
    rt__pages_destroy(runtime);
    RtThread *t = runtime->threads;
    while (t != NULL) {
        RtThread *next = t->next;
        rt__array_release_retired(t);
        free_state(t);
        t = next;
    }
    rt_mutex_destroy(&runtime->threads_lock);
    if (runtime->mapped != 0) rt_pages_unmap(runtime, runtime->mapped);
}

static void count_live(void *block, void *argument)
{
    RtObject *object = (RtObject *)block;
    size_t *live = (size_t *)argument;
    if (rt_ref_is_live(&object->ref) && !rt_ref_is_immortal(&object->ref)) *live += 1;
}

size_t rt_runtime_live_objects(RtRuntime *runtime)
{
    size_t live = 0;
    rt__pages_each_block(runtime, count_live, &live);
    return live;
}

bool rt_runtime_set_switch_interval(RtRuntime *runtime, uint64_t ns)
{
    if (ns == 0) return false;
    rt_atomic_store_relaxed(&runtime->gil.interval_ns, ns);
    return true;
}

uint64_t rt_runtime_switch_interval(RtRuntime *runtime)
{
    return rt_atomic_load_relaxed(&runtime->gil.interval_ns);
}

// ------------------------------------------------------------------ thread states

// A state is aligned to its cache-line groups; malloc gives 16 bytes only.
static RtThread *allocate_state(void)
{
    size_t alignment = _Alignof(RtThread);
    void *allocation = rt_array_alloc_zeroed(sizeof(RtThread) + alignment);
    if (allocation == NULL) return NULL;
    uintptr_t address = ((uintptr_t)allocation + alignment - 1) & ~(uintptr_t)(alignment - 1);
    RtThread *t = (RtThread *)address;
    t->allocation = allocation;
    return t;
}

static void free_state(RtThread *t)
{
    RtTrace *trace = rt_account_trace(&t->account);
    if (trace != NULL) rt_array_free(trace->events);
    rt_array_free(t->allocation);
}

// Begins the state's account, with a ring if the runtime keeps traces. False: no memory.
static bool begin_account(RtThread *t, size_t trace_events)
{
    RtTrace trace = {.capacity = trace_events};
    if (trace_events != 0) {
        trace.events = rt_array_alloc(trace_events * sizeof *trace.events);
        if (trace.events == NULL) return false;
    }
    rt_activity_begin(&t->account, trace, rt_clock_now());
    return true;
}

// Gives a new state an id, links it into the runtime, and binds it to the caller. Its status
// keeps it out of a stopped world. False: there is no id left.
static bool link_state_locked(RtRuntime *runtime, RtThread *t)
{
    if (runtime->next_id / 2 >= RT_THREADS_MOST) return false;
    t->runtime = runtime;
    t->id = (uint16_t)runtime->next_id;
    runtime->next_id += 2;
    t->own_heap.thread = t;
    t->own_heap.owner_id = t->id;
    t->heap = rt_heap_for(t);
    t->perturb = runtime->perturb_seed * t->id;
    t->error_message = "";
    rt_atomic_store_relaxed(
        &t->status,
        (uint32_t)(runtime->world.stopping ? RT_STATUS_SUSPENDED : RT_STATUS_DETACHED));
    t->next = runtime->threads;
    runtime->threads = t;
    t->bound = true;
    return true;
}

static bool link_state(RtRuntime *runtime, RtThread *t)
{
    rt_mutex_lock(&runtime->threads_lock);
    bool linked = link_state_locked(runtime, t);
    rt_mutex_unlock(&runtime->threads_lock);
    return linked;
}

// The last to have been left, for what it has in the caches; not one whose heap is being looked
// after (alloc/sweep.c).
static RtThread *take_idle(RtRuntime *runtime)
{
    rt_mutex_lock(&runtime->threads_lock);
    RtThread **link = &runtime->idle;
    while (*link != NULL && (*link)->bound)
        link = &(*link)->next_idle;
    RtThread *t = *link;
    if (t != NULL) {
        *link = t->next_idle;
        t->bound = true;
    }
    rt_mutex_unlock(&runtime->threads_lock);
    return t;
}

static RtThread *make_state(RtRuntime *runtime)
{
    RtThread *t = allocate_state();
    if (t == NULL) return NULL;
    if (begin_account(t, runtime->trace_events) && link_state(runtime, t)) return t;
    free_state(t);
    return NULL;
}

// A state for a system thread that is about to enter, reserved for it; NULL: no memory, or
// there are RT_THREADS_MOST.
static RtThread *reserve_state(RtRuntime *runtime)
{
    RtThread *t = take_idle(runtime);
    return t != NULL ? t : make_state(runtime);
}

static void return_state(RtThread *t)
{
    RtRuntime *runtime = t->runtime;
    rt_mutex_lock(&runtime->threads_lock);
    t->bound = false;
    t->next_idle = runtime->idle;
    runtime->idle = t;
    rt_mutex_unlock(&runtime->threads_lock);
}

static void enter_as(RtThread *t)
{
    RT_CHECK(rt__thread_local == NULL, "thread entered a runtime while in one");
    rt__thread_local = t;
    rt_thread_attach(t);
}

RtThread *rt_thread_enter(RtRuntime *runtime)
{
    RtThread *t = reserve_state(runtime);
    if (t != NULL) enter_as(t);
    return t;
}

void rt_thread_leave(RtThread *t)
{
    RT_CHECK(rt__thread_local == t, "a thread may only leave for itself");
    RT_CHECK(t->sections == NULL, "thread left inside a critical section");
    RT_ASSERT(t->gc_shares == NULL); // it was given them at a poll, and has returned from that
    rt_error_clear(t);
    t->site = (RtSite){0};
    rt__array_reclaim_all(t);
    rt__heap_leave(t);
    rt_thread_detach(t);
    rt__thread_local = NULL;
    return_state(t);
}

// ------------------------------------------------------------------ system threads

struct RtThreadHandle {
    RtSystemThread thread;
    RtThread *state; // reserved by the starter, so that the new thread cannot fail to enter
    RtThreadMain main;
    void *argument;
};

static void *run(void *argument)
{
    RtThreadHandle *handle = (RtThreadHandle *)argument;
    RtThread *t = handle->state;
    enter_as(t);
    handle->main(t, handle->argument);
    rt_thread_leave(t);
    return NULL;
}

RtThreadHandle *rt_thread_start(RtThread *t, RtThreadMain main, void *argument)
{
    RtThreadHandle *handle = rt_array_alloc(sizeof *handle);
    RtThread *state = handle != NULL ? reserve_state(t->runtime) : NULL;
    if (state == NULL) {
        rt_array_free(handle);
        rt_error_set(t, RT_ERROR_MEMORY, "no room for another thread");
        return NULL;
    }
    *handle = (RtThreadHandle){.state = state, .main = main, .argument = argument};
    if (rt_system_thread_start(&handle->thread, run, handle)) return handle;
    return_state(state);
    rt_array_free(handle);
    rt_error_set(t, RT_ERROR_OS, "cannot start a thread");
    return NULL;
}

uint64_t rt__thread_handle_id(const RtThreadHandle *handle)
{
    return handle->state->id;
}

void rt_thread_join(RtThread *t, RtThreadHandle *handle)
{
    rt_thread_detach(t);
    rt_system_thread_join(&handle->thread);
    rt_thread_attach(t);
    rt_array_free(handle);
}

// ------------------------------------------------------------------ fork

static void refuse_fork(void)
{
    RtThread *t = rt__thread_local;
    bool attached = t != NULL && rt__status(t) == RT_STATUS_ATTACHED;
    RT_CHECK(!attached, "fork by a thread attached to a runtime: detach or leave it first");
}

bool rt__fork_guard_install(void)
{
    static _Atomic uint32_t installed; // per library, not per runtime: so is the handler
    uint32_t expected = 0;
    if (!rt_atomic_cas_acq_rel(&installed, &expected, 1u)) return true;
    if (rt_system_on_fork(refuse_fork)) return true;
    rt_atomic_store_release(&installed, 0u); // the next runtime tries again
    return false;
}
