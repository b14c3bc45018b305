// trace.c: slices and moments from the events of the runtime's account builds.
//
// A state lasts until the next one begins, a lock is held from its event to the one that
// gives it up. Slices of locks lie within those of the states, so both nest on one track.
#include "trace.h"

#include <stdlib.h>

#include "base/trace.h"

static const char *const names[RT_TRACE_KIND_COUNT] = {
    [RT_TRACE_BLOCKED] = "blocked",
    [RT_TRACE_RUNNING] = "running",
    [RT_TRACE_WAITING] = "waiting",
    [RT_TRACE_SWITCHING] = "switching",
    [RT_TRACE_DROP_REQUESTED] = "drop requested",
    [RT_TRACE_FORCED_SWITCH] = "forced switch",
    [RT_TRACE_LOCKED] = "lock",
    [RT_TRACE_UNLOCKED] = "lock",
};

static bool is_state(RtTraceKind kind)
{
    return kind <= RT_TRACE_SWITCHING;
}

static cJSON *begin_event(const char *phase, const char *category, RtTraceKind kind,
                          unsigned worker)
{
    cJSON *event = cJSON_CreateObject();
    cJSON_AddStringToObject(event, "ph", phase);
    cJSON_AddStringToObject(event, "cat", category);
    cJSON_AddStringToObject(event, "name", names[kind]);
    cJSON_AddNumberToObject(event, "pid", 1);
    cJSON_AddNumberToObject(event, "tid", worker);
    return event;
}

static double us_since(const GbWindow *window, uint64_t ns)
{
    return ((double)ns - (double)window->began_ns) / 1e3;
}

static cJSON *slice(const GbWindow *window, unsigned worker, const RtTraceEvent *event,
                    uint64_t end_ns)
{
    cJSON *json =
        begin_event("X", is_state(event->kind) ? "state" : "lock", event->kind, worker);
    cJSON_AddNumberToObject(json, "ts", us_since(window, event->ns));
    cJSON_AddNumberToObject(json, "dur", (double)(end_ns - event->ns) / 1e3);
    if (event->what == NULL) return json;
    char address[24];
    snprintf(address, sizeof address, "%p", event->what);
    cJSON_AddStringToObject(cJSON_AddObjectToObject(json, "args"), "object", address);
    return json;
}

static cJSON *moment(const GbWindow *window, unsigned worker, const RtTraceEvent *event)
{
    cJSON *json = begin_event("i", "gil", event->kind, worker);
    cJSON_AddStringToObject(json, "s", "t");
    cJSON_AddNumberToObject(json, "ts", us_since(window, event->ns));
    return json;
}

// When what began with event `at` ends: the next state, or the release of that lock.
static uint64_t end_of(const GbWorkerTrace *trace, size_t at)
{
    const RtTraceEvent *begun = &trace->events[at];
    for (size_t i = at + 1; i < trace->count; i++) {
        const RtTraceEvent *next = &trace->events[i];
        bool ends = is_state(begun->kind)
                        ? is_state(next->kind)
                        : next->kind == RT_TRACE_UNLOCKED && next->what == begun->what;
        if (ends) return next->ns;
    }
    return trace->events[trace->count - 1].ns;
}

static void add_worker(cJSON *events, const GbWindow *window, unsigned worker)
{
    const GbWorkerTrace *trace = &window->traces[worker];
    for (size_t i = 0; i < trace->count; i++) {
        const RtTraceEvent *event = &trace->events[i];
        if (event->kind == RT_TRACE_UNLOCKED) continue;
        if (is_state(event->kind) || event->kind == RT_TRACE_LOCKED)
            cJSON_AddItemToArray(events, slice(window, worker, event, end_of(trace, i)));
        else
            cJSON_AddItemToArray(events, moment(window, worker, event));
    }
}

static void name_worker(cJSON *events, const GbWindow *window, unsigned worker)
{
    bool sleeps = worker < window->setup.params[GB_IO];
    char name[48];
    snprintf(name, sizeof name, "worker %u%s", worker, sleeps ? " (sleeps and wakes)" : "");
    cJSON *event = cJSON_CreateObject();
    cJSON_AddStringToObject(event, "ph", "M");
    cJSON_AddStringToObject(event, "name", "thread_name");
    cJSON_AddNumberToObject(event, "pid", 1);
    cJSON_AddNumberToObject(event, "tid", worker);
    cJSON_AddStringToObject(cJSON_AddObjectToObject(event, "args"), "name", name);
    cJSON_AddItemToArray(events, event);
}

static void describe(cJSON *trace, const GbCase *which, const GbSide *side,
                     const GbWindow *window)
{
    cJSON *data = cJSON_AddObjectToObject(trace, "otherData");
    uint64_t forgotten = 0;
    for (unsigned i = 0; i < which->threads; i++)
        forgotten += window->traces[i].forgotten;
    cJSON_AddStringToObject(data, "case", which->name);
    cJSON_AddStringToObject(data, "variant", side->module->variant);
    cJSON_AddStringToObject(data, "build", side->module->flavour);
    cJSON_AddNumberToObject(data, "window_ms", (double)window->length_ns / 1e6);
    cJSON_AddNumberToObject(data, "threads", which->threads);
    cJSON_AddNumberToObject(data, "dropped", (double)forgotten);
}

bool gb_trace_write(FILE *file, const GbCase *which, const GbSide *side, const GbWindow *window)
{
    cJSON *trace = cJSON_CreateObject();
    cJSON *events = cJSON_AddArrayToObject(trace, "traceEvents");
    for (unsigned i = 0; i < which->threads; i++) {
        name_worker(events, window, i);
        add_worker(events, window, i);
    }
    cJSON_AddStringToObject(trace, "displayTimeUnit", "ms");
    describe(trace, which, side, window);
    char *text = cJSON_PrintUnformatted(trace);
    bool written = text != NULL && fprintf(file, "%s\n", text) > 0 && fflush(file) == 0;
    cJSON_free(text);
    cJSON_Delete(trace);
    return written;
}
