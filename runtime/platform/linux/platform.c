// platform.c: the seam on Linux: pthreads, futexes, mmap, malloc.
#define _GNU_SOURCE
#include "platform/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"

#define NS_PER_S 1000000000ull

_Noreturn void rt_fatal(const char *file, int line, const char *message)
{
    fprintf(stderr, "gilbench runtime: %s (%s:%d)\n", message, file, line);
    abort();
}

static struct timespec timespec_of(uint64_t ns)
{
    return (struct timespec){.tv_sec = (time_t)(ns / NS_PER_S), .tv_nsec = (long)(ns % NS_PER_S)};
}

// ------------------------------------------------------------------ clock and pauses

static uint64_t read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

uint64_t rt_clock_now(void) { return read_clock(CLOCK_MONOTONIC); }
int64_t rt_clock_calendar(void) { return (int64_t)read_clock(CLOCK_REALTIME); }
uint64_t rt_clock_of_thread(void) { return read_clock(CLOCK_THREAD_CPUTIME_ID); }
uint64_t rt_clock_of_process(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

int rt_clock_sleep(uint64_t ns)
{
    struct timespec duration = timespec_of(ns);
    return nanosleep(&duration, NULL);
}

void rt_cpu_yield(void) { sched_yield(); }

// ------------------------------------------------------------------ mutex and condition

// These fail only for broken arguments: a broken invariant.
static void must(int error, const char *message) { RT_CHECK(error == 0, message); }

// By assignment of the initializer, and with the clock named where it is waited on: unlike
// pthread_mutex_init and a condition's attributes, these have nothing to fail at.
void rt_mutex_init(RtMutex *mutex)
{
    *mutex = (RtMutex){PTHREAD_MUTEX_INITIALIZER};
}
void rt_mutex_destroy(RtMutex *mutex)
{
    must(pthread_mutex_destroy(&mutex->native), "mutex destroyed while held");
}
void rt_mutex_lock(RtMutex *mutex) { must(pthread_mutex_lock(&mutex->native), "mutex lock"); }
void rt_mutex_unlock(RtMutex *mutex) { must(pthread_mutex_unlock(&mutex->native), "unlock"); }

void rt_condition_init(RtCondition *condition)
{
    *condition = (RtCondition){PTHREAD_COND_INITIALIZER};
}
void rt_condition_destroy(RtCondition *condition)
{
    must(pthread_cond_destroy(&condition->native), "condition destroy");
}
void rt_condition_signal(RtCondition *condition) { pthread_cond_signal(&condition->native); }
void rt_condition_broadcast(RtCondition *condition)
{
    pthread_cond_broadcast(&condition->native);
}
void rt_condition_wait(RtCondition *condition, RtMutex *mutex)
{
    must(pthread_cond_wait(&condition->native, &mutex->native), "condition wait");
}
bool rt_condition_wait_for(RtCondition *condition, RtMutex *mutex, uint64_t ns)
{
    uint64_t now = rt_clock_now();
    struct timespec deadline = timespec_of(ns < UINT64_MAX - now ? now + ns : UINT64_MAX);
    int error = pthread_cond_clockwait(&condition->native, &mutex->native, CLOCK_MONOTONIC,
                                       &deadline);
    RT_CHECK(error == 0 || error == ETIMEDOUT, "condition wait");
    return error == 0;
}

// ------------------------------------------------------------------ futex

void rt_futex_wait(_Atomic uint32_t *word, uint32_t expected, uint64_t ns)
{
    struct timespec duration = timespec_of(ns);
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, ns == RT_FOREVER ? NULL : &duration,
            NULL, 0);
}

void rt_futex_wake(_Atomic uint32_t *word, int count)
{
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
}

// ------------------------------------------------------------------ memory

// Maps more than is asked for, and gives back what lies outside the aligned part.
void *rt_pages_map(size_t size, size_t alignment)
{
    size_t reach = size + alignment;
    if (reach < size) return NULL;
    char *mapped = mmap(NULL, reach, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return NULL;
    uintptr_t address = ((uintptr_t)mapped + alignment - 1) & ~(uintptr_t)(alignment - 1);
    char *aligned = (char *)address;
    if (aligned > mapped) munmap(mapped, (size_t)(aligned - mapped));
    if (aligned + size < mapped + reach)
        munmap(aligned + size, (size_t)(mapped + reach - (aligned + size)));
    return aligned;
}

void rt_pages_unmap(void *pages, size_t size) { munmap(pages, size); }

// A hint: where large pages are off, this fails, and nothing is different.
void rt_pages_expect(void *pages, size_t size) { madvise(pages, size, MADV_HUGEPAGE); }

void *rt_array_alloc(size_t size) { return malloc(size); }
void *rt_array_alloc_zeroed(size_t size) { return calloc(1, size); }
void *rt_array_alloc_aligned(size_t size, size_t alignment)
{
    void *array;
    return posix_memalign(&array, alignment, size) == 0 ? array : NULL;
}
void rt_array_free(void *array) { free(array); }

// ------------------------------------------------------------------ threads

// What a fault raises comes to the thread that has it.
static sigset_t of_any_thread(void)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    sigset_t set;
    sigfillset(&set);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        sigdelset(&set, faults[i]);
    return set;
}

// A new thread inherits the mask of blocked signals.
bool rt_system_thread_start(RtSystemThread *thread, void *(*main)(void *), void *argument)
{
    sigset_t blocked = of_any_thread();
    sigset_t before;
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    int error = pthread_create(&thread->native, NULL, main, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error == 0;
}

void rt_system_thread_join(RtSystemThread *thread)
{
    must(pthread_join(thread->native, NULL), "thread join");
}

bool rt_system_on_fork(void (*prepare)(void)) { return pthread_atfork(prepare, NULL, NULL) == 0; }

// ------------------------------------------------------------------ the process

_Noreturn void rt_process_end(int code) { _exit(code); }
int rt_process_id(void) { return getpid(); }
int rt_process_signal(int process, int number) { return kill(process, number); }
int rt_processor_count(void) { return (int)sysconf(_SC_NPROCESSORS_ONLN); }

const char *rt_error_text(int error)
{
    const char *text = strerrordesc_np(error);
    return text != NULL ? text : "Unknown error";
}

// ------------------------------------------------------------------ files

ptrdiff_t rt_file_read(int fd, void *buffer, size_t size) { return read(fd, buffer, size); }
ptrdiff_t rt_file_write(int fd, const void *buffer, size_t size) { return write(fd, buffer, size); }
ptrdiff_t rt_file_read_at(int fd, void *buffer, size_t size, uint64_t offset)
{
    return pread(fd, buffer, size, (off_t)offset);
}
ptrdiff_t rt_file_write_at(int fd, const void *buffer, size_t size, uint64_t offset)
{
    return pwrite(fd, buffer, size, (off_t)offset);
}
int rt_file_sync(int fd) { return fsync(fd); }
int rt_file_open(const char *path, int flags, uint32_t mode)
{
    return open(path, flags | O_CLOEXEC, (mode_t)mode);
}
int rt_file_close(int fd) { return close(fd); }
int rt_file_delete(const char *path) { return unlink(path); }
int rt_file_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int rt_file_await(int fd, bool to_write, uint64_t ns)
{
    struct pollfd asked = {.fd = fd, .events = to_write ? POLLOUT : POLLIN};
    struct timespec duration = timespec_of(ns);
    return ppoll(&asked, 1, ns == RT_FOREVER ? NULL : &duration, NULL);
}
