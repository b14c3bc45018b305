// platform.h: the runtime's one seam to the world.
//
// Every mutex, condition, futex, clock, pause, page, array, thread and file call of the
// runtime goes through here; a test looks at the symbols of every other object to enforce
// it. A deterministic scheduler or a fault injector replaces this layer and nothing else.
// Implemented by platform/<system>/.
//
// Nothing here knows of runtimes or thread states. Calls that may block say so: the caller
// detaches first if anyone could wait for it.
#ifndef RT_PLATFORM_PLATFORM_H
#define RT_PLATFORM_PLATFORM_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"

// ---- clock and pauses

uint64_t rt_clock_now(void);           // monotonic, nanoseconds
int64_t rt_clock_calendar(void);       // nanoseconds since 1970
uint64_t rt_clock_of_thread(void);     // processor time of the calling thread, nanoseconds
uint64_t rt_clock_of_process(void);    // of the whole process
int rt_clock_sleep(uint64_t ns);       // blocks; 0, or -1 with errno (EINTR)
void rt_cpu_yield(void);               // gives the processor away, if anyone wants it
static inline void rt_cpu_pause(void); // one turn of a bounded spin

// ---- mutex and condition (blocking)
//
// Making one asks nothing of the system, so it cannot fail.

typedef struct RtMutex {
    pthread_mutex_t native;
} RtMutex;
typedef struct RtCondition {
    pthread_cond_t native;
} RtCondition;

void rt_mutex_init(RtMutex *mutex);
void rt_mutex_destroy(RtMutex *mutex);
void rt_mutex_lock(RtMutex *mutex);
void rt_mutex_unlock(RtMutex *mutex);
void rt_condition_init(RtCondition *condition);
void rt_condition_destroy(RtCondition *condition);
void rt_condition_signal(RtCondition *condition);
void rt_condition_broadcast(RtCondition *condition);
void rt_condition_wait(RtCondition *condition, RtMutex *mutex);
// False when `ns` nanoseconds went by without a signal.
bool rt_condition_wait_for(RtCondition *condition, RtMutex *mutex, uint64_t ns);

// ---- futex (blocking)

// Sleeps while *word == expected, at most `ns` (RT_FOREVER: no limit). May wake spuriously;
// the caller looks again. Ordering comes from the caller's atomics, not from the call.
#define RT_FOREVER UINT64_MAX
void rt_futex_wait(_Atomic uint32_t *word, uint32_t expected, uint64_t ns);
void rt_futex_wake(_Atomic uint32_t *word, int count);

// ---- memory

// Zeroed pages of `size` bytes at a multiple of `alignment` (a power of two, at least a
// page); NULL when refused.
void *rt_pages_map(size_t size, size_t alignment);
void rt_pages_unmap(void *pages, size_t size);
// Nearly all of the pages are going to be used, soon. The system may map RT_LARGE_PAGE at once
// where that many lie in a row, at a multiple of it, which takes a quarter of the time.
#define RT_LARGE_PAGE ((size_t)2 << 20)
void rt_pages_expect(void *pages, size_t size);
// Arrays: malloc's contract.
void *rt_array_alloc(size_t size);
void *rt_array_alloc_zeroed(size_t size);
// At a multiple of `alignment`, a power of two.
void *rt_array_alloc_aligned(size_t size, size_t alignment);
void rt_array_free(void *array);

// ---- threads

typedef struct RtSystemThread {
    pthread_t native;
} RtSystemThread;
// Signals that may come to any thread do not come to the new one: they are its starter's.
bool rt_system_thread_start(RtSystemThread *thread, void *(*main)(void *), void *argument);
void rt_system_thread_join(RtSystemThread *thread); // blocks
// Calls `prepare` before every fork of this process, once registered. False: no memory.
bool rt_system_on_fork(void (*prepare)(void));

// ---- the process

// Ends it at once, whatever its other threads do; nothing is freed, no handler runs.
_Noreturn void rt_process_end(int code);
int rt_process_id(void);
int rt_process_signal(int process, int number); // 0, or -1 with errno
int rt_processor_count(void);                   // that are in use
// What an errno says, in English. Static storage.
const char *rt_error_text(int error);

// ---- files (blocking)

ptrdiff_t rt_file_read(int fd, void *buffer, size_t size);
ptrdiff_t rt_file_write(int fd, const void *buffer, size_t size);
ptrdiff_t rt_file_read_at(int fd, void *buffer, size_t size, uint64_t offset);
ptrdiff_t rt_file_write_at(int fd, const void *buffer, size_t size, uint64_t offset);
int rt_file_sync(int fd); // 0, or -1 with errno
// These return a descriptor or 0, or -1 with errno. Descriptors are closed in programs that this
// one becomes.
int rt_file_open(const char *path, int flags, uint32_t mode); // of O_RDONLY and the like
int rt_file_close(int fd);
int rt_file_delete(const char *path);
int rt_file_pipe(int ends[2]); // to read from, to write to
// Waits until the descriptor can be read from or written to, at most `ns`. 1, 0: the time is over,
// -1 with errno.
int rt_file_await(int fd, bool to_write, uint64_t ns);

// ---- sockets: of TCP over IPv4, or pairs

// In the machine's order of bytes.
typedef struct RtAddress {
    uint32_t host;
    uint16_t port;
} RtAddress;
#define RT_HOST_ANY      UINT32_C(0)
#define RT_HOST_LOOPBACK UINT32_C(0x7f000001)

// As the calls of the system that they are named after, with its constants.
int rt_socket_open(int family, int type, int protocol);
int rt_socket_pair(int ends[2]);
int rt_socket_bind(int fd, RtAddress address);
int rt_socket_listen(int fd, int backlog);
int rt_socket_accept(int fd, RtAddress *peer); // a descriptor, or -1 with errno
int rt_socket_connect(int fd, RtAddress address);
int rt_socket_shutdown(int fd, int how);
int rt_socket_name(int fd, RtAddress *address);
int rt_socket_peer(int fd, RtAddress *address);
int rt_socket_set_option(int fd, int level, int option, int value);
int rt_socket_option(int fd, int level, int option, int *value);
int rt_socket_set_blocking(int fd, bool blocks); // not: calls that had to wait fail with EAGAIN
// A peer that is gone is an errno, not a signal.
ptrdiff_t rt_socket_send(int fd, void *bytes, size_t size);
ptrdiff_t rt_socket_receive(int fd, void *buffer, size_t size);

static inline void rt_cpu_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

#endif
