// samples.h: one JSON line per window, and whether to believe it.
#ifndef GB_SAMPLES_H
#define GB_SAMPLES_H

#include "runner.h"

typedef struct GbSampleAt {
    unsigned block;
    unsigned position; // in the palindrome
} GbSampleAt;

// NULL if the window may be believed, else why not, in static storage until the next call.
//
// While there are no more workers than processing units, each has its own, and a worker that
// is runnable but does not run has been kept from it by something foreign. Beyond 5% of the
// window that is too much. Workers that share units, and those that sleep and wake for a
// living, wait for each other, which is what is measured.
const char *gb_sample_judge(const GbWindow *window, unsigned units);

// False when the line could not be written whole.
bool gb_sample_write(GbRun *run, const GbCase *which, const GbSide *side, GbSampleAt at,
                     const GbWindow *window, const char *why);
bool gb_sample_write_account(GbRun *run, const GbCase *which, const GbSide *side,
                             const GbWindow *window);
// Of a process that has run this window and nothing before.
bool gb_sample_write_memory(const GbRun *run, const GbCase *which, const GbSide *side,
                            const GbWindow *window);

#endif
