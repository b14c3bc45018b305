// The cycle collector's generations: who is in which, when each is collected, what is told of
// them, and that the auditor finds what is wrong.
#include <stdio.h>

#include "testing_gc.h"

// ------------------------------------------------------------------ generations

static size_t members(RtThread *t, int generation)
{
    RtObject *list = rt_gc_get_objects(t, generation);
    assert_non_null(list);
    size_t size = rt_list_size(t, list);
    rt_decref(t, list);
    return size;
}

static void surviving_is_growing_old(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    for (int generation = 0; generation < 3; generation++) {
        for (int other = 0; other < 3; other++)
            assert_int_equal(members(t, other), other == generation ? 2 : 0);
        assert_int_equal(rt_gc_collect(t, generation), 0);
    }
    assert_int_equal(members(t, 2), 2);
    rt_decref(t, a);
    assert_int_equal(rt_gc_collect(t, 1), 0);
    assert_int_equal(members(t, 2), 2);
    assert_int_equal(rt_gc_collect(t, 2), 2);
    assert_int_equal(members(t, -1), 0);
    sound(t);
}

// A block that was old in one life is young in the next.
static void reused_blocks_are_young(void **state)
{
    RtThread *t = manual(state);
    RtObject *lists[50];
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 50; i++)
            lists[i] = new_list(t);
        assert_int_equal(members(t, 0), 50);
        assert_int_equal(members(t, 2), 0);
        rt_gc_collect(t, 2);
        sound(t);
        assert_int_equal(members(t, 2), 50);
        for (int i = 0; i < 50; i++)
            rt_decref(t, lists[i]);
    }
}

// A collection guesses that what was referenced from outside at the last one is so still.
static void a_wrong_guess_costs_nobody_his_life(void **state)
{
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    RtObject *b = pair(t);
    RtObject *c = pair(t);
    assert_int_equal(rt_gc_collect(t, 2), 0);
    assert_int_equal(rt_gc_collect(t, 2), 0);
    append(t, b, a); // no root any more, but alive
    rt_decref(t, a);
    rt_decref(t, c); // garbage
    assert_int_equal(rt_gc_collect(t, 2), 2);
    sound(t);
    assert_int_equal(members(t, 2), 4);
    rt_decref(t, b);
    assert_int_equal(rt_gc_collect(t, 2), 4);
    assert_int_equal(live(t), 0);
}

// Nor is a guess about a block good for the next object there.
static void a_guess_dies_with_its_object(void **state)
{
    RtThread *t = manual(state);
    for (int round = 0; round < 3; round++) {
        RtObject *a = pair(t);
        assert_int_equal(rt_gc_collect(t, 2), 0);
        rt_decref(t, a);
        assert_int_equal(rt_gc_collect(t, 2), 2);
        rt_decref(t, pair(t));
        assert_int_equal(rt_gc_collect(t, 2), 2);
    }
    assert_int_equal(live(t), 0);
}

static uint64_t examined(RtThread *t, unsigned generation)
{
    RtGcStats stats[3];
    rt_gc_get_stats(t, stats);
    return stats[generation].examined;
}

static void a_young_collection_sees_the_young_only(void **state)
{
    RtThread *t = manual(state);
    RtObject *old = new_list(t);
    for (int i = 0; i < 10000; i++) {
        RtObject *item = new_list(t);
        append(t, old, item);
        rt_decref(t, item);
    }
    rt_gc_collect(t, 2);
    assert_int_equal(examined(t, 2), 10001);
    RtObject *young = pair(t);
    append(t, young, old);
    rt_gc_collect(t, 0);
    assert_int_equal(examined(t, 0), 2);
    rt_decref(t, young);
    rt_decref(t, old);
    assert_int_equal(rt_gc_collect(t, 1), 2);
}

static void statistics(void **state)
{
    Fixture *fixture = *state;
    RtThread *t = manual(state);
    RtObject *a = pair(t);
    rt_decref(t, pair(t));
    rt_gc_collect(t, 0);
    rt_gc_collect(t, 2);
    RtGcStats stats[3];
    rt_gc_get_stats(t, stats);
    RtGcStats first = {1, 4, 2, 2}, none = {0}, last = {1, 2, 2, 0};
    assert_memory_equal(&stats[0], &first, sizeof first);
    assert_memory_equal(&stats[1], &none, sizeof none);
    assert_memory_equal(&stats[2], &last, sizeof last);
    uint64_t counts = test_counts();
    assert_int_equal(test_counter(fixture->runtime, "gc_collections_0"), counts);
    assert_int_equal(test_counter(fixture->runtime, "gc_collections_2"), counts);
    assert_int_equal(test_counter(fixture->runtime, "gc_collected"), 2 * counts);
    assert_int_equal(test_counter(fixture->runtime, "gc_survived"), 4 * counts);
    rt_decref(t, a);
    rt_gc_collect(t, 2);
}

// ------------------------------------------------------------------ when

static void thresholds_are_kept(void **state)
{
    RtThread *t = test_thread(state);
    uint32_t thresholds[3];
    rt_gc_get_threshold(t, thresholds);
    assert_int_equal(thresholds[0], RT_GC_THRESHOLD_0);
    assert_int_equal(thresholds[1], RT_GC_THRESHOLD_1);
    assert_int_equal(thresholds[2], RT_GC_THRESHOLD_2);
    set_thresholds(t, 7, 8, 9);
    rt_gc_get_threshold(t, thresholds);
    assert_int_equal(thresholds[0], 7);
    assert_int_equal(thresholds[1], 8);
    assert_int_equal(thresholds[2], 9);
    assert_true(rt_gc_is_enabled(t));
    rt_gc_disable(t);
    assert_false(rt_gc_is_enabled(t));
    rt_gc_enable(t);
    assert_true(rt_gc_is_enabled(t));
    assert_int_equal(rt_gc_collect(t, 3), -1);
    test_error(t, RT_ERROR_VALUE);
    assert_int_equal(rt_gc_collect(t, -1), -1);
    test_error(t, RT_ERROR_VALUE);
    assert_null(rt_gc_get_objects(t, 3));
    test_error(t, RT_ERROR_VALUE);
}

// Lists that live, each made before a poll. Returns how many were made before one collection
// of `generation` more.
static int until_collected(RtThread *t, RtObject *keeper, unsigned generation)
{
    uint64_t before = collections(t, generation);
    for (int made = 1; made < 100000; made++) {
        RtObject *list = new_list(t);
        append(t, keeper, list);
        rt_decref(t, list);
        rt_poll(t);
        if (collections(t, generation) > before) return made;
    }
    fail_msg("no collection of generation %u", generation);
    return 0;
}

static void the_count_passes_the_threshold(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *keeper = new_list(t);
    rt_gc_collect(t, 2);
    set_thresholds(t, 700, 10, 10);
    assert_int_equal(until_collected(t, keeper, 0), 701);
    assert_int_equal(until_collected(t, keeper, 0), 701);
    uint32_t counts[3];
    rt_gc_get_count(t, counts);
    assert_int_equal(counts[0], 0);
    assert_int_equal(counts[1], 2);
    rt_decref(t, new_list(t));
    rt_decref(t, keeper); // the dead count down, to zero and not below
    rt_gc_get_count(t, counts);
    assert_int_equal(counts[0], 0);
    RtObject *list = new_list(t);
    keeper = new_list(t);
    set_thresholds(t, 3000, 10, 10); // more than the buffer holds
    assert_in_range(until_collected(t, keeper, 0), 2900, 3000 + 3000 / 8 + 1);
    rt_decref(t, keeper);
    rt_decref(t, list);
}

// Making and dropping never comes to a collection, however often the block is reused.
static void the_dead_are_not_counted(void **state)
{
    RtThread *t = test_thread(state);
    rt_gc_collect(t, 2);
    set_thresholds(t, 20, 10, 10);
    uint64_t before = collections(t, 0);
    for (int i = 0; i < 10000; i++) {
        RtObject *list = new_list(t);
        rt_poll(t);
        rt_decref(t, list);
    }
    assert_int_equal(collections(t, 0), before);
    sound(t);
}

static void disabled_or_zero_is_never(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *keeper = new_list(t);
    for (int way = 0; way < 2; way++) {
        set_thresholds(t, way == 0 ? 0 : 10, 1, 1);
        if (way == 1) rt_gc_disable(t);
        uint64_t before = collections(t, 0);
        for (int i = 0; i < 3000; i++) {
            RtObject *list = new_list(t);
            append(t, keeper, list);
            rt_decref(t, list);
            rt_poll(t);
        }
        assert_int_equal(collections(t, 0), before);
    }
    rt_gc_enable(t);
    assert_in_range(until_collected(t, keeper, 0), 1, 20);
    rt_decref(t, keeper);
}

static void each_generation_in_its_turn(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *keeper = new_list(t);
    set_thresholds(t, 10, 2, 3);
    rt_gc_collect(t, 2);
    uint64_t before[] = {collections(t, 0), collections(t, 1), collections(t, 2)};
    until_collected(t, keeper, 1);
    assert_int_equal(collections(t, 0), before[0] + 3);
    until_collected(t, keeper, 2);
    assert_int_equal(collections(t, 1), before[1] + 4);
    assert_int_equal(collections(t, 0), before[0] + 4 * 3); // the oldest that is due goes first
    rt_decref(t, keeper);
}

// A full collection waits until the heap has grown by a quarter.
static void the_quarter_rule(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *keeper = new_list(t);
    set_thresholds(t, 0, 0, 0);
    for (int i = 0; i < 3999; i++) {
        RtObject *list = new_list(t);
        append(t, keeper, list);
        rt_decref(t, list);
    }
    rt_gc_collect(t, 2); // 4000 are long-lived
    set_thresholds(t, 10, 0, 0);
    assert_in_range(until_collected(t, keeper, 2), 1000, 1040);
    rt_decref(t, keeper);
}

// ------------------------------------------------------------------ looking

static void referrers(void **state)
{
    RtThread *t = manual(state);
    RtObject *object = rt_float_new(t, 2.5);
    RtObject *list = new_list(t);
    RtObject *tuple = rt_tuple_new(t, 1);
    RtObject *stranger = new_list(t);
    append(t, list, object);
    rt_tuple_set_steal(tuple, 0, rt_new_ref(t, object));
    rt_gc_collect(t, 0);
    RtObject *found = rt_gc_get_referrers(t, object);
    assert_int_equal(rt_list_size(t, found), 2);
    RtObject *a = rt_list_get(t, found, 0);
    RtObject *b = rt_list_get(t, found, 1);
    assert_true((a == list && b == tuple) || (a == tuple && b == list));
    rt_decref(t, a);
    rt_decref(t, b);
    rt_decref(t, found);
    found = rt_gc_get_referrers(t, stranger);
    assert_int_equal(rt_list_size(t, found), 0);
    rt_decref(t, found);
    assert_true(rt_gc_is_tracked(list));
    assert_true(rt_gc_is_tracked(tuple));
    assert_false(rt_gc_is_tracked(object));
    assert_false(rt_gc_is_tracked(rt_none()));
    rt_decref(t, stranger);
    rt_decref(t, tuple);
    rt_decref(t, list);
    rt_decref(t, object);
}

static void referents(void **state)
{
    RtThread *t = manual(state);
    RtObject *dict = rt_dict_new(t);
    RtObject *key = rt_str_new(t, "key", 3);
    RtObject *value = new_list(t);
    assert_true(rt_dict_set(t, dict, key, value));
    RtObject *found = rt_gc_get_referents(t, dict);
    assert_int_equal(rt_list_size(t, found), 2);
    RtObject *a = rt_list_get(t, found, 0);
    RtObject *b = rt_list_get(t, found, 1);
    assert_ptr_equal(a, key);
    assert_ptr_equal(b, value);
    rt_decref(t, a);
    rt_decref(t, b);
    rt_decref(t, found);
    found = rt_gc_get_referents(t, key);
    assert_int_equal(rt_list_size(t, found), 0);
    rt_decref(t, found);
    rt_decref(t, value);
    rt_decref(t, key);
    rt_decref(t, dict);
}

static void freezing(void **state)
{
    RtThread *t = manual(state);
    rt_decref(t, pair(t));
    rt_gc_freeze(t);
    assert_int_equal(rt_gc_freeze_count(t), 2);
    assert_int_equal(members(t, -1), 0);
    assert_int_equal(rt_gc_collect(t, 2), 0);
    sound(t);
    rt_gc_unfreeze(t);
    assert_int_equal(rt_gc_freeze_count(t), 0);
    assert_int_equal(members(t, 2), 2);
    assert_int_equal(rt_gc_collect(t, 2), 2);
}

// ------------------------------------------------------------------ the auditor

// A reference is dropped that nobody had.
static void a_wrong_count_is_found(void **state)
{
    RtThread *t = manual(state);
    RtObject *keeper = new_list(t);
    for (int i = 0; i < 100; i++) {
        RtObject *item = i % 2 ? new_list(t) : rt_float_new(t, i);
        append(t, keeper, item);
        append(t, keeper, item);
        rt_decref(t, item);
    }
    sound(t);
    for (size_t i = 40; i < 44; i += 2) {
        RtObject *item = rt_list_get(t, keeper, i);
        rt_decref(t, item);
        assert_false(rt_ref_decref(t, &item->ref));
        char name[64];
        snprintf(name, sizeof name, "count of the %s at %p does not cover",
                 rt_type_name(rt_type_of(item)), (void *)item);
        const char *violation = rt_gc_audit(t);
        assert_non_null(violation);
        assert_non_null(strstr(violation, name));
        rt_incref(t, item);
        sound(t);
    }
    rt_decref(t, keeper);
}

static void a_wrong_table_is_found(void **state)
{
    RtThread *t = manual(state);
    RtObject *list = new_list(t);
    rt_gc_collect(t, 2);
    sound(t);
    RtSpan *span = rt_span_of(list);
    uint32_t index = rt_span_index(span, list);
    uint64_t *word = &span->gc_sets[2].members[index / 64];
    *word ^= (uint64_t)1 << index % 64;
    assert_non_null(strstr(rt_gc_audit(t), "is in no generation"));
    *word ^= (uint64_t)1 << index % 64;
    sound(t);
    rt_decref(t, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(surviving_is_growing_old),
        TEST(reused_blocks_are_young),
        TEST(a_wrong_guess_costs_nobody_his_life),
        TEST(a_guess_dies_with_its_object),
        TEST(a_young_collection_sees_the_young_only),
        TEST(statistics),
        TEST(thresholds_are_kept),
        TEST(the_count_passes_the_threshold),
        TEST(the_dead_are_not_counted),
        TEST(disabled_or_zero_is_never),
        TEST(each_generation_in_its_turn),
        TEST(the_quarter_rule),
        TEST(referrers),
        TEST(referents),
        TEST(freezing),
        TEST(a_wrong_count_is_found),
        TEST(a_wrong_table_is_found),
    };
    return cmocka_run_group_tests_name("generations", tests, NULL, NULL);
}
