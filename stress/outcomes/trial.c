// trial.c: children that race, one after the other, until a test's time is over.
//
// Every race is a child of this single-threaded process, so that a crash or a hang costs a
// child and is counted like any outcome. The counts lie in memory shared with the child: what
// was counted before a crash stays.
#define _GNU_SOURCE
#include "outcomes.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// A child lives for a second at most: each has a fresh runtime at other addresses.
#define CHILD_NS 1000000000ull

// A round takes milliseconds. Where a hang would be the runtime's fault, it must be beyond
// doubt, however busy the machine; where nothing is promised, little time shall be lost on it.
#define HANG_SAFE_NS     20000000000ull
#define HANG_UNLOCKED_NS 1000000000ull

#define LOOK_AGAIN_NS 1000000
#define CHILD_FAILED  3
// What racing without locks may ask for by mistake is not given.
#define UNLOCKED_BYTES (4ull << 30)

Capability build_capability(void)
{
    if (RT_LOCK_EXCLUDES_THREADS) return ONE_AT_A_TIME;
    return RT_LOCK_PROTECTS ? OBJECT_LOCKS : NO_LOCK;
}

// ---------------------------------------------------------------- the child

// A crash without locks is a finding, and not worth a dump or a line.
static void expect_the_worst(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);
    setrlimit(RLIMIT_AS, &(struct rlimit){UNLOCKED_BYTES, UNLOCKED_BYTES});
}

static _Noreturn void live(const Trial *trial, uint64_t end_ns, Counts *counts, pid_t parent)
{
    RaceOptions options = {
        trial->seed + trial->children, end_ns, {trial->cpus[0], trial->cpus[1]}};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(CHILD_FAILED);
    // The default slack of 50 us would be fifty switch intervals.
    prctl(PR_SET_TIMERSLACK, 1ul);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (trial->capability == NO_LOCK) expect_the_worst();
    exit(race(trial->test, &options, counts) ? 0 : CHILD_FAILED);
}

// ---------------------------------------------------------------- the parent

// Waits for the child's end. False: it moved no more, and was killed.
static bool attend(pid_t child, const Counts *counts, uint64_t patience_ns, int *status)
{
    const struct timespec pause = {0, LOOK_AGAIN_NS};
    uint64_t rounds = 0;
    uint64_t moved = clock_ns();
    while (waitpid(child, status, WNOHANG) == 0) {
        uint64_t seen = atomic_load_explicit(&counts->rounds, memory_order_relaxed);
        if (seen != rounds) moved = clock_ns();
        rounds = seen;
        if (clock_ns() - moved > patience_ns) {
            kill(child, SIGKILL);
            waitpid(child, status, 0);
            return false;
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

// Signals that a program brings upon itself.
static bool is_own_fault(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGABRT || number == SIGILL ||
           number == SIGFPE || number == SIGTRAP;
}

// False, with a line: the child failed for a reason that is not the runtime's.
static bool note_end(Trial *trial, int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == CHILD_FAILED) {
        fprintf(stderr, "outcomes: %s: no memory or no thread to be had\n", trial->test->name);
        return false;
    }
    if (WIFSIGNALED(status) && !is_own_fault(WTERMSIG(status))) {
        fprintf(stderr, "outcomes: %s: a child was ended from outside (signal %d)\n",
                trial->test->name, WTERMSIG(status));
        return false;
    }
    trial->counts[OUTCOME_CRASH]++;
    return true;
}

static bool run_child(Trial *trial, uint64_t end_ns, Counts *counts)
{
    bool safe = trial->capability != NO_LOCK;
    pid_t parent = getpid();
    fflush(NULL); // the child would print it again
    pid_t child = fork();
    if (child == 0) live(trial, end_ns, counts, parent);
    if (child < 0) {
        fprintf(stderr, "outcomes: fork: %s\n", strerror(errno));
        return false;
    }
    int status = 0;
    if (attend(child, counts, safe ? HANG_SAFE_NS : HANG_UNLOCKED_NS, &status))
        return note_end(trial, status);
    trial->counts[OUTCOME_HANG]++;
    return true;
}

static void take_counts(Trial *trial, Counts *counts)
{
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        trial->counts[i] += atomic_load(&counts->outcomes[i]);
    trial->raced += atomic_load(&counts->raced);
    trial->overlapped += atomic_load(&counts->overlapped);
    trial->pinned = trial->pinned && !atomic_load(&counts->unpinned);
}

bool trial_run(Trial *trial, double seconds)
{
    Counts *counts =
        mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counts == MAP_FAILED) {
        fprintf(stderr, "outcomes: mmap: %s\n", strerror(errno));
        return false;
    }
    uint64_t end = clock_ns() + (uint64_t)(seconds * 1e9);
    bool going = true;
    do {
        uint64_t child_end = clock_ns() + CHILD_NS < end ? clock_ns() + CHILD_NS : end;
        going = run_child(trial, child_end, counts);
        trial->children++;
    } while (going && clock_ns() < end);
    take_counts(trial, counts);
    munmap(counts, sizeof *counts);
    return going;
}
