// seam.c: stands before the platform's functions that can fail, and lets them fail by plan.
//
// The linker puts these functions in the place of the platform's (--wrap in CMakeLists.txt), so
// the runtime is the very objects that are measured, and nothing in it knows.
//
// Mutexes and conditions are not here: making one asks nothing of the system (platform.c).
#include "faults.h"

#include <errno.h>
#include <stdatomic.h>

#include "platform/platform.h"

static FaultPlan plan;
static _Atomic bool armed;
static _Atomic uint64_t calls, fired;
static _Atomic int64_t arrays, page_bytes, threads;

void faults_arm(const FaultPlan *new_plan)
{
    plan = *new_plan;
    atomic_store(&calls, 0);
    atomic_store(&fired, 0);
    atomic_store(&armed, true);
}

void faults_disarm(void)
{
    atomic_store(&armed, false);
}

void faults_rearm(void)
{
    atomic_store(&armed, true);
}

uint64_t faults_calls(void)
{
    return atomic_load(&calls);
}

uint64_t faults_fired(void)
{
    return atomic_load(&fired);
}

FaultHoldings faults_holdings(void)
{
    return (FaultHoldings){atomic_load(&arrays), atomic_load(&page_bytes),
                           atomic_load(&threads)};
}

// splitmix64's finalizer: a number's own draw, whichever thread asks.
static uint64_t scatter(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

static bool is_planned(uint64_t call)
{
    if (plan.mode == FAULT_ONCE || plan.mode == FAULT_SYSTEM) return call == plan.nth;
    if (plan.mode == FAULT_FROM) return call >= plan.nth;
    return scatter(plan.seed + call * 0x9e3779b97f4a7c15ull) % plan.nth == 0;
}

// Whether the call that is being made fails.
static bool fails(void)
{
    if (!atomic_load(&armed)) return false;
    if (!is_planned(atomic_fetch_add(&calls, 1) + 1)) return false;
    atomic_fetch_add(&fired, 1);
    return true;
}

// ------------------------------------------------------------------ memory

void *__real_rt_array_alloc(size_t size);
void *__real_rt_array_alloc_zeroed(size_t size);
void *__real_rt_array_alloc_aligned(size_t size, size_t alignment);
void __real_rt_array_free(void *array);
void *__real_rt_pages_map(size_t size, size_t alignment);
void __real_rt_pages_unmap(void *pages, size_t size);
void *__wrap_rt_array_alloc(size_t size);
void *__wrap_rt_array_alloc_zeroed(size_t size);
void *__wrap_rt_array_alloc_aligned(size_t size, size_t alignment);
void __wrap_rt_array_free(void *array);
void *__wrap_rt_pages_map(size_t size, size_t alignment);
void __wrap_rt_pages_unmap(void *pages, size_t size);

void *__wrap_rt_array_alloc(size_t size)
{
    void *array = fails() ? NULL : __real_rt_array_alloc(size);
    if (array != NULL) atomic_fetch_add(&arrays, 1);
    return array;
}

void *__wrap_rt_array_alloc_zeroed(size_t size)
{
    void *array = fails() ? NULL : __real_rt_array_alloc_zeroed(size);
    if (array != NULL) atomic_fetch_add(&arrays, 1);
    return array;
}

void *__wrap_rt_array_alloc_aligned(size_t size, size_t alignment)
{
    void *array = fails() ? NULL : __real_rt_array_alloc_aligned(size, alignment);
    if (array != NULL) atomic_fetch_add(&arrays, 1);
    return array;
}

void __wrap_rt_array_free(void *array)
{
    if (array != NULL) atomic_fetch_sub(&arrays, 1);
    __real_rt_array_free(array);
}

void *__wrap_rt_pages_map(size_t size, size_t alignment)
{
    void *pages = fails() ? NULL : __real_rt_pages_map(size, alignment);
    if (pages != NULL) atomic_fetch_add(&page_bytes, (int64_t)size);
    return pages;
}

void __wrap_rt_pages_unmap(void *pages, size_t size)
{
    atomic_fetch_sub(&page_bytes, (int64_t)size);
    __real_rt_pages_unmap(pages, size);
}

// ------------------------------------------------------------------ threads

bool __real_rt_system_thread_start(RtSystemThread *thread, void *(*main)(void *),
                                   void *argument);
void __real_rt_system_thread_join(RtSystemThread *thread);
bool __real_rt_system_on_fork(void (*prepare)(void));
bool __wrap_rt_system_thread_start(RtSystemThread *thread, void *(*main)(void *),
                                   void *argument);
void __wrap_rt_system_thread_join(RtSystemThread *thread);
bool __wrap_rt_system_on_fork(void (*prepare)(void));

bool __wrap_rt_system_thread_start(RtSystemThread *thread, void *(*main)(void *),
                                   void *argument)
{
    bool started = !fails() && __real_rt_system_thread_start(thread, main, argument);
    if (started) atomic_fetch_add(&threads, 1);
    return started;
}

void __wrap_rt_system_thread_join(RtSystemThread *thread)
{
    atomic_fetch_sub(&threads, 1);
    __real_rt_system_thread_join(thread);
}

bool __wrap_rt_system_on_fork(void (*prepare)(void))
{
    return !fails() && __real_rt_system_on_fork(prepare);
}

// ------------------------------------------------------------------ files

ptrdiff_t __real_rt_file_read(int fd, void *buffer, size_t size);
ptrdiff_t __real_rt_file_write(int fd, const void *buffer, size_t size);
ptrdiff_t __real_rt_file_read_at(int fd, void *buffer, size_t size, uint64_t offset);
ptrdiff_t __real_rt_file_write_at(int fd, const void *buffer, size_t size, uint64_t offset);
int __real_rt_file_sync(int fd);
ptrdiff_t __wrap_rt_file_read(int fd, void *buffer, size_t size);
ptrdiff_t __wrap_rt_file_write(int fd, const void *buffer, size_t size);
ptrdiff_t __wrap_rt_file_read_at(int fd, void *buffer, size_t size, uint64_t offset);
ptrdiff_t __wrap_rt_file_write_at(int fd, const void *buffer, size_t size, uint64_t offset);
int __wrap_rt_file_sync(int fd);

static bool io_fails(void)
{
    bool failing = fails();
    if (failing) errno = EIO;
    return failing;
}

ptrdiff_t __wrap_rt_file_read(int fd, void *buffer, size_t size)
{
    return io_fails() ? -1 : __real_rt_file_read(fd, buffer, size);
}

ptrdiff_t __wrap_rt_file_write(int fd, const void *buffer, size_t size)
{
    return io_fails() ? -1 : __real_rt_file_write(fd, buffer, size);
}

ptrdiff_t __wrap_rt_file_read_at(int fd, void *buffer, size_t size, uint64_t offset)
{
    return io_fails() ? -1 : __real_rt_file_read_at(fd, buffer, size, offset);
}

ptrdiff_t __wrap_rt_file_write_at(int fd, const void *buffer, size_t size, uint64_t offset)
{
    return io_fails() ? -1 : __real_rt_file_write_at(fd, buffer, size, offset);
}

int __wrap_rt_file_sync(int fd)
{
    return io_fails() ? -1 : __real_rt_file_sync(fd);
}
