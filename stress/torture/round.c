// round.c: one life of a runtime, or of two at once.
#include "torture.h"

#include <stdlib.h>

#include "leaks.h"

uint64_t torture_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

// ------------------------------------------------------------------ subjects

static bool takes_part(const Field *field, unsigned subject)
{
    return field->only >> subject & 1;
}

static void step(Worker *worker)
{
    const Field *field = worker->field;
    unsigned total = 0;
    for (unsigned i = 0; i < SUBJECT_COUNT; i++)
        if (takes_part(field, i)) total += torture_subjects[i]->weight;
    uint64_t draw = torture_draw(worker, total);
    for (unsigned i = 0; i < SUBJECT_COUNT; i++) {
        if (!takes_part(field, i)) continue;
        if (draw < torture_subjects[i]->weight) {
            torture_subjects[i]->step(worker);
            return;
        }
        draw -= torture_subjects[i]->weight;
    }
}

static void work(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Field *field = worker->field;
    worker->t = t;
    for (unsigned i = 0; i < SUBJECT_COUNT; i++)
        if (takes_part(field, i) && torture_subjects[i]->begin)
            torture_subjects[i]->begin(worker);
    for (unsigned i = 0; i < field->steps; i++) {
        atomic_fetch_add_explicit(&worker->ticks, 1, memory_order_relaxed);
        step(worker);
        rt_poll(t);
    }
    for (unsigned i = 0; i < SUBJECT_COUNT; i++)
        if (takes_part(field, i) && torture_subjects[i]->settle)
            torture_subjects[i]->settle(worker);
    TORTURE_REQUIRE("round", rt_error_kind(t) == RT_ERROR_NONE,
                    "a worker left an error behind");
}

// ------------------------------------------------------------------ fields

#define PAGES_SIZE  (4u << 20)
#define PAGES_ALIGN 4096u

static void create_runtime(Field *field, uint64_t *random)
{
    static const uint64_t intervals[] = {1000, 10000, 100000, 5000000};
    RtOptions options = {.switch_interval_ns = intervals[torture_random(random) % 4],
                         .perturb_seed = torture_random(random) | 1};
    if (torture_random(random) % 4 == 0) {
        field->memory = aligned_alloc(PAGES_ALIGN, PAGES_SIZE);
        options.memory = field->memory;
        options.memory_size = field->memory != NULL ? PAGES_SIZE : 0;
    }
    field->runtime = rt_runtime_create(&options);
    TORTURE_REQUIRE("round", field->runtime != NULL, "no runtime");
}

static RtThread *enter(Field *field)
{
    RtThread *t = rt_thread_enter(field->runtime);
    TORTURE_REQUIRE("round", t != NULL, "could not enter the runtime");
    return t;
}

static void start_field(Field *field, uint64_t seed)
{
    field->seed = seed;
    create_runtime(field, &seed);
    RtThread *t = enter(field);
    for (unsigned i = 0; i < SUBJECT_COUNT; i++)
        if (takes_part(field, i) && torture_subjects[i]->set_up)
            torture_subjects[i]->set_up(t, field);
    field->workers = calloc(field->worker_count, sizeof *field->workers);
    for (unsigned i = 0; i < field->worker_count; i++) {
        Worker *worker = &field->workers[i];
        worker->field = field;
        worker->index = i;
        worker->random = torture_random(&seed);
    }
    rt_thread_leave(t);
}

// All states are in place before the first worker runs: churning threads use both fields.
static void start_workers(Field *field)
{
    RtThread *t = enter(field);
    for (unsigned i = 0; i < field->worker_count; i++) {
        field->handles[i] = rt_thread_start(t, work, &field->workers[i]);
        TORTURE_REQUIRE("round", field->handles[i] != NULL, "could not start a worker");
    }
    rt_thread_leave(t);
}

static void join_workers(Field *field)
{
    RtThread *t = enter(field);
    for (unsigned i = 0; i < field->worker_count; i++)
        rt_thread_join(t, field->handles[i]);
    rt_thread_leave(t);
}

static void finish_field(Field *field)
{
    RtThread *t = enter(field);
    for (unsigned i = 0; i < SUBJECT_COUNT; i++)
        if (takes_part(field, i) && torture_subjects[i]->verify)
            torture_subjects[i]->verify(t, field);
    rt_thread_leave(t);
    size_t live = rt_runtime_live_objects(field->runtime);
    if (live != 0) leaks_tell(field->runtime);
    TORTURE_REQUIRE("round", live == 0,
                    "objects are left alive: references are unbalanced, or a merge was lost");
    rt_runtime_destroy(field->runtime);
    free(field->workers);
    free(field->memory);
}

// In one round of four, two runtimes live side by side with half the workers each.
void torture_round(const TortureOptions *options, uint64_t seed)
{
    if (options->only & TORTURE_HANDOVER) torture_handover(torture_random(&seed));
    if ((options->only & ~TORTURE_HANDOVER) == 0) return;
    Field fields[2] = {0};
    unsigned count = torture_random(&seed) % 4 == 0 ? 2 : 1;
    for (unsigned i = 0; i < count; i++) {
        fields[i].steps = (unsigned)options->steps;
        fields[i].only = options->only;
        fields[i].worker_count = ((unsigned)options->threads + count - 1) / count;
        if (count == 2) fields[i].other = &fields[1 - i];
    }
    for (unsigned i = 0; i < count; i++)
        start_field(&fields[i], torture_random(&seed));
    for (unsigned i = 0; i < count; i++)
        start_workers(&fields[i]);
    for (unsigned i = 0; i < count; i++)
        join_workers(&fields[i]);
    for (unsigned i = 0; i < count; i++)
        finish_field(&fields[i]);
}
