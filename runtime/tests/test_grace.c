// test_grace.c: grace periods (thread/grace.c): what they wait for and what they order.
#include <stdlib.h>

#include "state/runtime.h"
#include "testing.h"

static void passes_at_once_for_the_only_thread(void **state)
{
    RtThread *t = test_thread(state);
    uint64_t goal = rt__grace_goal(t);
    assert_int_not_equal(goal, 0);
    assert_true(rt__grace_passed(t, goal));
    assert_true(rt__grace_passed(t, goal));
}

static void passes_in_a_stopped_world(void **state)
{
    RtThread *t = test_thread(state);
    rt_world_stop(t);
    assert_true(rt__grace_passed(t, rt__grace_goal(t)));
    rt_world_start(t);
}

// ------------------------------------------------------------------ one reader, by steps

typedef struct Steps {
    _Atomic unsigned step; // what the reader has done
    _Atomic unsigned may;  // up to what it may go
} Steps;

static void await(_Atomic unsigned *word, unsigned value)
{
    while (rt_atomic_load_acquire(word) < value)
        rt_cpu_yield();
}

// Waits attached: under a GIL nobody could ever let it go on.
static void read_by_steps(RtThread *t, void *argument)
{
    Steps *steps = argument;
    rt_atomic_store_release(&steps->step, 1u); // attached, and does not poll
    await(&steps->may, 1);
    rt_poll(t);
    rt_atomic_store_release(&steps->step, 2u);
    await(&steps->may, 2);
    rt_thread_detach(t);
    rt_atomic_store_release(&steps->step, 3u);
    await(&steps->may, 3);
    rt_thread_attach(t);
}

static void waits_for_a_thread_that_runs_and_no_other(void **state)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) skip();
    RtThread *t = test_thread(state);
    Steps steps = {0};
    RtThreadHandle *reader = rt_thread_start(t, read_by_steps, &steps);
    assert_non_null(reader);

    await(&steps.step, 1);
    uint64_t first = rt__grace_goal(t);
    uint64_t second = rt__grace_goal(t);
    assert_true(second > first);
    assert_false(rt__grace_passed(t, second));
    assert_false(rt__grace_passed(t, first));

    rt_atomic_store_release(&steps.may, 1u);
    await(&steps.step, 2);
    assert_true(rt__grace_passed(t, second)); // the one poll was slow, because we asked
    assert_true(rt__grace_passed(t, first));
    uint64_t third = rt__grace_goal(t);
    assert_false(rt__grace_passed(t, third));

    rt_atomic_store_release(&steps.may, 2u);
    await(&steps.step, 3);
    assert_true(rt__grace_passed(t, third));
    rt_atomic_store_release(&steps.may, 3u);
    rt_thread_join(t, reader);
}

// ------------------------------------------------------------------ readers and writers

// Two writers replace a block that the others read without a lock, and destroy it after a grace
// period. The accesses to its words are plain, so the thread sanitizer judges the order.
typedef struct Block {
    uint64_t value;
    uint64_t copy;
} Block;

typedef struct Board {
    _Atomic(Block *) current;
    _Atomic unsigned writing;
} Board;

enum { WRITERS = 2, WORKERS = 4, REPLACEMENTS = 5000 };

static Block *new_block(uint64_t value)
{
    Block *block = malloc(sizeof *block);
    MUST(block != NULL);
    *block = (Block){value, value};
    return block;
}

static void replace(RtThread *t, Board *board, uint64_t value)
{
    Block *old = rt_atomic_exchange_acq_rel(&board->current, new_block(value));
    uint64_t goal = rt__grace_goal(t);
    while (!rt__grace_passed(t, goal)) {
        rt_poll(t);
        rt_cpu_yield();
    }
    MUST(old->value == old->copy);
    *old = (Block){1, 2};
    free(old);
}

static void read_once(Board *board)
{
    Block *block = rt_atomic_load_acquire(&board->current);
    uint64_t value = block->value;
    MUST(block->copy == value);
}

static void read_and_replace(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Board *board = worker->shared;
    uint64_t random = worker->index;
    if (worker->index < WRITERS) {
        for (unsigned i = 0; i < TEST_ROUNDS(REPLACEMENTS); i++)
            replace(t, board, test_random(&random));
        rt_atomic_sub_acq_rel(&board->writing, 1u);
        return;
    }
    while (rt_atomic_load_relaxed(&board->writing) != 0) {
        read_once(board);
        rt_poll(t);
        if (test_random(&random) % 64 != 0) continue;
        rt_thread_detach(t);
        rt_cpu_yield(); // a writer may wait for one that does not run
        rt_thread_attach(t);
    }
}

static void what_is_unlinked_is_not_read_after(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Board board = {.current = new_block(0), .writing = WRITERS};
    test_run_threads(t, WORKERS, read_and_replace, &board);
    free(rt_atomic_load_relaxed(&board.current));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(passes_at_once_for_the_only_thread),
        TEST(passes_in_a_stopped_world),
        TEST(waits_for_a_thread_that_runs_and_no_other),
        TEST(what_is_unlinked_is_not_read_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
