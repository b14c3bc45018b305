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

typedef struct GbWindow {
    // In
    const GbCell *cell;
    const GbModule *module;
    GbSetup setup;
    uint64_t warm_up_ns;
    uint64_t length_ns;
    uint64_t fixed_operations; // 0: timed; else each worker runs so many and nothing is timed
    // Out
    bool complete; // false: the instance could not be made
    uint64_t operations[GB_WINDOW_WORKERS];
    GbDisturbance disturbance[GB_WINDOW_WORKERS];
    bool bound[GB_WINDOW_WORKERS]; // still where it was put, asked after the work
    int64_t pressure_us;           // -1: unknown
    RtHistogram latency;
    uint64_t lost; // operations without effect, where the cell may lose some
    GbAccountEntry account[128];
    size_t account_count;
} GbWindow;

// Persistent workers, one thread each, bound once. All windows of a case run on the same.
typedef struct GbPool GbPool;
// NULL: a worker could not be bound.
GbPool *gb_pool_start(GbPlacement *placement, unsigned workers);
void gb_pool_stop(GbPool *pool);

// Runs the window on the pool's workers; returns when all is taken down again.
void gb_window_run(GbPool *pool, GbWindow *window);

#endif
