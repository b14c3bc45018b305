// main.c: the command line, and a child that tries one plan after the other.
//
// The plans are tried in a child of this single-threaded process, so that a crash or a hang is
// told with the plan and the step that it came in.
#define _GNU_SOURCE
#include "faults.h"

#include "options.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// A run takes milliseconds. Sanitizers and a busy machine may stretch that far.
#define WATCHDOG_SECONDS 60

typedef struct Options {
    uint64_t seed;
    uint64_t stride;  // every so many calls, from one that the seed decides
    uint64_t seconds; // of random plans
    unsigned modes;   // bits: which plans to make; 0: all
    uint64_t nth;     // only this plan, if not 0
    const Step *last; // a hidden step, taken after all others; or NULL
} Options;

// In memory that the child shares with its parent.
typedef struct Progress {
    FaultPlan plan;
    char step[80];
    uint64_t runs, fired;
} Progress;

static Progress *progress;
static const char *const modes[] = {"once", "from", "system", "random"};

void faults_now(const char *step)
{
    snprintf(progress->step, sizeof progress->step, "%s", step);
}

// The command line that tries the plan again, and where it stands.
static void describe(FILE *file)
{
    const FaultPlan *plan = &progress->plan;
    fprintf(file,
            "faults FAILED: %s: --mode %s --nth %llu --seed %llu: %s: ", rt_build_variant(),
            modes[plan->mode], (unsigned long long)plan->nth, (unsigned long long)plan->seed,
            progress->step);
}

_Noreturn void faults_fail(const char *what, const char *file, int line)
{
    const char *slash = strrchr(file, '/');
    describe(stderr);
    fprintf(stderr, "%s (%s:%d)\n", what, slash != NULL ? slash + 1 : file, line);
    _exit(1);
}

// ------------------------------------------------------------------ the child

// False: the run made fewer calls than the plan looks for.
static bool try_plan(const Options *options, FaultPlan plan)
{
    progress->plan = plan;
    alarm(WATCHDOG_SECONDS);
    faults_run(&plan, options->last);
    progress->runs++;
    progress->fired += faults_fired();
    return faults_fired() != 0;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// Every call in turn, until a run comes to its end before it.
static void try_in_turn(const Options *options, FaultMode mode)
{
    uint64_t nth = 1 + options->seed % options->stride;
    while (try_plan(options, (FaultPlan){mode, nth, options->seed}))
        nth += options->stride;
    printf("faults-%s: %s: %llu calls that can fail\n", rt_build_variant(), modes[mode],
           (unsigned long long)faults_calls());
}

// Chances from one call in 2 to one in 256.
static void try_at_random(const Options *options)
{
    double end = now() + (double)options->seconds;
    for (uint64_t seed = options->seed; now() < end; seed++)
        try_plan(options, (FaultPlan){FAULT_RANDOM, 2ull << seed % 8, seed});
}

// The first runtime of a process makes a call that no other makes, to guard forks. It fails
// here, and is out of the way: from now on, a number means the same call in every run.
static void try_first_call(void)
{
    FaultPlan first = {FAULT_ONCE, 1, 0};
    progress->plan = first;
    faults_run(&first, NULL);
}

static _Noreturn void try_all(const Options *options, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    try_first_call();
    for (FaultMode mode = FAULT_ONCE; mode <= FAULT_RANDOM; mode++) {
        if (options->modes != 0 && !(options->modes >> mode & 1)) continue;
        if (options->nth != 0)
            try_plan(options, (FaultPlan){mode, options->nth, options->seed});
        else if (mode == FAULT_RANDOM)
            try_at_random(options);
        else
            try_in_turn(options, mode);
    }
    exit(0);
}

// ------------------------------------------------------------------ the parent

static int judge(int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        printf("faults-%s: %llu runs passed, %llu calls failed\n", rt_build_variant(),
               (unsigned long long)progress->runs, (unsigned long long)progress->fired);
        return 0;
    }
    if (WIFSIGNALED(status)) {
        describe(stderr);
        bool hung = WTERMSIG(status) == SIGALRM;
        fprintf(stderr, "%s (signal %d)\n", hung ? "a hang" : "a crash", WTERMSIG(status));
    } else if (WEXITSTATUS(status) != 1) { // a sanitizer has spoken
        describe(stderr);
        fprintf(stderr, "ended with code %d\n", WEXITSTATUS(status));
    }
    return 1;
}

// ------------------------------------------------------------------ the command line

static void take_mode(void *bits, const char *name, const char *text)
{
    for (FaultMode mode = FAULT_ONCE; mode <= FAULT_RANDOM; mode++) {
        if (strcmp(modes[mode], text) != 0) continue;
        *(unsigned *)bits |= 1u << mode;
        return;
    }
    options_refuse(name, text);
}

static void take_hidden(void *last, const char *name, const char *text)
{
    const Step *step = faults_hidden_steps;
    while (step->name != NULL && strcmp(step->name, text) != 0)
        step++;
    if (step->name == NULL) options_refuse(name, text);
    *(const Step **)last = step;
}

int main(int count, char **arguments)
{
    Options options = {.stride = 1};
    const OptionRow rows[] = {
        {"seed", "N", "where strides begin, and what chances are drawn from",
         .number = &options.seed, .most = UINT64_MAX},
        {"stride", "N", "one call in so many", .number = &options.stride, .least = 1,
         .most = 1000000},
        {"seconds", "S", "of random plans", .number = &options.seconds, .least = 0,
         .most = 1000000},
        {"mode", "MODE", "once, from, system or random, and others that are named so",
         .take = take_mode, .argument = &options.modes},
        {"nth", "N", "this call only", .number = &options.nth, .least = 1, .most = UINT64_MAX},
        {"hidden", "STEP", "with a step that does it wrong (faults/steps_hidden.c)",
         .take = take_hidden, .argument = &options.last},
        {0},
    };
    options_read(rows, count, arguments);
    progress =
        mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (progress == MAP_FAILED) return 1;
    pid_t parent = getpid();
    fflush(NULL); // the child would print it again
    pid_t child = fork();
    if (child == 0) try_all(&options, parent);
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child) return 1;
    return judge(status);
}
