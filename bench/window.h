// window.h: one window: one side of a case, measured for a fixed time on pinned workers.
#ifndef GB_WINDOW_H
#define GB_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "cells.h"
#include "disturbance.h"
#include "base/histogram.h"
#include "module.h"
#include "placement.h"

#define GB_WINDOW_WORKERS 256

// The last events of a worker, oldest first. Owned by the window.
typedef struct GbWorkerTrace {
    RtTraceEvent *events;
    size_t count;
    uint64_t forgotten; // older ones that the ring had no room for
} GbWorkerTrace;

typedef struct GbWindow {
    // In
    const GbCell *cell;
    const GbModule *module;
    GbSetup setup;
    uint64_t warm_up_ns;
    uint64_t length_ns;
    uint64_t fixed_operations; // of each worker; 0: the clock ends the window
    bool accounts;             // an account build runs, and its counters are wanted
    bool weighs;               // the process's memory is wanted
    // Out
    bool complete; // false: the instance could not be made
    uint64_t operations[GB_WINDOW_WORKERS];
    GbDisturbance disturbance[GB_WINDOW_WORKERS];
    bool bound[GB_WINDOW_WORKERS]; // still where it was put, asked after the work
    int64_t pressure_us;           // -1: unknown
    RtHistogram latency;
    uint64_t lost; // operations without effect, where the cell may lose some

    // If memory is wanted, bytes of the process that are resident: when all had entered, at most
    // since the process began, and when all had left.
    uint64_t resident_start;
    uint64_t resident_peak;
    uint64_t resident_end;

    // If accounts are wanted
    GbAccountEntry account[GB_ACCOUNT_ENTRIES]; // summed over threads
    size_t account_count;

    // The same of each worker, from before it attached until it had detached.
    uint64_t began_ns; // when the workers were let go
    uint64_t wall_ns[GB_WINDOW_WORKERS];
    uint64_t worker_accounts[GB_WINDOW_WORKERS]
                            [GB_ACCOUNT_ENTRIES]; // in the order of `account`
    RtHistogram handover;                         // copied; empty without a GIL
    GbWorkerTrace traces[GB_WINDOW_WORKERS];      // if setup.trace_events is not 0
} GbWindow;

// Persistent workers, one thread each, bound once. All windows of a case run on the same.
typedef struct GbPool GbPool;
// NULL: a worker could not be bound.
GbPool *gb_pool_start(GbPlacement *placement, unsigned workers);
void gb_pool_stop(GbPool *pool);

// Runs the window on the pool's workers; returns when all is taken down again.
void gb_window_run(GbPool *pool, GbWindow *window);

// Gives back the traces that a window brought.
void gb_window_drop_traces(GbWindow *window);

#endif
