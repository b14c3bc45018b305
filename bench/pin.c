// pin.c: a library that binds a program's threads to processing units, for programs that know
// nothing of it: it is loaded before the program (LD_PRELOAD), whatever interpreter that is.
//
// The thread that the program creates as its k-th runs on the k-th unit of GILBENCH_PIN (a list
// as 0,1), round and round. Its first thread, which prepares and waits, is not bound. When the
// program ends, GILBENCH_PIN_REPORT holds a line: how many threads were created, how many of
// them were still bound where they had been when they ended, and the longest time in ns that
// one of them was runnable and did not run. A thread that cannot be bound ends the program with
// code 3.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_UNITS = 1024, CANNOT_BIND = 3, LAST_MS = 200 };

typedef int Create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

typedef struct Start {
    void *(*run)(void *);
    void *argument;
    int unit;
} Start;

static Create *real_create;
static int units[MOST_UNITS];
static unsigned unit_count;
static const char *report_name;
// Relaxed throughout, but for `ended`: it is raised last, with release, and read with acquire,
// so that what an ended thread has added to the others is seen.
static atomic_uint created, ended, still_bound;
static atomic_ullong longest_wait_ns;

__attribute__((constructor)) static void prepare(void)
{
    real_create = (Create *)dlsym(RTLD_NEXT, "pthread_create");
    report_name = getenv("GILBENCH_PIN_REPORT");
    const char *list = getenv("GILBENCH_PIN");
    for (char *end; list != NULL && *list != '\0' && unit_count < MOST_UNITS;
         list = end + (*end == ',')) {
        long unit = strtol(list, &end, 10);
        if (end == list || unit < 0 || unit >= CPU_SETSIZE) break;
        units[unit_count++] = (int)unit;
    }
}

// Python takes a thread for joined a moment before it has ended.
static void wait_for_the_last(void)
{
    for (int ms = 0; ms < LAST_MS; ms++) {
        if (atomic_load_explicit(&ended, memory_order_acquire) >=
            atomic_load_explicit(&created, memory_order_relaxed))
            return;
        usleep(1000);
    }
}

__attribute__((destructor)) static void report(void)
{
    FILE *file = report_name != NULL ? fopen(report_name, "w") : NULL;
    if (file == NULL) return;
    wait_for_the_last();
    fprintf(file, "%u %u %llu\n", atomic_load_explicit(&created, memory_order_relaxed),
            atomic_load_explicit(&still_bound, memory_order_relaxed),
            atomic_load_explicit(&longest_wait_ns, memory_order_relaxed));
    fclose(file);
}

// Since the calling thread began; 0 if the kernel keeps no such count.
static unsigned long long waited_ns(void)
{
    unsigned long long ran, waited = 0;
    FILE *file = fopen("/proc/thread-self/schedstat", "r");
    if (file == NULL) return 0;
    if (fscanf(file, "%llu %llu", &ran, &waited) != 2) waited = 0;
    fclose(file);
    return waited;
}

static void at_end(void *unit)
{
    cpu_set_t where;
    bool bound = pthread_getaffinity_np(pthread_self(), sizeof where, &where) == 0 &&
                 CPU_COUNT(&where) == 1 && CPU_ISSET(*(int *)unit, &where);
    if (bound) atomic_fetch_add_explicit(&still_bound, 1, memory_order_relaxed);
    unsigned long long mine = waited_ns();
    unsigned long long most = atomic_load_explicit(&longest_wait_ns, memory_order_relaxed);
    while (mine > most &&
           !atomic_compare_exchange_weak_explicit(&longest_wait_ns, &most, mine,
                                                  memory_order_relaxed, memory_order_relaxed)) {
    }
    atomic_fetch_add_explicit(&ended, 1, memory_order_release);
}

static void bind_to(int unit)
{
    cpu_set_t here;
    CPU_ZERO(&here);
    CPU_SET(unit, &here);
    if (pthread_setaffinity_np(pthread_self(), sizeof here, &here) == 0) return;
    fprintf(stderr, "cannot bind a thread to processing unit %d\n", unit);
    _exit(CANNOT_BIND);
}

static void *run_bound(void *given)
{
    Start start = *(Start *)given;
    free(given);
    void *result;
    bind_to(start.unit);
    pthread_cleanup_push(at_end, &start.unit); // also where the thread ends itself
    result = start.run(start.argument);
    pthread_cleanup_pop(1);
    return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *),
                   void *argument)
{
    if (unit_count == 0) return real_create(thread, how, run, argument);
    Start *start = malloc(sizeof *start);
    if (start == NULL) return EAGAIN;
    unsigned number = atomic_fetch_add_explicit(&created, 1, memory_order_relaxed);
    *start = (Start){run, argument, units[number % unit_count]};
    int failed = real_create(thread, how, run_bound, start);
    if (failed) free(start);
    return failed;
}
