// What is alive, told apart by who knows of it; and why a single object is.
#include "testing_gc.h"

static const RtSite here = {"here.py", 1}, there = {"there.py", 2};

// How many objects of a kind and type there are, at all sites, or resources that are open.
static int64_t count(RtThread *t, RtLeakKind kind, const char *type, RtObject *const *held,
                     size_t held_count)
{
    RtLeakReport *report = rt_leaks_find(t, held, held_count);
    assert_non_null(report);
    int64_t blocks = 0;
    for (size_t i = 0; i < report->count; i++) {
        const RtLeak *leak = &report->leaks[i];
        if (leak->kind == kind && strcmp(leak->type, type) == 0) blocks += leak->blocks;
    }
    rt_leaks_free(report);
    return blocks;
}

// ------------------------------------------------------------------ leaks

static void nothing_is_alive(void **state)
{
    RtThread *t = manual(state);
    RtLeakReport *report = rt_leaks_find(t, NULL, 0);
    assert_non_null(report);
    assert_int_equal(report->count, 0);
    rt_leaks_free(report);
}

static void a_lost_reference(void **state)
{
    RtThread *t = manual(state);
    RtObject *list = new_list(t);
    RtObject *text = test_str(t, "behind it");
    append(t, list, text);
    rt_decref(t, text);
    assert_int_equal(count(t, RT_LEAK_LOST, "list", NULL, 0), 1);
    assert_int_equal(count(t, RT_LEAK_BEHIND, "str", NULL, 0), 1);
    assert_int_equal(count(t, RT_LEAK_REACHABLE, "list", NULL, 0), 0);
    rt_decref(t, list);
}

static void known_references(void **state)
{
    RtThread *t = manual(state);
    RtObject *held[] = {new_list(t)};
    RtObject *text = test_str(t, "in it");
    append(t, held[0], text);
    rt_decref(t, text);
    assert_int_equal(count(t, RT_LEAK_REACHABLE, "list", held, 1), 1);
    assert_int_equal(count(t, RT_LEAK_REACHABLE, "str", held, 1), 1);
    assert_int_equal(count(t, RT_LEAK_LOST, "list", held, 1), 0);
    rt_decref(t, held[0]);
}

// One object leads to another that is lost too: neither is "behind".
static void two_lost_ones(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = new_list(t);
    RtObject *b = new_list(t);
    append(t, a, b);
    assert_int_equal(count(t, RT_LEAK_LOST, "list", NULL, 0), 2);
    RtObject *held[] = {a}; // b is reachable then, whoever else refers to it
    assert_int_equal(count(t, RT_LEAK_REACHABLE, "list", held, 1), 2);
    rt_decref(t, b);
    assert_int_equal(count(t, RT_LEAK_LOST, "list", NULL, 0), 1);
    assert_int_equal(count(t, RT_LEAK_BEHIND, "list", NULL, 0), 1);
    rt_decref(t, a);
}

static void cyclic_garbage(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    RtObject *text = test_str(t, "on it");
    append(t, a, text);
    rt_decref(t, text);
    assert_int_equal(count(t, RT_LEAK_LOST, "list", NULL, 0), 1);
    assert_int_equal(count(t, RT_LEAK_CYCLE, "list", NULL, 0), 0);
    rt_decref(t, a);
    assert_int_equal(count(t, RT_LEAK_CYCLE, "list", NULL, 0), 2);
    assert_int_equal(count(t, RT_LEAK_CYCLE, "str", NULL, 0), 1);
    sound(t);
    assert_int_equal(rt_gc_collect(t, 2), 2);
    nothing_is_alive(state);
}

static void by_site(void **state)
{
    RtThread *t = manual(state);
    assert_true(rt_tracing_start(t));
    rt_site_set(t, here);
    RtObject *a = new_list(t);
    rt_site_set(t, there);
    RtObject *b = new_list(t);
    RtLeakReport *report = rt_leaks_find(t, NULL, 0);
    assert_int_equal(report->count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(report->leaks[i].blocks, 1);
        assert_true(report->leaks[i].bytes >= (int64_t)rt_build_header_size());
        assert_int_equal(report->leaks[i].kind, RT_LEAK_LOST);
    }
    assert_int_equal(report->leaks[0].site.line + report->leaks[1].site.line, 3);
    rt_leaks_free(report);
    rt_decref(t, a);
    rt_decref(t, b);
}

static void open_resources(void **state)
{
    RtThread *t = manual(state);
    rt_site_set(t, here);
    for (int id = 0; id < 40; id++)
        assert_true(rt_resource_opened(t, id % 2 ? "socket" : "file", id));
    assert_int_equal(count(t, RT_LEAK_RESOURCE, "file", NULL, 0), 20);
    for (int id = 0; id < 40; id += 2)
        rt_resource_closed(t, "file", id);
    rt_resource_closed(t, "file", 1); // a socket has that number
    assert_int_equal(count(t, RT_LEAK_RESOURCE, "file", NULL, 0), 0);
    assert_int_equal(count(t, RT_LEAK_RESOURCE, "socket", NULL, 0), 20);
}

static void leave_a_ring(RtThread *t, void *argument)
{
    (void)argument;
    rt_decref(t, pair(t));
}

static void of_threads_that_have_left(void **state)
{
    RtThread *t = manual(state);
    RtThreadHandle *handle = rt_thread_start(t, leave_a_ring, NULL);
    assert_non_null(handle);
    rt_thread_join(t, handle);
    assert_int_equal(count(t, RT_LEAK_CYCLE, "list", NULL, 0), 2);
    assert_int_equal(rt_gc_collect(t, 2), 2);
}

// A random graph, of which a third is held, a third lost, and a third left to the others: and
// what becomes of each, worked out the slow way.
enum { LISTS = 40 };
typedef struct Model {
    RtObject *lists[LISTS];
    RtLeakKind kinds[LISTS];
    bool edges[LISTS][LISTS];
    bool gone[LISTS]; // referred to by nobody
} Model;

static void make_graph(RtThread *t, Model *model, uint64_t *random)
{
    *model = (Model){0};
    for (int i = 0; i < LISTS; i++) {
        model->lists[i] = new_list(t);
        model->kinds[i] = i % 3 == 0   ? RT_LEAK_REACHABLE
                          : i % 3 == 1 ? RT_LEAK_LOST
                                       : RT_LEAK_CYCLE;
    }
    for (int i = 0; i < LISTS; i++) {
        uint64_t from = test_random(random) % LISTS;
        uint64_t to = test_random(random) % LISTS;
        append(t, model->lists[from], model->lists[to]);
        model->edges[from][to] = true;
    }
}

// Whether the kind of the one object says more of the other than that one's own.
static bool passes_on(RtLeakKind from, RtLeakKind *to)
{
    RtLeakKind reached = from == RT_LEAK_LOST ? RT_LEAK_BEHIND : from;
    bool stronger = reached == RT_LEAK_REACHABLE
                        ? *to != RT_LEAK_REACHABLE
                        : reached == RT_LEAK_BEHIND && *to == RT_LEAK_CYCLE;
    if (stronger) *to = reached;
    return stronger;
}

static bool spread_once(Model *model)
{
    bool changed = false;
    for (int i = 0; i < LISTS; i++)
        for (int j = 0; j < LISTS; j++)
            if (model->edges[i][j]) changed |= passes_on(model->kinds[i], &model->kinds[j]);
    return changed;
}

// Of the last third, what nobody refers to dies.
static bool die_once(Model *model)
{
    bool changed = false;
    for (int j = 2; j < LISTS; j += 3) {
        bool referred = model->gone[j];
        for (int i = 0; i < LISTS; i++)
            referred |= model->edges[i][j] && !model->gone[i];
        if (referred) continue;
        model->gone[j] = changed = true;
    }
    return changed;
}

static void compare_with(RtThread *t, const Model *model)
{
    RtObject *held[LISTS];
    size_t held_count = 0;
    int64_t expected[RT_LEAK_CYCLE + 1] = {0};
    for (int i = 0; i < LISTS; i++) {
        if (i % 3 == 0) held[held_count++] = model->lists[i];
        if (!model->gone[i]) expected[model->kinds[i]]++;
    }
    for (RtLeakKind kind = RT_LEAK_REACHABLE; kind <= RT_LEAK_CYCLE; kind++)
        assert_int_equal(count(t, kind, "list", held, held_count), expected[kind]);
}

static void against_a_model(void **state)
{
    RtThread *t = manual(state);
    uint64_t random = 11;
    Model model;
    for (int round = 0; round < TEST_ROUNDS(100); round++) {
        make_graph(t, &model, &random);
        while (spread_once(&model))
            continue;
        for (int i = 2; i < LISTS; i += 3)
            rt_decref(t, model.lists[i]);
        while (die_once(&model))
            continue;
        compare_with(t, &model);
        for (int i = 0; i < LISTS; i++)
            if (i % 3 != 2) rt_decref(t, model.lists[i]);
        rt_gc_collect(t, 2);
        assert_int_equal(live(t), 0);
    }
}

// ------------------------------------------------------------------ why it is alive

static void expect_path(RtThread *t, RtObject *object, RtObject *const *path, size_t size)
{
    RtObject *found = rt_gc_path_to(t, object);
    assert_non_null(found);
    assert_int_equal(rt_list_size(t, found), size);
    for (size_t i = 0; i < size; i++) {
        RtObject *step = rt_list_get(t, found, i);
        assert_ptr_equal(step, path[i]);
        rt_decref(t, step);
    }
    rt_decref(t, found);
    sound(t);
}

static void the_shortest_chain(void **state)
{
    RtThread *t = manual(state);
    RtObject *far = new_list(t), *middle = new_list(t), *near = new_list(t);
    RtObject *target = test_str(t, "why");
    append(t, far, middle);
    append(t, middle, near);
    append(t, near, target);
    expect_path(t, target, (RtObject *[]){near, target}, 2);
    rt_decref(t, near);
    expect_path(t, target, (RtObject *[]){middle, near, target}, 3);
    rt_decref(t, middle);
    expect_path(t, target, (RtObject *[]){far, middle, near, target}, 4);
    RtObject *shortcut = rt_tuple_new(t, 1);
    rt_tuple_set_steal(shortcut, 0, rt_new_ref(t, target));
    expect_path(t, target, (RtObject *[]){shortcut, target}, 2);
    rt_decref(t, shortcut);
    rt_decref(t, far);
    expect_path(t, target, NULL, 0); // the caller's alone
    rt_incref(t, target);
    expect_path(t, target, (RtObject *[]){target}, 1);
    rt_decref(t, target);
    rt_decref(t, target);
}

static void a_cycle_is_no_reason(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    expect_path(t, a, NULL, 0);
    RtObject *dict = rt_dict_new(t);
    MUST(rt_dict_set(t, dict, rt_none(), a));
    expect_path(t, a, (RtObject *[]){dict, a}, 2);
    rt_decref(t, dict);
    rt_decref(t, a);
    assert_int_equal(rt_gc_collect(t, 2), 2);
}

static void an_immortal_needs_no_reason(void **state)
{
    RtThread *t = manual(state);
    expect_path(t, rt_none(), NULL, 0);
    expect_path(t, rt_str_intern(t, "name", 4), NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_alive),     TEST(a_lost_reference),
        TEST(known_references),     TEST(two_lost_ones),
        TEST(cyclic_garbage),       TEST(by_site),
        TEST(open_resources),       TEST(of_threads_that_have_left),
        TEST(against_a_model),      TEST(the_shortest_chain),
        TEST(a_cycle_is_no_reason), TEST(an_immortal_needs_no_reason),
    };
    return cmocka_run_group_tests_name("leaks", tests, NULL, NULL);
}
