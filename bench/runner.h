// runner.h: cases, sides and blocks.
//
// A *case* is a cell on a number of threads with its parameters. A *side* is a module that
// takes part: a variant, the A/A copy of one, or a peer. A *block* is a palindrome over the
// sides, A B .. Z Z .. B A: for any two of them it is the A B B A that cancels linear drift.
// All windows of a block use the same pages, and every block has new ones, because where a
// contended word lies in physical memory decides much of its cost.
#ifndef GB_RUNNER_H
#define GB_RUNNER_H

#include <cjson/cJSON.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "window.h"

#define GB_MAX_SIDES 16

typedef struct GbSide {
    const GbModule *module;
    const char *role; // "main", "copy" (the A/A twin) or "peer"
} GbSide;

// What holds for all cases of a process.
typedef struct GbRun {
    GbPlacement *placement;
    GbSide sides[GB_MAX_SIDES]; // in ladder order, the copy after its twin, peers last
    unsigned side_count;
    uint64_t window_ns; // the least
    uint64_t interval_ns;
    double seconds; // measuring time per case; blocks > 0 overrides
    unsigned blocks;
    unsigned process;
    uint64_t seed;
    bool account;
    bool weigh;          // memory is measured, not time
    unsigned long scale; // of the work that is done meanwhile, in cells that run long
    FILE *samples;                      // or NULL
    FILE *trace;                        // of the one account window, or NULL
    volatile sig_atomic_t *interrupted; // set by the signal handler
    char *region;                       // the pages of the last block
    const char *error; // the first thing that went wrong outside: no pinning, disk full
    int error_code;    // the exit code for it
} GbRun;

typedef struct GbCase {
    const GbCell *cell;
    unsigned threads;
    unsigned params[GB_PARAM_COUNT];
    char name[128];
} GbCase;

// Fills in the name: "cell[/share:5]../threads:2".
void gb_case_name(GbCase *which);

// Whether the side takes part: one worker for modules without locks, peers only in cells
// that they know.
bool gb_side_takes_part(const GbSide *side, const GbCase *which);

// The GIL's switch interval in the case: its parameter, or the run's.
uint64_t gb_case_interval_ns(const GbRun *run, const GbCase *which);
// The length of every window of the case, whoever is measured: forty switch intervals where
// threads contend for a GIL, else the least, else what the cell needs.
uint64_t gb_case_window_ns(const GbRun *run, const GbCase *which);
// How long an instance of the case takes to be made, about.
uint64_t gb_case_setup_ns(const GbCase *which);
// How many blocks fill the measuring time; at least one.
unsigned gb_case_blocks(const GbRun *run, const GbCase *which);

// The order of the sides within a block: position p of 2n measures side[order[p]].
void gb_block_order(unsigned sides, unsigned block, unsigned *order);

// The result of a block: nanoseconds per operation of each side (all workers together), the
// mean of its two windows; 0 for sides that did not take part.
typedef struct GbBlock {
    double ns_per_operation[GB_MAX_SIDES];
    double seconds; // measured
    bool accepted;
} GbBlock;

// Runs a block and writes its samples. False when interrupted or run->error was set.
bool gb_block_run(GbRun *run, GbPool *pool, const GbCase *which, unsigned block,
                  GbBlock *result);

// One account window per side that takes part.
bool gb_account_run(GbRun *run, GbPool *pool, const GbCase *which);

// What a window of a side is like, before anything of it was measured. The instance is made on
// `memory`, or, if that is NULL, on pages of its own.
void gb_window_prepare(const GbRun *run, const GbCase *which, unsigned block, char *memory,
                       GbWindow *window);
// Leaves the first thing that went wrong in the run. Returns false.
bool gb_run_fail(GbRun *run, int code, const char *error);

#ifdef __cplusplus
}
#endif
#endif
