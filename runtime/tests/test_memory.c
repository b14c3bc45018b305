// Running out of memory: every allocation of a piece of work fails once, each in a run of its
// own. Each failure must be an error that changes nothing and leaves nothing behind.
//
// The linker puts these functions before the platform's (--wrap in CMakeLists.txt).
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

void *__real_rt_array_alloc(size_t size);
void *__real_rt_array_alloc_zeroed(size_t size);
void *__real_rt_array_alloc_aligned(size_t size, size_t alignment);
void *__real_rt_pages_map(size_t size, size_t alignment);
void *__wrap_rt_array_alloc(size_t size);
void *__wrap_rt_array_alloc_zeroed(size_t size);
void *__wrap_rt_array_alloc_aligned(size_t size, size_t alignment);
void *__wrap_rt_pages_map(size_t size, size_t alignment);

static unsigned allocations;
static unsigned fail_at = UINT32_MAX;

static bool fails(void)
{
    return allocations++ == fail_at;
}

void *__wrap_rt_array_alloc(size_t size)
{
    return fails() ? NULL : __real_rt_array_alloc(size);
}
void *__wrap_rt_array_alloc_zeroed(size_t size)
{
    return fails() ? NULL : __real_rt_array_alloc_zeroed(size);
}
void *__wrap_rt_array_alloc_aligned(size_t size, size_t alignment)
{
    return fails() ? NULL : __real_rt_array_alloc_aligned(size, alignment);
}
void *__wrap_rt_pages_map(size_t size, size_t alignment)
{
    return fails() ? NULL : __real_rt_pages_map(size, alignment);
}

// A failed step leaves this error; a step that worked leaves none.
static bool worked(RtThread *t, bool done)
{
    assert_int_equal(rt_error_kind(t), done ? RT_ERROR_NONE : RT_ERROR_MEMORY);
    rt_error_clear(t);
    return done;
}

static bool drop(RtThread *t, RtObject *object)
{
    bool made = object != NULL;
    rt_decref_null(t, object);
    return worked(t, made);
}

static bool fill_list(RtThread *t, RtObject *list)
{
    for (size_t i = 0; i < 300; i++) {
        RtObject *item = rt_int_new(t, 1000 + (int64_t)i);
        if (!worked(t, item != NULL)) return false;
        bool done = rt_list_append(t, list, item);
        rt_decref(t, item);
        assert_int_equal(rt_list_size(t, list), i + done);
        if (!worked(t, done)) return false;
    }
    return true;
}

static bool use_list(RtThread *t)
{
    RtObject *list = rt_list_new(t, 4);
    if (!worked(t, list != NULL)) return false;
    bool done = fill_list(t, list);
    size_t size = rt_list_size(t, list);
    if (done) done = worked(t, rt_list_extend(t, list, list));
    assert_int_equal(rt_list_size(t, list), done ? 2 * size : size);
    if (done) done = drop(t, rt_object_repr(t, list));
    rt_decref(t, list);
    return done;
}

static bool set_one(RtThread *t, RtObject *dict, int64_t number)
{
    RtObject *key = rt_int_new(t, number);
    if (!worked(t, key != NULL)) return false;
    RtObject *got = NULL;
    bool done = number % 2 ? rt_dict_set(t, dict, key, key)
                           : (got = rt_dict_setdefault(t, dict, key, key)) != NULL;
    rt_decref_null(t, got);
    done = worked(t, done);
    assert_int_equal(rt_dict_contains(t, dict, key), done);
    rt_decref(t, key);
    return done;
}

static bool use_dict(RtThread *t)
{
    RtObject *dict = rt_dict_new(t);
    if (!worked(t, dict != NULL)) return false;
    bool done = true;
    for (int64_t i = 0; i < 300 && done; i++) {
        done = set_one(t, dict, i + 1000);
        assert_int_equal(rt_dict_size(t, dict), i + done);
    }
    if (done) done = drop(t, rt_object_repr(t, dict));
    rt_decref(t, dict);
    return done;
}

static bool use_instance(RtThread *t)
{
    RtObject *instance = rt_instance_new(t);
    if (!worked(t, instance != NULL)) return false;
    bool done = true;
    for (int i = 0; i < 200 && done; i++) {
        char text[16];
        int size = snprintf(text, sizeof text, "a%d", i);
        RtObject *name = rt_str_intern(t, text, (size_t)size);
        done = worked(t, name != NULL) && worked(t, rt_instance_set(t, instance, name, name));
    }
    rt_decref(t, instance);
    return done;
}

static bool use_large(RtThread *t)
{
    char bytes[2000];
    memset(bytes, '\n', sizeof bytes);
    RtObject *str = rt_str_new(t, bytes, sizeof bytes);
    if (!worked(t, str != NULL)) return false;
    bool done = drop(t, rt_object_repr(t, str)) && drop(t, rt_tuple_new(t, 1000)) &&
                drop(t, rt_float_new(t, 1.5));
    rt_decref(t, str);
    return done;
}

// Another list in `list`, which keeps it alive; NULL: no memory.
static RtObject *append_new(RtThread *t, RtObject *list)
{
    RtObject *next = rt_list_new(t, 1);
    if (next == NULL) return NULL;
    bool done = rt_list_append(t, list, next);
    rt_decref(t, next);
    return done ? next : NULL;
}

// A ring of lists, all reachable from the first.
static RtObject *ring(RtThread *t, size_t size)
{
    RtObject *first = rt_list_new(t, 1);
    RtObject *last = first;
    for (size_t i = 1; i < size && last != NULL; i++)
        last = append_new(t, last);
    if (worked(t, last != NULL && rt_list_append(t, last, first))) return first;
    rt_decref_null(t, first);
    return NULL;
}

// A collection, an audit or a search without memory has done nothing: the next does it all.
static bool use_collector(RtThread *t)
{
    rt_gc_disable(t);
    RtObject *first = ring(t, 400);
    if (first == NULL) return false;
    bool done = worked(t, rt_gc_collect(t, 0) == 0) && worked(t, rt_gc_collect(t, 2) == 0) &&
                drop(t, rt_gc_get_referrers(t, first)) && rt_gc_audit(t) == NULL;
    rt_decref(t, first);
    int64_t collected = rt_gc_collect(t, 2);
    done = worked(t, collected >= 0) && done;
    if (collected < 0) collected = rt_gc_collect(t, 2);
    assert_int_equal(collected, 400);
    assert_null(rt_gc_audit(t));
    return done;
}

static void do_nothing(RtThread *t, void *argument)
{
    (void)t, (void)argument;
}

static bool use_thread(RtThread *t)
{
    RtThreadHandle *handle = rt_thread_start(t, do_nothing, NULL);
    if (handle != NULL) rt_thread_join(t, handle);
    return worked(t, handle != NULL);
}

// All of it, in a runtime of its own. True: no allocation failed.
static bool live_and_die(const RtOptions *options)
{
    RtRuntime *runtime = rt_runtime_create(options);
    if (runtime == NULL) return false;
    RtThread *t = rt_thread_enter(runtime);
    bool done = t != NULL;
    if (done) {
        done = use_list(t) && use_dict(t) && use_instance(t) && use_large(t) &&
               use_collector(t) && use_thread(t);
        rt_thread_leave(t);
    }
    assert_int_equal(rt_runtime_live_objects(runtime), 0);
    rt_runtime_destroy(runtime);
    return done;
}

static void fail_each(const RtOptions *options, unsigned most)
{
    fail_at = UINT32_MAX;
    allocations = 0;
    assert_true(live_and_die(options));
    unsigned count = allocations;
    assert_in_range(count, 40, most);
    for (fail_at = 0; fail_at < count; fail_at++) {
        allocations = 0;
        assert_false(live_and_die(options));
    }
    allocations = 0;
    assert_true(live_and_die(options));
}

static void every_allocation_fails_once(void **state)
{
    (void)state;
    fail_each(NULL, 1000);
}

// Here each object is an allocation.
static void every_object_fails_once(void **state)
{
    (void)state;
    fail_each(&(RtOptions){.heap_system = true, .heap_guards = true}, 4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_fails_once),
                                       cmocka_unit_test(every_object_fails_once)};
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
