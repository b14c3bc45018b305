// window.c: worker threads, and the course of a window.
//
// The conductor (the calling thread, unbound, asleep most of the time) makes the instance.
// The workers enter it and prepare their objects; at a barrier the conductor says when the
// window begins and ends, by the clock, and all start. They warm up until the beginning and
// count the batches that begin and end inside the window: what ends after it does not count,
// because by then another worker may have stopped and left this one alone. Everybody's wall
// time is the window's length, also a worker's that waited for a lock until its end.
#define _GNU_SOURCE
#include "window.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "resident.h"

#define BATCH_NS  10000u // of clock readings (25 ns) and stop checks, 0.3% remain
#define MAX_BATCH (1u << 20)

typedef struct Member {
    pthread_t thread;
    GbPool *pool;
    unsigned index;
} Member;

struct GbPool {
    GbPlacement *placement;
    unsigned workers;
    pthread_barrier_t barrier; // workers and conductor
    GbWindow *window;          // set between windows; NULL: stop
    GbInstance *instance;
    uint64_t start_ns; // of counting
    uint64_t stop_ns;
    atomic_bool bound; // false once any worker is not
    Member members[GB_WINDOW_WORKERS];
};

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void sleep_until(uint64_t ns)
{
    struct timespec at = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0) {
    }
}

// ------------------------------------------------------------------ a worker

// Returns the operations whose batches lie inside the window. A batch grows until it takes
// BATCH_NS; operations that block are batches by themselves.
static uint64_t run_timed(const GbPool *pool, GbWorker *worker)
{
    const GbModule *module = pool->window->module;
    uint64_t batch = 1;
    uint64_t operations = 0;
    uint64_t began = now_ns();
    while (began < pool->stop_ns) {
        module->run(worker, batch);
        uint64_t ended = now_ns();
        if (began >= pool->start_ns && ended <= pool->stop_ns) operations += batch;
        if (ended - began < BATCH_NS && batch < MAX_BATCH) batch *= 2;
        began = ended;
    }
    return operations;
}

// ------------------------------------------------------------------ a worker's account

typedef struct Account {
    GbAccountEntry entries[GB_ACCOUNT_ENTRIES];
    size_t count;
    uint64_t ns;
} Account;

static void read_account(const GbWindow *window, GbWorker *worker, Account *account)
{
    account->count = 0;
    account->ns = now_ns();
    if (window->accounts)
        account->count =
            window->module->account_worker(worker, account->entries, GB_ACCOUNT_ENTRIES);
}

static void store_account(GbWindow *window, unsigned index, const Account *before,
                          const Account *after)
{
    window->wall_ns[index] = after->ns - before->ns;
    for (size_t i = 0; i < after->count; i++)
        window->worker_accounts[index][i] = after->entries[i].value - before->entries[i].value;
}

static void store_trace(GbWindow *window, unsigned index, GbWorker *worker)
{
    size_t capacity = window->setup.trace_events;
    if (!window->accounts || capacity == 0) return;
    GbWorkerTrace *trace = &window->traces[index];
    trace->events = malloc(capacity * sizeof *trace->events);
    if (trace->events == NULL) abort();
    trace->count = window->module->trace(worker, trace->events, capacity, &trace->forgotten);
}

void gb_window_drop_traces(GbWindow *window)
{
    for (unsigned i = 0; i < window->setup.threads; i++)
        free(window->traces[i].events);
}

// ------------------------------------------------------------------ a worker's window

static void work(GbPool *pool, unsigned index)
{
    GbWindow *window = pool->window;
    const GbModule *module = window->module;
    GbWorker *worker = module->enter(pool->instance, index);
    if (worker == NULL) abort();          // entering aborts by itself when memory is out
    pthread_barrier_wait(&pool->barrier); // all have entered
    pthread_barrier_wait(&pool->barrier); // the times are set
    GbDisturbance before = gb_disturbance_read();
    Account begun;
    Account ended;
    read_account(window, worker, &begun);
    module->attach(worker);
    if (window->fixed_operations != 0) {
        module->run(worker, window->fixed_operations);
        window->operations[index] = window->fixed_operations;
    } else {
        window->operations[index] = run_timed(pool, worker);
    }
    module->detach(worker);
    read_account(window, worker, &ended);
    store_account(window, index, &begun, &ended);
    store_trace(window, index, worker);
    window->disturbance[index] = gb_disturbance_since(before);
    window->bound[index] = gb_placement_is_bound(pool->placement, index);
    pthread_barrier_wait(&pool->barrier); // all are done
    module->leave(worker);
    pthread_barrier_wait(&pool->barrier); // all have left
}

static void *member_main(void *argument)
{
    Member *member = (Member *)argument;
    GbPool *pool = member->pool;
    if (!gb_placement_bind(pool->placement, member->index)) pool->bound = false;
    pthread_barrier_wait(&pool->barrier); // bound or not
    for (;;) {
        pthread_barrier_wait(&pool->barrier); // the window is set
        if (pool->window == NULL) return NULL;
        work(pool, member->index);
    }
}

// ------------------------------------------------------------------ the pool

GbPool *gb_pool_start(GbPlacement *placement, unsigned workers)
{
    GbPool *pool = calloc(1, sizeof *pool);
    if (pool == NULL || workers > GB_WINDOW_WORKERS) abort();
    pool->placement = placement;
    pool->workers = workers;
    pool->bound = true;
    pthread_barrier_init(&pool->barrier, NULL, workers + 1);
    for (unsigned i = 0; i < workers; i++) {
        pool->members[i] = (Member){.pool = pool, .index = i};
        if (pthread_create(&pool->members[i].thread, NULL, member_main, &pool->members[i]) != 0)
            abort();
    }
    pthread_barrier_wait(&pool->barrier);
    if (pool->bound) return pool;
    gb_pool_stop(pool);
    return NULL;
}

void gb_pool_stop(GbPool *pool)
{
    pool->window = NULL;
    pthread_barrier_wait(&pool->barrier);
    for (unsigned i = 0; i < pool->workers; i++)
        pthread_join(pool->members[i].thread, NULL);
    pthread_barrier_destroy(&pool->barrier);
    free(pool);
}

// ------------------------------------------------------------------ the conductor

static void set_times(GbPool *pool)
{
    pool->window->began_ns = now_ns();
    pool->start_ns = pool->window->began_ns + pool->window->warm_up_ns;
    pool->stop_ns = pool->start_ns + pool->window->length_ns;
}

static void conduct(GbPool *pool)
{
    GbWindow *window = pool->window;
    const GbModule *module = window->module;
    pthread_barrier_wait(&pool->barrier); // the window is set
    pthread_barrier_wait(&pool->barrier); // all have entered
    if (window->weighs) window->resident_start = gb_resident_now();
    set_times(pool);
    int64_t pressure = gb_disturbance_pressure_us();
    if (window->fixed_operations == 0 && module->open != NULL)
        module->open(pool->instance, &window->latency, pool->start_ns, pool->stop_ns);
    pthread_barrier_wait(&pool->barrier); // the times are set
    if (window->fixed_operations == 0) {
        sleep_until(pool->stop_ns);
        if (module->close != NULL) module->close(pool->instance);
    }
    pthread_barrier_wait(&pool->barrier); // all are done
    if (pressure >= 0) window->pressure_us = gb_disturbance_pressure_us() - pressure;
    pthread_barrier_wait(&pool->barrier); // all have left
    if (window->weighs) window->resident_end = gb_resident_now();
    if (window->weighs) window->resident_peak = gb_resident_peak();
}

// What only the whole instance knows, now that all workers have left it.
static void ask_instance(GbWindow *window, GbInstance *instance)
{
    const GbModule *module = window->module;
    if (module->lost != NULL) window->lost = module->lost(instance);
    if (!window->accounts) return;
    window->account_count = module->account(instance, window->account, GB_ACCOUNT_ENTRIES);
    window->handover = *module->handover(instance);
}

void gb_window_run(GbPool *pool, GbWindow *window)
{
    window->complete = false;
    window->pressure_us = -1;
    rt_histogram_clear(&window->latency);
    pool->instance = window->module->create(&window->setup);
    if (pool->instance == NULL) return;
    pool->window = window;
    conduct(pool);
    ask_instance(window, pool->instance);
    window->module->destroy(pool->instance);
    window->complete = true;
}
