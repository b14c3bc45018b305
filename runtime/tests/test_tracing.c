// Tracing: what is alive by site and type, snapshots, differences, the peak; threads.
#include "testing.h"

#include <stdlib.h>

#include "object/array.h"

static const RtSite here = {"here.py", 1}, there = {"there.py", 2};

static RtThread *traced(void **state)
{
    RtThread *t = test_thread(state);
    assert_true(rt_tracing_start(t));
    return t;
}

static RtTracingStats stats_of(RtThread *t)
{
    RtTracingStats stats;
    rt_tracing_stats(t, &stats);
    return stats;
}

// What a snapshot says of a site and a type; zeros if nothing.
static RtTracingEntry entry_of(const RtTracingSnapshot *snapshot, RtSite site, const char *type)
{
    for (size_t i = 0; i < snapshot->count; i++) {
        const RtTracingEntry *entry = &snapshot->entries[i];
        if (entry->site.file == site.file && entry->site.line == site.line &&
            strcmp(entry->type, type) == 0)
            return *entry;
    }
    return (RtTracingEntry){0};
}

static RtTracingEntry alive(RtThread *t, RtSite site, const char *type)
{
    RtTracingSnapshot *snapshot = rt_tracing_snapshot(t);
    assert_non_null(snapshot);
    RtTracingEntry entry = entry_of(snapshot, site, type);
    rt_tracing_free(snapshot);
    return entry;
}

// ------------------------------------------------------------------ one thread

static void blocks_by_site_and_type(void **state)
{
    RtThread *t = traced(state);
    rt_site_set(t, here);
    RtObject *number = test_int(t, 1 << 20);
    RtObject *text = test_str(t, "text");
    RtSite before = rt_site_set(t, there);
    assert_true(before.file == here.file && before.line == here.line);
    RtObject *other = test_int(t, 1 << 21);
    assert_int_equal(alive(t, here, "int").blocks, 1);
    assert_int_equal(alive(t, here, "str").blocks, 1);
    assert_int_equal(alive(t, there, "int").blocks, 1);
    assert_int_equal(alive(t, there, "str").blocks, 0);
    assert_int_equal(alive(t, here, "int").bytes, alive(t, there, "int").bytes);
    assert_true(alive(t, here, "int").bytes > (int64_t)rt_build_header_size());
    rt_decref(t, number);
    assert_int_equal(alive(t, here, "int").blocks, 0);
    assert_int_equal(alive(t, here, "int").bytes, 0);
    rt_decref(t, text);
    rt_decref(t, other);
    assert_int_equal(stats_of(t).blocks, 0);
    assert_int_equal(stats_of(t).bytes, 0);
}

static void a_macro_sets_the_line(void **state)
{
    RtThread *t = traced(state);
    RT_HERE(t);
    RtSite site = {__FILE__, __LINE__ - 1};
    RtObject *text = test_str(t, "text");
    assert_int_equal(alive(t, site, "str").blocks, 1);
    rt_decref(t, text);
}

static void arrays_and_large_objects(void **state)
{
    RtThread *t = traced(state);
    rt_site_set(t, here);
    RtObject *list = rt_list_new(t, 100);
    assert_int_equal(alive(t, here, "array").blocks, 1);
    assert_true(alive(t, here, "array").bytes >= 800);
    for (int i = 0; i < 1000; i++)
        assert_true(rt_list_append(t, list, rt_none()));
    assert_int_equal(alive(t, here, "array").blocks, 1);
    assert_true(alive(t, here, "array").bytes >= 8000);
    rt_list_clear(t, list);
    assert_int_equal(alive(t, here, "array").blocks, 0);
    RtObject *tuple = rt_tuple_new(t, 1000);
    assert_true(alive(t, here, "tuple").bytes >= 8000);
    RtObject *dict = rt_dict_new(t);
    assert_true(rt_dict_set(t, dict, rt_none(), rt_none()));
    assert_int_equal(alive(t, here, "array").blocks, 1);
    rt_decref(t, dict);
    rt_decref(t, tuple);
    rt_decref(t, list);
    assert_int_equal(stats_of(t).blocks, 0);
}

// What the runtime uses by itself, and gives back to the system directly, is no container's.
static void other_arrays_are_not_traced(void **state)
{
    RtThread *t = traced(state);
    for (int i = 0; i < 100; i++)
        rt_array_free(rt__array_new(t, 0, 10, 8));
    assert_int_equal(stats_of(t).blocks, 0);
}

// Blocks from before are none of ours, when they die, and neither when their memory is used
// again.
static void what_was_before_is_not_traced(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *old[100];
    for (int i = 0; i < 100; i++)
        old[i] = test_int(t, 1000 + i);
    assert_true(rt_tracing_start(t));
    for (int i = 0; i < 100; i++)
        rt_decref(t, old[i]);
    assert_int_equal(stats_of(t).blocks, 0);
    for (int i = 0; i < 100; i++)
        old[i] = test_int(t, 1000 + i);
    assert_int_equal(stats_of(t).blocks, 100);
    rt_tracing_stop(t);
    assert_int_equal(stats_of(t).blocks, 0);
    for (int i = 0; i < 100; i++)
        rt_decref(t, old[i]);
    assert_true(rt_tracing_start(t));
    assert_true(rt_tracing_start(t)); // changes nothing
    assert_int_equal(stats_of(t).blocks, 0);
}

static void the_peak(void **state)
{
    RtThread *t = traced(state);
    RtObject *a = test_str(t, "a");
    RtObject *b = test_str(t, "b");
    rt_decref(t, a);
    RtTracingStats stats = stats_of(t);
    assert_int_equal(stats.blocks, 1);
    assert_int_equal(stats.peak_blocks, 2);
    assert_int_equal(stats.peak_bytes, 2 * stats.bytes);
    rt_tracing_reset_peak(t);
    assert_int_equal(stats_of(t).peak_blocks, 1);
    rt_decref(t, b);
    assert_int_equal(stats_of(t).peak_blocks, 1);
    assert_int_equal(stats_of(t).lost, 0);
    assert_true(stats_of(t).overhead_bytes > 0);
}

static void differences(void **state)
{
    RtThread *t = traced(state);
    rt_site_set(t, here);
    RtObject *kept = test_int(t, 1000);
    RtObject *dropped = test_int(t, 1001);
    RtTracingSnapshot *before = rt_tracing_snapshot(t);
    rt_decref(t, dropped);
    rt_site_set(t, there);
    RtObject *made = test_str(t, "made");
    RtTracingSnapshot *after = rt_tracing_snapshot(t);
    RtTracingSnapshot *difference = rt_tracing_difference(t, before, after);
    assert_non_null(difference);
    assert_int_equal(entry_of(difference, here, "int").blocks, -1);
    assert_int_equal(entry_of(difference, here, "int").bytes,
                     -entry_of(after, here, "int").bytes);
    assert_int_equal(entry_of(difference, there, "str").blocks, 1);
    assert_null(rt_tracing_difference(t, after, before));
    test_error(t, RT_ERROR_VALUE);
    rt_tracing_stop(t);
    assert_true(rt_tracing_start(t));
    RtTracingSnapshot *again = rt_tracing_snapshot(t);
    assert_null(rt_tracing_difference(t, before, again)); // another session
    test_error(t, RT_ERROR_VALUE);
    rt_tracing_free(before);
    rt_tracing_free(after);
    rt_tracing_free(again);
    rt_tracing_free(difference);
    rt_decref(t, kept);
    rt_decref(t, made);
}

// Against a model: random blocks at many sites come and go.
static void a_thousand_sites(void **state)
{
    enum { SITES = 1000, SLOTS = 5000 };
    RtThread *t = traced(state);
    uint64_t random = 5;
    int64_t counts[SITES] = {0};
    struct {
        RtObject *object;
        uint32_t site;
    } *slots = calloc(SLOTS, sizeof *slots);
    for (int i = 0; i < TEST_ROUNDS(100000); i++) {
        size_t slot = test_random(&random) % SLOTS;
        if (slots[slot].object != NULL) {
            rt_decref(t, slots[slot].object);
            counts[slots[slot].site]--;
        }
        slots[slot].site = (uint32_t)(test_random(&random) % SITES);
        rt_site_set(t, (RtSite){"many.py", slots[slot].site});
        slots[slot].object = rt_tuple_new(t, test_random(&random) % 80);
        counts[slots[slot].site]++;
    }
    RtTracingSnapshot *snapshot = rt_tracing_snapshot(t);
    for (uint32_t site = 0; site < SITES; site++)
        assert_int_equal(entry_of(snapshot, (RtSite){"many.py", site}, "tuple").blocks,
                         counts[site]);
    rt_tracing_free(snapshot);
    for (size_t i = 0; i < SLOTS; i++)
        rt_decref_null(t, slots[i].object);
    assert_int_equal(stats_of(t).blocks, 0);
    assert_int_equal(stats_of(t).lost, 0);
    free(slots);
}

// ------------------------------------------------------------------ several threads

// Makes lists that the other threads drop, and the other way round.
static void exchange(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtObject *shelf = worker->shared;
    rt_site_set(t, (RtSite){"worker.py", worker->index});
    for (int i = 0; i < TEST_ROUNDS(5000); i++) {
        RtObject *list = rt_list_new(t, 2);
        MUST(list != NULL && rt_list_append(t, list, rt_none()));
        MUST(rt_list_set(t, shelf, (size_t)i % 8, list));
        rt_decref(t, list);
        rt_poll(t);
    }
}

static void blocks_that_others_free(void **state)
{
    NEEDS_THREADS();
    RtThread *t = traced(state);
    RtObject *shelf = rt_list_new(t, 8);
    for (int i = 0; i < 8; i++)
        MUST(rt_list_append(t, shelf, rt_none()));
    test_run_threads(t, 4, exchange, shelf);
    rt_decref(t, shelf);
    rt_poll(t);
    assert_int_equal(stats_of(t).blocks, rt_runtime_live_objects(t->runtime));
    assert_int_equal(stats_of(t).blocks, 0);
}

// Turned on and off while others allocate.
static void switch_on_and_off(RtThread *t, void *argument)
{
    Worker *worker = argument;
    if (worker->index != 0) {
        exchange(t, argument);
        return;
    }
    for (int i = 0; i < TEST_ROUNDS(50); i++) {
        MUST(rt_tracing_start(t));
        rt_poll(t);
        rt_tracing_free(rt_tracing_snapshot(t));
        rt_tracing_stop(t);
    }
}

static void on_and_off_beside_others(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *shelf = rt_list_new(t, 8);
    for (int i = 0; i < 8; i++)
        MUST(rt_list_append(t, shelf, rt_none()));
    test_run_threads(t, 3, switch_on_and_off, shelf);
    rt_decref(t, shelf);
    assert_int_equal(stats_of(t).blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blocks_by_site_and_type),
        TEST(a_macro_sets_the_line),
        TEST(arrays_and_large_objects),
        TEST(other_arrays_are_not_traced),
        TEST(what_was_before_is_not_traced),
        TEST(the_peak),
        TEST(differences),
        TEST(a_thousand_sites),
        TEST(blocks_that_others_free),
        TEST(on_and_off_beside_others),
    };
    return cmocka_run_group_tests_name("tracing", tests, NULL, NULL);
}
