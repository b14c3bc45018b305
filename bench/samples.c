// samples.c: sample lines, through cJSON.
#include "samples.h"

#include <stdlib.h>

#define MOST_WAIT 0.05 // of the window; about what an idle system's own threads cause at most

static bool all_bound(const GbWindow *window)
{
    bool bound = true;
    for (unsigned i = 0; i < window->setup.threads; i++)
        bound = bound && window->bound[i];
    return bound;
}

const char *gb_sample_judge(const GbWindow *window, unsigned units)
{
    static char why[80];
    if (!all_bound(window)) return "a worker was moved off its processing unit";
    if (window->cell->blocks || window->setup.threads > units) return NULL;
    uint64_t most = 0;
    for (unsigned i = 0; i < window->setup.threads; i++) {
        if (window->disturbance[i].runq_wait_ns > most)
            most = window->disturbance[i].runq_wait_ns;
    }
    double share = (double)most / (double)window->length_ns;
    if (share <= MOST_WAIT) return NULL;
    snprintf(why, sizeof why, "run-queue wait %.0f%% of the window", share * 100);
    return why;
}

// ------------------------------------------------------------------ parts of a line

static void add_numbers(cJSON *line, const char *name, const uint64_t *values, size_t stride,
                        unsigned count)
{
    cJSON *array = cJSON_AddArrayToObject(line, name);
    for (unsigned i = 0; i < count; i++)
        cJSON_AddItemToArray(array, cJSON_CreateNumber((double)values[i * stride]));
}

static cJSON *begin_line(const GbRun *run, const GbCase *which, const GbSide *side,
                         const GbWindow *window, const char *build)
{
    cJSON *line = cJSON_CreateObject();
    cJSON_AddStringToObject(line, "case", which->name);
    cJSON_AddStringToObject(line, "cell", which->cell->name);
    cJSON *params = cJSON_AddObjectToObject(line, "params");
    for (unsigned p = 0; p < GB_PARAM_COUNT; p++) {
        GbParam param = (GbParam)p;
        if (gb_cell_has(which->cell, param))
            cJSON_AddItemToObject(params, gb_param_name(param),
                                  gb_cell_value(param, which->params[p]));
    }
    cJSON_AddNumberToObject(line, "threads", which->threads);
    cJSON_AddStringToObject(line, "variant", side->module->variant);
    cJSON_AddStringToObject(line, "role", side->role);
    cJSON_AddStringToObject(line, "build", build);
    cJSON_AddNumberToObject(line, "process", run->process);
    add_numbers(line, "ops", window->operations, 1, which->threads);
    return line;
}

static void add_cpus(cJSON *line, const GbRun *run, const GbWindow *window)
{
    cJSON *cpus = cJSON_AddArrayToObject(line, "cpus");
    for (unsigned i = 0; i < window->setup.threads; i++)
        cJSON_AddItemToArray(cpus, cJSON_CreateNumber(gb_placement_cpu(run->placement, i)));
    cJSON_AddBoolToObject(line, "bound", all_bound(window));
}

static void add_wall(cJSON *line, const GbWindow *window)
{
    cJSON *wall = cJSON_AddArrayToObject(line, "wall_ns");
    for (unsigned i = 0; i < window->setup.threads; i++)
        cJSON_AddItemToArray(wall, cJSON_CreateNumber((double)window->length_ns));
}

static void add_counters(cJSON *line, const GbWindow *window)
{
    cJSON *account = cJSON_AddObjectToObject(line, "account");
    for (size_t i = 0; i < window->account_count; i++)
        cJSON_AddNumberToObject(account, window->account[i].name,
                                (double)window->account[i].value);
}

static void add_worker_counters(cJSON *line, const GbWindow *window)
{
    cJSON *workers = cJSON_AddArrayToObject(line, "account_threads");
    for (unsigned w = 0; w < window->setup.threads; w++) {
        cJSON *counters = cJSON_CreateObject();
        for (size_t i = 0; i < window->account_count; i++)
            cJSON_AddNumberToObject(counters, window->account[i].name,
                                    (double)window->worker_accounts[w][i]);
        cJSON_AddItemToArray(workers, counters);
    }
}

static void add_buckets(cJSON *object, const RtHistogram *latency)
{
    cJSON *buckets = cJSON_AddArrayToObject(object, "buckets");
    for (size_t i = 0; i < RT_HISTOGRAM_BUCKETS; i++) {
        if (latency->buckets[i] == 0) continue;
        double pair[2] = {(double)rt_histogram_upper(i), (double)latency->buckets[i]};
        cJSON_AddItemToArray(buckets, cJSON_CreateDoubleArray(pair, 2));
    }
}

// As `name` of the object: null without a value.
static void add_histogram(cJSON *parent, const char *name, const RtHistogram *latency)
{
    static const struct {
        const char *name;
        double quantile;
    } quantiles[] = {
        {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}, {"p9999", 0.9999}};
    if (latency->count == 0) {
        cJSON_AddNullToObject(parent, name);
        return;
    }
    cJSON *object = cJSON_AddObjectToObject(parent, name);
    cJSON_AddStringToObject(object, "unit", "ns");
    cJSON_AddNumberToObject(object, "count", (double)latency->count);
    cJSON_AddNumberToObject(object, "mean", (double)latency->sum / (double)latency->count);
    cJSON_AddNumberToObject(object, "min", (double)latency->min);
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        cJSON_AddNumberToObject(object, quantiles[i].name,
                                (double)rt_histogram_quantile(latency, quantiles[i].quantile));
    cJSON_AddNumberToObject(object, "max", (double)latency->max);
    add_buckets(object, latency);
}

static void add_disturbance(cJSON *line, const GbWindow *window)
{
    cJSON *object = cJSON_AddObjectToObject(line, "disturbance");
    size_t stride = sizeof(GbDisturbance) / sizeof(uint64_t);
    unsigned threads = window->setup.threads;
    add_numbers(object, "runq_wait_ns", &window->disturbance[0].runq_wait_ns, stride, threads);
    add_numbers(object, "involuntary", &window->disturbance[0].involuntary, stride, threads);
    if (window->pressure_us >= 0)
        cJSON_AddNumberToObject(object, "psi_some_us", (double)window->pressure_us);
    else
        cJSON_AddNullToObject(object, "psi_some_us");
}

// Prints the line, flushes it, deletes the object.
static bool end_line(FILE *file, cJSON *line)
{
    char *text = cJSON_PrintUnformatted(line);
    bool written = text != NULL && fprintf(file, "%s\n", text) > 0 && fflush(file) == 0;
    cJSON_free(text);
    cJSON_Delete(line);
    return written;
}

// ------------------------------------------------------------------ lines

bool gb_sample_write(GbRun *run, const GbCase *which, const GbSide *side, GbSampleAt at,
                     const GbWindow *window, const char *why)
{
    cJSON *line = begin_line(run, which, side, window, side->module->flavour);
    cJSON_AddNumberToObject(line, "block", at.block);
    cJSON_AddNumberToObject(line, "position", at.position);
    cJSON_AddNumberToObject(line, "window_ms", (double)window->length_ns / 1e6);
    add_cpus(line, run, window);
    add_wall(line, window);
    add_histogram(line, "latency", &window->latency);
    if (which->cell->loses) cJSON_AddNumberToObject(line, "lost", (double)window->lost);
    add_disturbance(line, window);
    cJSON_AddBoolToObject(line, "accepted", why == NULL);
    if (why != NULL)
        cJSON_AddStringToObject(line, "why", why);
    else
        cJSON_AddNullToObject(line, "why");
    return end_line(run->samples, line);
}

bool gb_sample_write_account(GbRun *run, const GbCase *which, const GbSide *side,
                             const GbWindow *window)
{
    if (run->samples == NULL) return true;
    cJSON *line = begin_line(run, which, side, window, side->module->flavour);
    cJSON_AddNumberToObject(line, "window_ms", (double)window->length_ns / 1e6);
    add_cpus(line, run, window);
    add_numbers(line, "wall_ns", window->wall_ns, 1, which->threads);
    cJSON_AddBoolToObject(line, "accepted", true);
    add_counters(line, window);
    add_worker_counters(line, window);
    add_histogram(cJSON_AddObjectToObject(line, "histograms"), "gil_handover",
                  &window->handover);
    return end_line(run->samples, line);
}

bool gb_sample_write_memory(const GbRun *run, const GbCase *which, const GbSide *side,
                            const GbWindow *window)
{
    if (run->samples == NULL) return true;
    cJSON *line = begin_line(run, which, side, window, "memory");
    add_cpus(line, run, window);
    cJSON *resident = cJSON_AddObjectToObject(line, "resident");
    cJSON_AddNumberToObject(resident, "start", (double)window->resident_start);
    cJSON_AddNumberToObject(resident, "peak", (double)window->resident_peak);
    cJSON_AddNumberToObject(resident, "end", (double)window->resident_end);
    return end_line(run->samples, line);
}
