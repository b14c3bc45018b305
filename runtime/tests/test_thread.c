// Entering, leaving, attaching, blocking, and two runtimes side by side.
#include "testing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "state/runtime.h"
#include "thread/thread.h"

static void current(void **state)
{
    Fixture *fixture = *state;
    assert_ptr_equal(rt_thread_current(), fixture->t);
    rt_thread_detach(fixture->t);
    assert_ptr_equal(rt_thread_current(), fixture->t); // bound still
    rt_thread_attach(fixture->t);
    rt_thread_leave(fixture->t);
    assert_null(rt_thread_current());
    fixture->t = rt_thread_enter(fixture->runtime);
    assert_ptr_equal(rt_thread_current(), fixture->t);
}

static void states_are_used_again(void **state)
{
    Fixture *fixture = *state;
    RtThread *t = fixture->t;
    uint64_t id = t->id;
    rt_thread_leave(t);
    fixture->t = rt_thread_enter(fixture->runtime);
    assert_ptr_equal(fixture->t, t);
    assert_int_equal(t->id, id);
}

static void do_nothing(RtThread *t, void *argument)
{
    (void)t;
    (void)argument;
}

// As if so many had been made before.
static void there_are_ids_for_so_many_threads(void **state)
{
    Fixture *fixture = *state;
    fixture->runtime->next_id = 2 * RT_THREADS_MOST + 1;
    assert_null(rt_thread_start(fixture->t, do_nothing, NULL));
    test_error(fixture->t, RT_ERROR_MEMORY);
    fixture->runtime->next_id = 2 * RT_THREADS_MOST - 1;
    RtThreadHandle *last = rt_thread_start(fixture->t, do_nothing, NULL);
    assert_non_null(last);
    assert_int_equal(rt__thread_handle_id(last), 2 * RT_THREADS_MOST - 1);
    rt_thread_join(fixture->t, last);
}

static void errors_belong_to_a_thread(void **state)
{
    RtThread *t = test_thread(state);
    assert_int_equal(rt_error_kind(t), RT_ERROR_NONE);
    rt_error_set(t, RT_ERROR_VALUE, "mine");
    assert_string_equal(rt_error_message(t), "mine");
    rt_error_clear(t);
    assert_string_equal(rt_error_message(t), "");
}

static void take_note(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtThread **seen = worker->shared;
    MUST(rt_thread_current() == t);
    MUST(rt_error_kind(t) == RT_ERROR_NONE);
    rt_error_set(t, RT_ERROR_VALUE, "left behind"); // does not outlive the thread
    seen[worker->index] = t;
}

static void started_threads_have_states_of_their_own(void **state)
{
    RtThread *t = test_thread(state);
    RtThread *seen[TEST_MAX_WORKERS] = {NULL};
    rt_error_set(t, RT_ERROR_VALUE, "the starter's");
    test_run_threads(t, 4, take_note, seen);
    test_error(t, RT_ERROR_VALUE);
    for (int i = 0; i < 4; i++)
        assert_true(seen[i] != NULL && seen[i] != t);
    test_run_threads(t, 4, take_note, seen);
}

// Threads come and go; what they made outlives them.
static void make_one(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtObject *item = test_int(t, 1000 + worker->index);
    MUST(rt_list_append(t, worker->shared, item));
    rt_decref(t, item);
}

static void objects_outlive_threads(void **state)
{
    Fixture *fixture = *state;
    RtObject *list = rt_list_new(fixture->t, 0);
    for (int generation = 0; generation < 30; generation++)
        test_run_threads(fixture->t, RT_LOCK_PROTECTS ? 3 : 1, make_one, list);
    assert_int_equal(rt_list_size(fixture->t, list), RT_LOCK_PROTECTS ? 90 : 30);
    rt_decref(fixture->t, list);
    size_t states = 0;
    for (RtThread *t = fixture->runtime->threads; t != NULL; t = t->next)
        states++;
    assert_in_range(states, 2, 5); // not one for every thread that ever was
}

// ------------------------------------------------------------------ blocking

typedef struct Pipe {
    int ends[2];
} Pipe;

static void write_bytes(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Pipe *pipe_ = worker->shared;
    for (int i = 0; i < 100; i++)
        MUST(rt_blocking_write(t, pipe_->ends[1], "x", 1) == 1);
}

// The reader blocks first and is detached meanwhile, or nobody could ever write.
static void blocking_calls_let_others_run(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Pipe shared;
    assert_int_equal(pipe(shared.ends), 0);
    Worker worker = {&shared, 0, 1};
    RtThreadHandle *handle = rt_thread_start(t, write_bytes, &worker);
    for (int i = 0; i < 100; i++) {
        char byte = 0;
        assert_int_equal(rt_blocking_read(t, shared.ends[0], &byte, 1), 1);
        assert_int_equal(byte, 'x');
    }
    rt_thread_join(t, handle);
    close(shared.ends[0]);
    close(shared.ends[1]);
}

static void failures_keep_errno(void **state)
{
    RtThread *t = test_thread(state);
    char byte;
    errno = 0;
    assert_int_equal(rt_blocking_read(t, -1, &byte, 1), -1);
    assert_int_equal(errno, EBADF);
    errno = 0;
    assert_int_equal(rt_blocking_write(t, -1, &byte, 1), -1);
    assert_int_equal(errno, EBADF);
    errno = 0;
    assert_int_equal(rt_blocking_sync(t, -1), -1);
    assert_int_equal(errno, EBADF);
    assert_int_equal(rt_blocking_sleep(t, 1000), 0);
}

static void files_are_read_where_they_were_written(void **state)
{
    RtThread *t = test_thread(state);
    FILE *file = tmpfile();
    int fd = fileno(file);
    char got[4] = "";
    assert_int_equal(rt_blocking_write_at(t, fd, "abc", 3, 1000), 3);
    assert_int_equal(rt_blocking_sync(t, fd), 0);
    assert_int_equal(rt_blocking_read_at(t, fd, got, 3, 1000), 3);
    assert_string_equal(got, "abc");
    assert_int_equal(rt_blocking_read_at(t, fd, got, 3, 1003), 0);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
    fclose(file);
}

// ------------------------------------------------------------------ runtimes

static void work(RtThread *t)
{
    RtObject *list = rt_list_new(t, 0);
    for (int64_t i = 0; i < 5000; i++) {
        RtObject *item = test_int(t, i);
        MUST(rt_list_append(t, list, item));
        rt_decref(t, item);
        rt_poll(t);
    }
    rt_decref(t, list);
}

static void *run_in_another(void *argument)
{
    RtThread *t = rt_thread_enter(argument);
    work(t);
    MUST(rt_str_intern(t, "shared?", 7) != NULL);
    rt_thread_leave(t);
    return NULL;
}

// Two runtimes know nothing of each other: no lock of one holds up the other, not even while
// its thread is attached and never polls.
static void two_runtimes(void **state)
{
    Fixture *fixture = *state;
    RtRuntime *other = rt_runtime_create(NULL);
    RtObject *here = rt_str_intern(fixture->t, "shared?", 7);
    RtSystemThread thread;
    assert_true(rt_system_thread_start(&thread, run_in_another, other));
    work(fixture->t);
    rt_system_thread_join(&thread);
    assert_int_equal(rt_runtime_live_objects(other), 0);
    rt_runtime_destroy(other);
    assert_string_equal(rt_str_bytes_borrowed(here, NULL), "shared?");
}

// Everything is on the given pages, until they are full.
static void a_runtime_on_given_pages(void **state)
{
    Fixture *fixture = *state;
    rt_thread_leave(fixture->t);
    const size_t sizes[] = {100, sizeof(RtRuntime), sizeof(RtRuntime) + 4096,
                            sizeof(RtRuntime) + 4 * RT_SPAN_SIZE};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t size = (sizes[i] + 4095) & ~(size_t)4095;
        char *memory = aligned_alloc(4096, size);
        RtOptions options = {.memory = memory, .memory_size = sizes[i]};
        RtRuntime *runtime = rt_runtime_create(&options);
        assert_int_equal((char *)runtime == memory, sizes[i] >= sizeof(RtRuntime));
        RtThread *t = rt_thread_enter(runtime);
        RtObject *item = test_int(t, 1000);
        if (i == 3) assert_true((char *)item > memory && (char *)item < memory + size);
        rt_decref(t, item);
        work(t);
        rt_thread_leave(t);
        rt_runtime_destroy(runtime);
        free(memory);
    }
    fixture->t = rt_thread_enter(fixture->runtime);
}

static void builds_name_themselves(void **state)
{
    (void)state;
    assert_string_not_equal(rt_build_variant(), "");
    size_t header = rt_build_header_size();
    assert_int_equal(header, RT_REF_NEEDS_THREAD_HEAP ? 24 : 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(current),
        TEST(states_are_used_again),
        TEST(there_are_ids_for_so_many_threads),
        TEST(errors_belong_to_a_thread),
        TEST(started_threads_have_states_of_their_own),
        TEST(objects_outlive_threads),
        TEST(blocking_calls_let_others_run),
        TEST(failures_keep_errno),
        TEST(files_are_read_where_they_were_written),
        TEST(two_runtimes),
        TEST(a_runtime_on_given_pages),
        TEST(builds_name_themselves),
    };
    return cmocka_run_group_tests_name("thread", tests, NULL, NULL);
}
