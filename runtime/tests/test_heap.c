// The private heap: memory of dead objects serves other classes and goes back to the system,
// from every thread; the debug mode finds what was overwritten; statistics tell what is there.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/poison.h"
#include "state/runtime.h"
#include "testing.h"

#define MANY 100000

static RtHeapStats stats_of(RtRuntime *runtime)
{
    RtHeapStats stats;
    rt_heap_read_stats(runtime, &stats);
    return stats;
}

static RtObject *str_of(RtThread *t, size_t size)
{
    static const char bytes[1 << 20];
    RtObject *str = rt_str_new(t, bytes, size);
    MUST(str != NULL);
    return str;
}

// A list with `count` strings of `size` bytes.
static RtObject *strs(RtThread *t, size_t count, size_t size)
{
    RtObject *list = rt_list_new(t, count);
    MUST(list != NULL);
    for (size_t i = 0; i < count; i++) {
        RtObject *str = str_of(t, size);
        MUST(rt_list_append(t, list, str));
        rt_decref(t, str);
    }
    return list;
}

static RtObject *lists(RtThread *t, size_t count)
{
    RtObject *outer = rt_list_new(t, count);
    MUST(outer != NULL);
    for (size_t i = 0; i < count; i++) {
        RtObject *inner = rt_list_new(t, 0);
        MUST(inner != NULL && rt_list_append(t, outer, inner));
        rt_decref(t, inner);
    }
    return outer;
}

// No other thread runs: what is retired waits for nobody.
static void give_back(RtThread *t)
{
    for (int i = 0; i < 3; i++)
        rt_heap_trim(t);
}

static void pools_go_back_to_the_system(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = strs(t, MANY, 50);
    RtHeapStats full = stats_of(t->runtime);
    assert_true(full.arenas * full.arena_size > MANY * 64);
    rt_decref(t, list);
    give_back(t);
    RtHeapStats empty = stats_of(t->runtime);
    assert_in_range(empty.arenas, 0, 2);
    assert_int_equal(empty.arenas_peak, full.arenas_peak);
    assert_in_range(empty.pools_used, 0, 8);
    assert_int_equal(empty.pools_waiting, 0);
}

// The same pools serve one class after the other, though nobody asks for it: a heap looks for
// empty pools as it grows.
static void pools_change_their_class(void **state)
{
    RtThread *t = test_thread(state);
    size_t most = 0;
    for (size_t size = 20; size < 400; size += 60) {
        RtObject *list = strs(t, 20 * MANY / (size + 40), size);
        rt_decref(t, list);
        RtHeapStats stats = stats_of(t->runtime);
        if (most == 0) most = stats.arenas_peak;
        assert_in_range(stats.arenas_peak, 1, most + most / 2 + 1);
    }
}

// One object in each pool keeps it; the blocks around it are used again.
static void live_objects_stay_where_they_are(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = strs(t, MANY / 10, 100);
    RtObject *kept = rt_list_new(t, 0);
    for (size_t i = 0; i < MANY / 10; i += 97) {
        RtObject *str = rt_list_get(t, list, i);
        assert_true(rt_list_append(t, kept, str));
        rt_decref(t, str);
    }
    RtObject *first = rt_list_get(t, kept, 0);
    rt_decref(t, first); // `kept` has it
    rt_decref(t, list);
    give_back(t);
    RtHeapStats stats = stats_of(t->runtime);
    size_t of_str = rt_span_of(first)->block_size / RT_HEAP_STATS_STEP;
    RtHeapClassStats with_kept = stats.classes[of_str];
    assert_true(with_kept.used == rt_list_size(t, kept) && with_kept.pools <= with_kept.used);
    for (size_t i = 0; i < rt_list_size(t, kept); i++) {
        RtObject *str = rt_list_get(t, kept, i);
        size_t size;
        assert_int_equal(rt_str_bytes_borrowed(str, &size)[0], 0);
        assert_int_equal(size, 100);
        rt_decref(t, str);
    }
    list = strs(t, with_kept.blocks - with_kept.used, 100);
    assert_int_equal(stats_of(t->runtime).classes[of_str].pools, with_kept.pools);
    rt_decref(t, list);
    rt_decref(t, kept);
}

// Containers die young, middle-aged and old; other containers are where they were; the
// collector's tables know nothing of the dead.
static void no_bit_outlives_its_pool(void **state)
{
    RtThread *t = test_thread(state);
    for (int round = 0; round < 6; round++) {
        RtObject *outer = lists(t, 20000);
        if (round % 3 > 0) rt_gc_collect(t, round % 3 - 1);
        rt_decref(t, outer);
        if (round % 2) give_back(t);
        RtObject *tuples = rt_list_new(t, 0);
        for (size_t i = 0; i < 5000; i++) {
            RtObject *tuple = rt_tuple_new(t, 1 + i % 20);
            for (size_t k = 0; k < 1 + i % 20; k++)
                rt_tuple_set_steal(tuple, k, rt_new_ref(t, rt_none()));
            assert_true(rt_list_append(t, tuples, tuple));
            rt_decref(t, tuple);
        }
        const char *wrong = rt_gc_audit(t);
        assert_string_equal(wrong != NULL ? wrong : "", "");
        rt_decref(t, tuples);
    }
}

static void large_objects_go_back(void **state)
{
    RtThread *t = test_thread(state);
    static const size_t sizes[] = {600, 5000, 40000, 1000000};
    for (size_t i = 0; i < 4; i++) {
        RtObject *list = strs(t, 60, sizes[i]);
        RtHeapStats stats = stats_of(t->runtime);
        assert_int_equal(stats.large_objects, 60);
        assert_true(stats.large_bytes >= 60 * sizes[i]);
        rt_decref(t, list);
        give_back(t);
        stats = stats_of(t->runtime);
        assert_int_equal(stats.large_objects, 0);
        assert_int_equal(stats.large_bytes, 0);
        assert_in_range(stats.arenas, 0, 2);
    }
}

// ------------------------------------------------------------------ threads

static void make_strs(RtThread *t, void *argument)
{
    RtObject **made = argument;
    *made = strs(t, MANY / 10, 60);
}

// A thread's objects outlive it; another drops them; a third request gives the memory back.
static void memory_of_exited_threads_goes_back(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    for (int round = 0; round < 3; round++) {
        RtObject *made[3];
        RtThreadHandle *handles[3];
        for (size_t i = 0; i < 3; i++)
            handles[i] = rt_thread_start(t, make_strs, &made[i]);
        for (size_t i = 0; i < 3; i++)
            rt_thread_join(t, handles[i]);
        for (size_t i = 0; i < 3; i++)
            rt_decref(t, made[i]);
        give_back(t);
        assert_in_range(stats_of(t->runtime).pools_used, 0, 20);
        assert_in_range(stats_of(t->runtime).arenas, 0, 2);
    }
}

typedef struct Exchange {
    _Atomic(RtObject *) slots[64];
} Exchange;

// Every thread puts objects of its own into slots and drops what it finds there: most frees are
// of other threads' objects.
static void exchange(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Exchange *shared = worker->shared;
    uint64_t seed = worker->index;
    for (int i = 0; i < TEST_ROUNDS(100000); i++) {
        uint64_t random = test_random(&seed);
        RtObject *mine = str_of(t, random % 7 ? random % 450 : random % 20000);
        RtObject *other = rt_atomic_exchange_acq_rel(&shared->slots[random >> 32 & 63], mine);
        rt_decref_null(t, other);
        rt_poll(t);
    }
}

static void blocks_freed_by_others_come_home(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Exchange shared = {{NULL}};
    for (int round = 0; round < 4; round++) {
        test_run_threads(t, 4, exchange, &shared);
        for (size_t i = 0; i < 64; i++) {
            rt_decref_null(t, rt_atomic_exchange_acq_rel(&shared.slots[i], NULL));
        }
        rt_poll(t);
        give_back(t);
        RtHeapStats stats = stats_of(t->runtime);
        assert_int_equal(stats.large_objects, 0);
        assert_in_range(stats.pools_used, 0, 40);
        assert_in_range(stats.arenas_peak, 1, 64); // a gigabyte went through
    }
}

// ------------------------------------------------------------------ the debug mode

static RtRuntime *guarded_runtime(void)
{
    RtRuntime *runtime = rt_runtime_create(&(RtOptions){.heap_guards = true});
    MUST(runtime != NULL);
    return runtime;
}

// A careless program writes where it may not; the audit must say so.
static void must_find(RtThread *t, char *byte, const char *what)
{
    assert_null(rt_heap_audit(t));
    RT_UNPOISON(byte, 1);
    char before = *byte;
    *byte = (char)(before ^ 1);
    const char *sentence = rt_heap_audit(t);
    assert_non_null(sentence);
    if (strstr(sentence, what) == NULL) fail_msg("%s", sentence);
    RT_UNPOISON(byte, 1);
    *byte = before;
    assert_null(rt_heap_audit(t));
}

static void damage_is_found_by_the_audit(void **state)
{
    RtThread *t = test_thread(state);
    assert_null(rt_heap_audit(t)); // nothing to look at
    rt_thread_leave(t);
    RtRuntime *runtime = guarded_runtime();
    t = rt_thread_enter(runtime);
    RtObject *str = test_str(t, "a string of no particular length");
    RtObject *large = str_of(t, 3000);
    RtObject *list = rt_list_new(t, 0);
    RtObject *dead = str_of(t, 200);
    rt_decref(t, dead);
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(str, &size);
    must_find(t, (char *)bytes + size + 1, "the guard behind the str");
    bytes = rt_str_bytes_borrowed(large, &size);
    must_find(t, (char *)bytes + size + 1, "the guard behind the str");
    must_find(t, (char *)large - 1, "the guard before the str");
    must_find(t, (char *)list + rt_span_of(list)->block_size - 1, "the guard behind the list");
    must_find(t, (char *)list + rt_span_of(list)->block_size - 10,
              "the size kept behind the list");
    must_find(t, (char *)dead + 100, "the free block, formerly str");
    rt_decref(t, str);
    rt_decref(t, large);
    rt_decref(t, list);
    rt_thread_leave(t);
    rt_runtime_destroy(runtime);
    ((Fixture *)*state)->t = rt_thread_enter(((Fixture *)*state)->runtime);
}

static void overrun_and_free(int error)
{
    dup2(error, STDERR_FILENO);
    RtThread *t = rt_thread_enter(guarded_runtime());
    RtObject *str = test_str(t, "too short");
    size_t size;
    char *end = (char *)rt_str_bytes_borrowed(str, &size) + size + 1;
    RT_UNPOISON(end, 1);
    *end = 'x';
    rt_decref(t, str);
    _exit(0);
}

static void damage_is_found_when_an_object_is_freed(void **state)
{
    Fixture *fixture = *state;
    rt_thread_leave(fixture->t);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) overrun_and_free(ends[1]);
    close(ends[1]);
    char text[400] = "";
    ssize_t length = read(ends[0], text, sizeof text - 1);
    int status;
    waitpid(child, &status, 0);
    close(ends[0]);
    assert_true(length > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_non_null(strstr(text, "the guard behind the str at 0x"));
    fixture->t = rt_thread_enter(fixture->runtime);
}

// ------------------------------------------------------------------ other modes

static void work(RtThread *t)
{
    RtObject *list = strs(t, 500, 30);
    RtObject *more = strs(t, 20, 2000);
    RtObject *outer = lists(t, 1000);
    assert_true(rt_list_extend(t, list, more));
    assert_true(rt_list_append(t, outer, outer));
    rt_decref(t, outer);
    assert_in_range(rt_gc_collect(t, 2), 1, 1001);
    assert_null(rt_gc_audit(t));
    assert_null(rt_heap_audit(t));
    rt_decref(t, more);
    rt_decref(t, list);
}

static void every_mode_does_the_same(void **state)
{
    Fixture *fixture = *state;
    rt_thread_leave(fixture->t);
    for (int mode = 0; mode < 4; mode++) {
        RtOptions options = {.heap_guards = mode & 1, .heap_system = mode & 2};
        RtRuntime *runtime = rt_runtime_create(&options);
        RtThread *t = rt_thread_enter(runtime);
        for (int i = 0; i < 3; i++)
            work(t);
        if (RT_LOCK_PROTECTS) test_run_threads(t, 2, exchange, &(Exchange){{NULL}});
        rt_thread_leave(t);
        if (!RT_LOCK_PROTECTS) assert_int_equal(rt_runtime_live_objects(runtime), 0);
        rt_runtime_destroy(runtime);
    }
    fixture->t = rt_thread_enter(fixture->runtime);
}

static void statistics_tell_what_is_there(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = rt_list_new(t, 1000);
    RtHeapStats before = stats_of(t->runtime);
    for (int i = 0; i < 1000; i++) {
        RtObject *number = rt_float_new(t, i);
        assert_true(rt_list_append(t, list, number));
        rt_decref(t, number);
    }
    RtHeapStats stats = stats_of(t->runtime);
    size_t of_float = (rt_build_header_size() + sizeof(double) + 15) / 16;
    assert_int_equal(stats.classes[of_float].used, before.classes[of_float].used + 1000);
    size_t pools = 0;
    for (size_t c = 0; c < RT_HEAP_STATS_CLASSES; c++) {
        const RtHeapClassStats *of_class = &stats.classes[c];
        assert_true(of_class->used <= of_class->blocks);
        assert_true(of_class->blocks * c * RT_HEAP_STATS_STEP <=
                    of_class->pools * stats.pool_size);
        pools += of_class->pools;
    }
    assert_int_equal(pools, stats.pools_used);
    assert_int_equal((pools + stats.pools_free) * stats.pool_size,
                     stats.arenas * stats.arena_size);
    uint64_t requests = stats.classes[of_float].requests - before.classes[of_float].requests;
    assert_int_equal(requests, test_counts() ? 1000 : 0);
    rt_decref(t, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pools_go_back_to_the_system),
        TEST(pools_change_their_class),
        TEST(live_objects_stay_where_they_are),
        TEST(no_bit_outlives_its_pool),
        TEST(large_objects_go_back),
        TEST(memory_of_exited_threads_goes_back),
        TEST(blocks_freed_by_others_come_home),
        TEST(damage_is_found_by_the_audit),
        TEST(damage_is_found_when_an_object_is_freed),
        TEST(every_mode_does_the_same),
        TEST(statistics_tell_what_is_there),
    };
    return cmocka_run_group_tests_name("heap", tests, NULL, NULL);
}
