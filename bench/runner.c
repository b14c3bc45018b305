// runner.c: blocks: their order, their pages, their samples.
#define _GNU_SOURCE
#include "runner.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "samples.h"
#include "trace.h"

#define REGION_SIZE        (8u << 20) // the runtime's struct and some five hundred spans
#define PAGE_SIZE          4096u      // of the region, beside the runtime
#define REGION_ALIGNMENT   (1u << 21) // a huge page, a multiple of a span
#define INTERVALS          40 // of a contended GIL in a window, so that switches average out
#define WARM_UP_SHARE      10 // a tenth of the window, thrown away
#define FILLING_NS         300u // for a block that is kept: two threads faulting pages in, twice over
#define WINDOW_OVERHEAD_NS 2000000u // making and dropping the instance, about
#define REPEATS            1        // of a block that was disturbed

// ------------------------------------------------------------------ cases

// "name:value/", or nothing where the cell lacks the parameter. Returns its length.
static int print_param(char *text, size_t size, const GbCase *which, GbParam param)
{
    if (!gb_cell_has(which->cell, param)) return 0;
    unsigned value = which->params[param];
    const char *name = gb_param_value_name(param, value);
    if (name != NULL) return snprintf(text, size, "%s:%s/", gb_param_name(param), name);
    return snprintf(text, size, "%s:%u/", gb_param_name(param), value);
}

void gb_case_name(GbCase *which)
{
    size_t size = sizeof which->name;
    size_t used = (size_t)snprintf(which->name, size, "%s/", which->cell->name);
    for (unsigned p = 0; p < GB_PARAM_COUNT; p++)
        used += (size_t)print_param(which->name + used, size - used, which, (GbParam)p);
    snprintf(which->name + used, size - used, "threads:%u", which->threads);
}

uint64_t gb_case_interval_ns(const GbRun *run, const GbCase *which)
{
    if (!gb_cell_has(which->cell, GB_INTERVAL)) return run->interval_ns;
    return which->params[GB_INTERVAL] * 1000ull;
}

bool gb_side_takes_part(const GbSide *side, const GbCase *which)
{
    if (side->module->knows != NULL && !side->module->knows(which->cell->name)) return false;
    return side->module->allows_threads || which->threads == 1;
}

static bool contends_for_gil(const GbRun *run, const GbCase *which)
{
    if (!which->cell->contends || which->threads < 2) return false;
    for (unsigned i = 0; i < run->side_count; i++) {
        if (run->sides[i].module->excludes_threads) return true;
    }
    return false;
}

uint64_t gb_case_window_ns(const GbRun *run, const GbCase *which)
{
    uint64_t length = run->window_ns;
    uint64_t least = which->cell->least_window_ms * 1000000ull;
    uint64_t objects = (uint64_t)which->cell->object_window_ns * which->params[GB_OBJECTS];
    uint64_t switches =
        contends_for_gil(run, which) ? INTERVALS * gb_case_interval_ns(run, which) : 0;
    if (length < least) length = least;
    if (length < objects) length = objects;
    return length < switches ? switches : length;
}

static unsigned participants(const GbRun *run, const GbCase *which, unsigned *list)
{
    unsigned count = 0;
    for (unsigned i = 0; i < run->side_count; i++) {
        if (gb_side_takes_part(&run->sides[i], which)) list[count++] = i;
    }
    return count;
}

uint64_t gb_case_setup_ns(const GbCase *which)
{
    return (uint64_t)which->cell->object_ns * which->params[GB_OBJECTS];
}

// The blocks that an allocation cell keeps are got while it warms up, and the pages below them
// for the first time: a runtime is made for each window, a peer has its pages since the first.
static uint64_t warm_up_ns(const GbCase *which, uint64_t window)
{
    if (which->cell->loses) return 0; // counted from the first operation on, and so are losses
    uint64_t filling = FILLING_NS * which->params[GB_LIVE];
    return window / WARM_UP_SHARE > filling ? window / WARM_UP_SHARE : filling;
}

unsigned gb_case_blocks(const GbRun *run, const GbCase *which)
{
    if (run->blocks > 0) return run->blocks;
    unsigned list[GB_MAX_SIDES];
    uint64_t window = gb_case_window_ns(run, which);
    double each = (double)(window + warm_up_ns(which, window) + WINDOW_OVERHEAD_NS +
                           gb_case_setup_ns(which));
    double blocks = run->seconds * 1e9 / (each * 2 * participants(run, which, list));
    return blocks < 1 ? 1 : (unsigned)(blocks + 0.5);
}

// Every block begins with another side, and every second one goes the other way round.
void gb_block_order(unsigned sides, unsigned block, unsigned *order)
{
    for (unsigned p = 0; p < sides; p++) {
        unsigned step = block % 2 == 0 ? p : sides - p;
        order[p] = (block + step) % sides;
        order[2 * sides - 1 - p] = order[p];
    }
}

// ------------------------------------------------------------------ pages

// New pages, touched, so that no window pays for faults on objects. (The collector's words of
// these pages are mapped apart, by the runtime.) The last block's are given back only now: freed
// before, the system would hand out the very same ones again.
static char *new_region(GbRun *run)
{
    size_t reach = REGION_SIZE + REGION_ALIGNMENT;
    char *mapped =
        mmap(NULL, reach, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) abort();
    uintptr_t mask = REGION_ALIGNMENT - 1;
    char *memory = (char *)(((uintptr_t)mapped + mask) & ~mask);
    gb_placement_bind_memory(run->placement, memory, REGION_SIZE);
    memset(memory, 1, REGION_SIZE);
    if (run->region != NULL) munmap(run->region, reach);
    run->region = mapped;
    return memory;
}

// ------------------------------------------------------------------ windows of a block

void gb_window_prepare(const GbRun *run, const GbCase *which, unsigned block, char *memory,
                       GbWindow *window)
{
    uint64_t length = gb_case_window_ns(run, which);
    window->cell = which->cell;
    window->length_ns = length;
    window->warm_up_ns = warm_up_ns(which, length);
    window->setup = (GbSetup){
        .kernel = which->cell->name,
        .threads = which->threads,
        .memory = memory,
        .memory_size = memory != NULL ? REGION_SIZE - PAGE_SIZE : 0,
        .page = memory != NULL ? memory + REGION_SIZE - PAGE_SIZE : NULL,
        .interval_ns = gb_case_interval_ns(run, which),
        .seed = run->seed * 1000003u + run->process * 1009u + block + 1,
    };
    memcpy(window->setup.params, which->params, sizeof which->params);
}

static double ns_per_operation(const GbWindow *window)
{
    double operations = 0;
    for (unsigned i = 0; i < window->setup.threads; i++)
        operations += (double)window->operations[i];
    return operations > 0 ? (double)window->length_ns / operations : 0;
}

bool gb_run_fail(GbRun *run, int code, const char *error)
{
    run->error = error;
    run->error_code = code;
    return false;
}

// Runs the window at a position and writes its sample.
static bool measure(GbRun *run, GbPool *pool, const GbCase *which, const GbSide *side,
                    GbSampleAt at, GbWindow *window, bool *accepted)
{
    window->module = side->module;
    gb_window_run(pool, window);
    if (!window->complete)
        return gb_run_fail(run, 1,
                           "no memory, descriptors or temporary files (TMPDIR) for a window");
    const char *why = gb_sample_judge(window, gb_placement_units(run->placement));
    if (why != NULL) *accepted = false;
    if (run->samples != NULL && !gb_sample_write(run, which, side, at, window, why))
        return gb_run_fail(run, 1, "cannot write the samples (disk full?)");
    return true;
}

static bool run_once(GbRun *run, GbPool *pool, const GbCase *which, unsigned block,
                     GbBlock *result)
{
    unsigned list[GB_MAX_SIDES];
    unsigned order[2 * GB_MAX_SIDES];
    unsigned count = participants(run, which, list);
    gb_block_order(count, block + run->process, order);
    char *memory = new_region(run);
    GbWindow *window = malloc(sizeof *window);
    if (window == NULL) abort();
    memset(result, 0, sizeof *result);
    result->accepted = true;
    bool going = true;
    for (unsigned p = 0; going && p < 2 * count; p++) {
        memset(window, 0, sizeof *window);
        gb_window_prepare(run, which, block, memory, window);
        unsigned side = list[order[p]];
        going = measure(run, pool, which, &run->sides[side], (GbSampleAt){block, p}, window,
                        &result->accepted);
        result->ns_per_operation[side] += ns_per_operation(window) / 2;
        result->seconds += (double)window->length_ns / 1e9;
        if (*run->interrupted) going = false;
    }
    free(window);
    return going;
}

// A disturbed block is kept in the samples, marked, and repeated under a number of its own.
bool gb_block_run(GbRun *run, GbPool *pool, const GbCase *which, unsigned block,
                  GbBlock *result)
{
    for (unsigned attempt = 0; attempt <= REPEATS; attempt++) {
        unsigned number = block + attempt * gb_case_blocks(run, which);
        if (!run_once(run, pool, which, number, result)) return false;
        if (result->accepted) return true;
    }
    return true;
}

// ------------------------------------------------------------------ accounts

bool gb_account_run(GbRun *run, GbPool *pool, const GbCase *which)
{
    const GbCell *cell = which->cell;
    if (cell->account_operations == 0 && cell->account_window_ms == 0) return true;
    char *memory = new_region(run);
    GbWindow *window = malloc(sizeof *window);
    if (window == NULL) abort();
    bool going = true;
    for (unsigned i = 0; going && i < run->side_count; i++) {
        const GbSide *side = &run->sides[i];
        if (strcmp(side->role, "main") != 0 || !gb_side_takes_part(side, which)) continue;
        memset(window, 0, sizeof *window);
        gb_window_prepare(run, which, 0, memory, window);
        window->fixed_operations = cell->account_operations;
        window->warm_up_ns = 0; // an account has the whole of a worker's time
        window->length_ns = cell->account_window_ms * 1000000ull;
        window->module = side->module;
        window->accounts = true;
        window->setup.trace_events = run->trace != NULL ? GB_TRACE_EVENTS : 0;
        gb_window_run(pool, window);
        going = window->complete && gb_sample_write_account(run, which, side, window);
        if (going && run->trace != NULL)
            going = gb_trace_write(run->trace, which, side, window);
        gb_window_drop_traces(window);
        if (!going) gb_run_fail(run, 1, "cannot run or write an account");
        if (*run->interrupted) going = false;
    }
    free(window);
    return going;
}
