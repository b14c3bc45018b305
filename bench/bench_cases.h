// bench_cases.h: cases as Google Benchmark knows them.
#ifndef GB_BENCH_CASES_H
#define GB_BENCH_CASES_H

#include "runner.h"

// Registers a case: one manual-time iteration per block, counters in ns per operation for
// each side. `run` must live until the benchmarks have run.
void gb_case_register(GbRun *run, const GbCase &which);

#endif
