// weighing.h: how much memory a case needs, beside how long it takes.
//
// Each side runs in a process of its own, forked before any side has run, with a fixed amount
// of work: allocators keep what they were once given, so only a process that has had one of
// them says how much that one needed.
#ifndef GB_WEIGHING_H
#define GB_WEIGHING_H

#include <stdbool.h>

#include "runner.h"

#ifdef __cplusplus
extern "C" {
#endif

// Runs every side that takes part, several times, and writes a line for each. False when
// interrupted or run->error was set.
bool gb_weighing_run(GbRun *run, const GbCase *which);

#ifdef __cplusplus
}
#endif
#endif
