// bench_cases.cc: registration of cases with Google Benchmark, and nothing else.
#include <benchmark/benchmark.h>

#include "bench_cases.h"
#include "weighing.h"

#include <string>

namespace {

// Starting the pool binds its workers; one that cannot be bound ends the program.
GbPool *start_pool(GbRun *run, unsigned threads)
{
    GbPool *pool = gb_pool_start(run->placement, threads);
    if (pool == nullptr) {
        run->error = "cannot pin threads to processing units (no permission?)";
        run->error_code = 3;
    }
    return pool;
}

std::string label(const GbSide &side)
{
    std::string name = side.module->variant;
    return std::string(side.role) == "copy" ? name + " (copy)" : name;
}

void run_blocks(benchmark::State &state, GbRun *run, GbPool *pool, const GbCase &which)
{
    double sums[GB_MAX_SIDES] = {};
    unsigned block = 0;
    for (auto _ : state) {
        GbBlock result;
        if (!gb_block_run(run, pool, &which, block++, &result)) {
            state.SkipWithError(run->error ? run->error : "interrupted");
            return;
        }
        state.SetIterationTime(result.seconds);
        for (unsigned i = 0; i < run->side_count; i++)
            sums[i] += result.ns_per_operation[i];
    }
    for (unsigned i = 0; i < run->side_count; i++)
        if (sums[i] > 0) state.counters[label(run->sides[i]) + " ns/op"] = sums[i] / block;
}

void run_account(benchmark::State &state, GbRun *run, GbPool *pool, const GbCase &which)
{
    for (auto _ : state) {
        if (!gb_account_run(run, pool, &which)) {
            state.SkipWithError(run->error ? run->error : "interrupted");
            return;
        }
        state.SetIterationTime(1e-9); // nothing is timed in an account build
    }
}

// Starts the pool of a case, and stops it after.
void run_in_pool(benchmark::State &state, GbRun *run, const GbCase &which)
{
    GbPool *pool = start_pool(run, which.threads);
    if (pool == nullptr) {
        state.SkipWithError(run->error);
        return;
    }
    (run->account ? run_account : run_blocks)(state, run, pool, which);
    gb_pool_stop(pool);
}

// No pool: a fork takes no threads along.
void run_weighing(benchmark::State &state, GbRun *run, const GbCase &which)
{
    for (auto _ : state) {
        if (!gb_weighing_run(run, &which)) {
            state.SkipWithError(run->error ? run->error : "interrupted");
            return;
        }
        state.SetIterationTime(1e-9);
    }
}

} // namespace

void gb_case_register(GbRun *run, const GbCase &which)
{
    auto body = [run, which](benchmark::State &state) {
        if (run->error != nullptr || *run->interrupted) {
            state.SkipWithError("not run");
            return;
        }
        (run->weigh ? run_weighing : run_in_pool)(state, run, which);
    };
    benchmark::RegisterBenchmark(which.name, body)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond)
        ->Iterations(run->account || run->weigh ? 1 : gb_case_blocks(run, &which));
}
