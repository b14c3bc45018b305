// Chains of any depth are freed without recursion, by their owner and by strangers.
#include "testing.h"

#define DEPTH TEST_ROUNDS(1000000) // no stack has room for a frame for each

// Each returns an object that holds `inner`, whose reference it takes over.
typedef RtObject *(*Wrap)(RtThread *t, RtObject *inner);

static RtObject *wrap_in_tuple(RtThread *t, RtObject *inner)
{
    RtObject *tuple = rt_tuple_new(t, 1);
    rt_tuple_set_steal(tuple, 0, inner);
    return tuple;
}

static RtObject *wrap_in_list(RtThread *t, RtObject *inner)
{
    RtObject *list = rt_list_new(t, 1);
    MUST(rt_list_append(t, list, inner));
    rt_decref(t, inner);
    return list;
}

static RtObject *wrap_in_dict(RtThread *t, RtObject *inner)
{
    RtObject *dict = rt_dict_new(t);
    MUST(rt_dict_set(t, dict, rt_none(), inner));
    rt_decref(t, inner);
    return dict;
}

static RtObject *wrap_in_instance(RtThread *t, RtObject *inner)
{
    RtObject *instance = rt_instance_new(t);
    MUST(rt_instance_set(t, instance, rt_str_intern(t, "next", 4), inner));
    rt_decref(t, inner);
    return instance;
}

static RtObject *wrap_in_any(RtThread *t, RtObject *inner)
{
    static const Wrap wraps[] = {wrap_in_tuple, wrap_in_list, wrap_in_dict, wrap_in_instance};
    return wraps[((uintptr_t)inner >> 5) % 4](t, inner);
}

static RtObject *chain(RtThread *t, Wrap wrap, int depth)
{
    RtObject *object = test_int(t, 1000);
    for (int i = 0; i < depth; i++)
        object = wrap(t, object);
    return object;
}

static void deep_tuples(void **state)
{
    RtThread *t = test_thread(state);
    rt_decref(t, chain(t, wrap_in_tuple, DEPTH));
}
static void deep_lists(void **state)
{
    RtThread *t = test_thread(state);
    rt_decref(t, chain(t, wrap_in_list, DEPTH));
}
static void deep_dicts(void **state)
{
    RtThread *t = test_thread(state);
    rt_decref(t, chain(t, wrap_in_dict, DEPTH / 4));
}
static void deep_instances(void **state)
{
    RtThread *t = test_thread(state);
    rt_decref(t, chain(t, wrap_in_instance, DEPTH));
}
static void deep_mixtures(void **state)
{
    RtThread *t = test_thread(state);
    rt_decref(t, chain(t, wrap_in_any, DEPTH / 4));
}

// A tree: the trash list has several entries at a time.
static RtObject *tree(RtThread *t, int depth)
{
    RtObject *tuple = rt_tuple_new(t, depth > 0 ? 3 : 0);
    for (size_t i = 0; i < rt_tuple_size(tuple); i++)
        rt_tuple_set_steal(tuple, i, i == 1 ? chain(t, wrap_in_any, 90) : tree(t, depth - 1));
    return tuple;
}

static void deep_trees(void **state)
{
    RtThread *t = test_thread(state);
    rt_decref(t, tree(t, 8));
}

static void clearing_a_deep_list(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = chain(t, wrap_in_list, DEPTH / 10);
    rt_list_clear(t, list);
    rt_decref(t, list);
}

// Putting off costs no allocation and bounds the depth: nearly every object beyond the limit.
static void putting_off_is_counted(void **state)
{
    if (!test_counts()) skip();
    Fixture *fixture = *state;
    RtObject *object = chain(fixture->t, wrap_in_tuple, 1000);
    uint64_t allocated = test_counter(fixture->runtime, "alloc_objects");
    rt_decref(fixture->t, object);
    assert_int_equal(test_counter(fixture->runtime, "alloc_objects"), allocated);
    assert_in_range(test_counter(fixture->runtime, "trash_deferred"), 10, 1000);
}

static void drop_foreign(RtThread *t, void *argument)
{
    Worker *worker = argument;
    rt_decref(t, worker->shared);
}

// The chain is this thread's, the last reference is dropped by another.
static void a_stranger_frees_a_deep_chain(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *object = chain(t, wrap_in_any, DEPTH / 10);
    test_run_threads(t, 1, drop_foreign, object);
}

static RtObject *wrap_in_turn(RtThread *t, RtObject *list)
{
    RtObject *inner = rt_list_pop(t, list);
    return inner != NULL ? wrap_in_tuple(t, inner) : NULL;
}

// Threads take the chain from the list by turns and wrap it once more, so that neighbours in
// the chain have different owners.
static void build_by_turns(RtThread *t, void *argument)
{
    Worker *worker = argument;
    for (int made = 0; made < TEST_ROUNDS(20000); rt_poll(t)) {
        RtObject *wrapped = wrap_in_turn(t, worker->shared);
        rt_error_clear(t);
        if (wrapped == NULL) {
            rt_thread_yield(t);
            continue;
        }
        MUST(rt_list_append(t, worker->shared, wrapped));
        rt_decref(t, wrapped);
        made++;
    }
}

static void a_chain_of_many_owners(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *list = rt_list_new(t, 1);
    RtObject *end = test_int(t, 1000);
    assert_true(rt_list_append(t, list, end));
    rt_decref(t, end);
    test_run_threads(t, 4, build_by_turns, list);
    assert_int_equal(rt_list_size(t, list), 1);
    rt_decref(t, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(deep_tuples),
        TEST(deep_lists),
        TEST(deep_dicts),
        TEST(deep_instances),
        TEST(deep_mixtures),
        TEST(deep_trees),
        TEST(clearing_a_deep_list),
        TEST(putting_off_is_counted),
        TEST(a_stranger_frees_a_deep_chain),
        TEST(a_chain_of_many_owners),
    };
    return cmocka_run_group_tests_name("destroy", tests, NULL, NULL);
}
