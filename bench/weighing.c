// weighing.c: a forked process for each side of a case.
#define _GNU_SOURCE
#include "weighing.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "samples.h"

#define REPETITIONS 3 // processes per side: the least that anything is claimed from
#define LOOK_NS     5000000

static bool weigh(GbRun *run, const GbCase *which, const GbSide *side, unsigned repetition)
{
    GbPool *pool = gb_pool_start(run->placement, which->threads);
    GbWindow *window = calloc(1, sizeof *window);
    if (pool == NULL || window == NULL) return false;
    run->process = repetition;
    gb_window_prepare(run, which, repetition, NULL, window);
    const GbCell *cell = which->cell;
    window->fixed_operations = cell->weighed_operations * (cell->scales ? run->scale : 1);
    window->warm_up_ns = 0;
    window->module = side->module;
    window->weighs = true;
    gb_window_run(pool, window);
    bool known = window->resident_start != 0 && window->resident_peak != 0;
    bool done = window->complete && known && gb_sample_write_memory(run, which, side, window);
    gb_pool_stop(pool);
    free(window);
    return done;
}

// Waits for the process, looking now and then whether the user wants to go. False: it failed,
// or was ended.
static bool await(const GbRun *run, pid_t child)
{
    const struct timespec look = {0, LOOK_NS};
    int status = 0;
    pid_t ended = 0;
    while ((ended = waitpid(child, &status, WNOHANG)) == 0 && !*run->interrupted)
        nanosleep(&look, NULL);
    if (ended == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return false;
}

static bool weigh_apart(GbRun *run, const GbCase *which, const GbSide *side,
                        unsigned repetition)
{
    fflush(NULL); // or the child would write it, too
    pid_t child = fork();
    if (child == 0) _exit(weigh(run, which, side, repetition) ? 0 : 1);
    bool done = child > 0 && await(run, child);
    if (done || *run->interrupted) return done;
    return gb_run_fail(run, 1, "cannot measure or write the memory of a case");
}

bool gb_weighing_run(GbRun *run, const GbCase *which)
{
    for (unsigned repetition = 0; repetition < REPETITIONS; repetition++) {
        for (unsigned i = 0; i < run->side_count; i++) {
            const GbSide *side = &run->sides[i];
            if (strcmp(side->role, "copy") == 0 || !gb_side_takes_part(side, which)) continue;
            if (!weigh_apart(run, which, side, repetition)) return false;
        }
    }
    return true;
}
