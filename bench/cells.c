// cells.c: the table of cells.
#include "cells.h"

#include <string.h>

#define MILLION      1000000ul
#define ANY_INTERVAL GB_INTERVAL, GB_VALUES(100, 500, 1000, 5000, 20000)
#define ANY_SHARING                                                                            \
    GB_SHARING, GB_VALUES(GB_SHARING_PRIVATE, GB_SHARING_READ, GB_SHARING_DISJOINT,            \
                          GB_SHARING_CONTENDED)

const GbCell gb_cells[] = {
    {.name = "refcount_own",
     .topic = "refcount",
     .question = "What does a reference to an object of one's own cost?",
     .good = "A nanosecond or less, on any number of threads.",
     .unit = "ns/op",
     .least_threads = 1,
     .contends = true,
     .account_operations = MILLION},
    {.name = "refcount_shared",
     .topic = "refcount",
     .question = "What does a reference to one object that all threads use cost?",
     .good = "As little as to one's own; in practice the line travels between cores.",
     .unit = "ns/op",
     .least_threads = 1,
     .contends = true,
     .account_operations = MILLION},
    {.name = "refcount_immortal",
     .topic = "refcount",
     .question = "What does a reference to None cost?",
     .good = "Less than any count: nothing is written.",
     .unit = "ns/op",
     .least_threads = 1,
     .contends = true,
     .account_operations = MILLION},
    {.name = "lock_private",
     .topic = "lock",
     .question = "What does a critical section on an object of one's own cost?",
     .good = "No more than an uncontended pthread_mutex.",
     .unit = "ns/op",
     .least_threads = 1,
     .contends = true,
     .peer = true,
     .account_operations = MILLION},
    {.name = "lock_shared",
     .topic = "lock",
     .question = "What does a critical section on one object cost when all threads want it?",
     .good = "No more than pthread_mutex, and every thread gets its turn.",
     .unit = "ns/op",
     .least_threads = 1,
     .contends = true,
     .peer = true,
     .account_operations = MILLION},
    {.name = "gil_pair",
     .topic = "gil",
     .question = "What does giving up the right to run, and taking it back, cost?",
     .good = "Tens of nanoseconds: it surrounds every blocking call.",
     .unit = "ns/op",
     .least_threads = 1,
     .most_threads = 2,
     .account_operations = MILLION / 10},
    {.name = "gil_handover",
     .topic = "gil",
     .question = "How long does it take to hand a turn to another thread and get it back?",
     .good = "Twice what a cache line takes between cores; under a GIL, two wake-ups.",
     .unit = "ns/op",
     .least_threads = 2,
     .most_threads = 2,
     .blocks = true,
     .least_window_ms = 60,
     .account_operations = 50000},
    {.name = "count_int",
     .topic = "cpu",
     .question = "How does counting in boxed ints scale?",
     .good = "With the threads; under a GIL, not at all.",
     .unit = "ops/s",
     .least_threads = 1,
     .contends = true,
     .account_operations = MILLION},
    {.name = "count_small",
     .topic = "cpu",
     .question = "How does private work that allocates nothing scale?",
     .good = "With the threads, exactly; under a GIL, not at all.",
     .unit = "ops/s",
     .least_threads = 1,
     .contends = true,
     .account_operations = MILLION},
    {.name = "list_private",
     .topic = "cpu",
     .question = "How do append, get, set and pop on a list of one's own scale?",
     .good = "With the threads; the locks' price shows on one.",
     .unit = "ops/s",
     .least_threads = 1,
     .contends = true,
     .account_operations = MILLION},
    {.name = "dict_private",
     .topic = "cpu",
     .question = "How do get, set and delete on a dict of one's own scale?",
     .good = "With the threads; the locks' price shows on one.",
     .unit = "ops/s",
     .least_threads = 1,
     .contends = true,
     .account_operations = MILLION},
    {.name = "crossing_dict",
     .topic = "crossing",
     .question = "From which share of operations on one dict does the GIL win?",
     .good = "The later the lines cross the better for per-object locks.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{GB_SHARE, GB_VALUES(0, 1, 5, 25, 100)}},
     .contends = true,
     .account_operations = MILLION},
    {.name = "crossing_list",
     .topic = "crossing",
     .question = "From which share of operations on one list does the GIL win?",
     .good = "The later the lines cross the better for per-object locks.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{GB_SHARE, GB_VALUES(0, 1, 5, 25, 100)}},
     .contends = true,
     .account_operations = MILLION},
    {.name = "crossing_map",
     .topic = "crossing",
     .question = "Where does the GIL win, by share of work on one dict and length of sections?",
     .good = "Nowhere: a longer section earns its lock back, but holds the others up longer.",
     .unit = "ops/s",
     .least_threads = 2,
     .params = {{GB_SHARE, GB_VALUES(0, 1, 5, 25, 100)}, {GB_SECTION, GB_VALUES(1, 10, 100)}},
     .contends = true,
     .account_operations = MILLION / 20},
    {.name = "sleepers",
     .topic = "io",
     .question = "Do blocking calls overlap?",
     .good = "Completely, in every variant: the GIL is dropped around them.",
     .unit = "ops/s",
     .least_threads = 1,
     .blocks = true,
     .least_window_ms = 100,
     .account_operations = 100},
    {.name = "socket_echo",
     .topic = "io",
     .question = "How many messages go between two threads over a socket?",
     .good = "As many as the system's own wake-ups allow.",
     .unit = "ops/s",
     .least_threads = 2,
     .even_threads = true,
     .blocks = true,
     .least_window_ms = 60,
     .account_operations = 1000},
    {.name = "mixed_reply",
     .topic = "mixed",
     .question = "How long does a request wait beside threads that compute?",
     .good = "As long as on an idle machine; under a GIL, a switch interval.",
     .unit = "ns/op",
     .least_threads = 2,
     .contends = true,
     .latency = true,
     .least_window_ms = 600,
     .account_window_ms = 300},
    {.name = "reacquire",
     .topic = "contention",
     .question = "How late is a thread that slept a millisecond, beside threads that count?",
     .good = "As on an idle machine; under a GIL, a switch interval for each that counts.",
     .unit = "ns/op",
     .least_threads = 2,
     .params = {{ANY_INTERVAL}},
     .contends = true,
     .latency = true,
     .least_window_ms = 600,
     .account_window_ms = 300},
    {.name = "convoy_echo",
     .topic = "contention",
     .question = "How fast does a server answer beside threads that count?",
     .good = "As alone; under a GIL, it waits a switch interval after each blocking call.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{ANY_INTERVAL}},
     .contends = true,
     .latency = true,
     .least_window_ms = 600,
     .account_window_ms = 300},
    {.name = "long_calls",
     .topic = "contention",
     .question = "How late is a sleeper beside calls that run long without polling?",
     .good = "As on an idle machine; under a GIL, what is left of the call.",
     .unit = "ns/op",
     .least_threads = 2,
     .most_threads = 2,
     .params = {{GB_CALL, GB_VALUES(100, 1000, 10000, 50000)}},
     .contends = true,
     .latency = true,
     .least_window_ms = 600,
     .account_window_ms = 300},
    {.name = "gil_time",
     .topic = "contention",
     .question = "Whose is the time, among threads that count and threads that sleep and wake?",
     .good = "Everybody's own: nobody waits to run.",
     .unit = "ops/s",
     .least_threads = 2,
     .params = {{ANY_INTERVAL}, {GB_IO, GB_VALUES(0, 1, 2)}},
     .contends = true,
     .least_window_ms = 200,
     .account_window_ms = 2500},
    {.name = "lost_update",
     .topic = "contention",
     .question = "How many increments of one attribute are lost, by where the loop polls?",
     .good = "None without a call in between under a GIL; nothing else promises any.",
     .unit = "ops/s",
     .least_threads = 2,
     .most_threads = 2,
     .params = {{GB_POLL, GB_VALUES(GB_POLL_EDGE, GB_POLL_CALL)}},
     .contends = true,
     .loses = true,
     .least_window_ms = 200,
     .account_operations = MILLION / 10},
    {.name = "sieve",
     .topic = "workloads",
     .question = "How does a sieve on a list scale, by who shares what?",
     .good = "With the threads, unless all write the same numbers.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{ANY_SHARING}},
     .contends = true,
     .account_operations = 200},
    {.name = "word_count",
     .topic = "workloads",
     .question = "How does counting words in a dict scale, by who shares what?",
     .good = "With the threads, unless all count in one dict.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{ANY_SHARING}},
     .contends = true,
     .account_operations = MILLION / 10},
    {.name = "trees",
     .topic = "workloads",
     .question = "How does copying and dropping binary trees scale, by who shares what?",
     .good = "With the threads, even where one drops what another has built.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{ANY_SHARING}},
     .contends = true,
     .account_operations = 5000},
    {.name = "matrix",
     .topic = "workloads",
     .question = "How does a matrix product on lists scale, by who shares what?",
     .good = "With the threads, also where all read one matrix.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{ANY_SHARING}},
     .contends = true,
     .account_operations = 20000},
    {.name = "pipe_ring",
     .topic = "workloads",
     .question = "How many tokens do threads in a ring pass on through pipes?",
     .good = "More with every core: there is a token per thread.",
     .unit = "ops/s",
     .least_threads = 2,
     .blocks = true,
     .least_window_ms = 60,
     .account_operations = 1000},
    {.name = "tcp_echo",
     .topic = "workloads",
     .question = "How many round trips do connections make, with a thread each?",
     .good = "As many as the system's own wake-ups allow.",
     .unit = "ops/s",
     .least_threads = 2,
     .even_threads = true,
     .blocks = true,
     .least_window_ms = 60,
     .account_operations = 1000},
    {.name = "file_sync",
     .topic = "workloads",
     .question = "How often can threads write a page, bring it to the disk and read it back?",
     .good = "As often as the disk can, in every variant.",
     .unit = "ops/s",
     .least_threads = 1,
     .blocks = true,
     .least_window_ms = 100,
     .account_operations = 50},
    {.name = "mixed_work",
     .topic = "workloads",
     .question = "What becomes of CPU work that blocking calls interrupt, in set proportions?",
     .good = "It scales as its parts do: a blocking call costs no turn.",
     .unit = "ops/s",
     .least_threads = 1,
     .params = {{GB_SHARE, GB_VALUES(25, 50, 75)}},
     .contends = true,
     .account_operations = 2000},
};
const unsigned gb_cell_count = sizeof gb_cells / sizeof *gb_cells;

const GbCell *gb_cells_find(const char *name)
{
    for (unsigned i = 0; i < gb_cell_count; i++) {
        if (strcmp(gb_cells[i].name, name) == 0) return &gb_cells[i];
    }
    return NULL;
}

unsigned gb_cell_combinations(const GbCell *cell)
{
    unsigned product = 1;
    for (unsigned i = 0; i < GB_CELL_PARAMS && cell->params[i].count > 0; i++)
        product *= cell->params[i].count;
    return product;
}

void gb_cell_combination(const GbCell *cell, unsigned which, unsigned *params)
{
    for (unsigned i = GB_CELL_PARAMS; i-- > 0;) {
        const GbCellParam *axis = &cell->params[i];
        if (axis->count == 0) continue;
        params[axis->param] = axis->values[which % axis->count];
        which /= axis->count;
    }
}

bool gb_cell_has(const GbCell *cell, GbParam param)
{
    for (unsigned i = 0; i < GB_CELL_PARAMS; i++) {
        if (cell->params[i].count > 0 && cell->params[i].param == param) return true;
    }
    return false;
}

cJSON *gb_cell_value(GbParam param, unsigned value)
{
    const char *name = gb_param_value_name(param, value);
    return name != NULL ? cJSON_CreateString(name) : cJSON_CreateNumber(value);
}

static cJSON *describe_params(const GbCell *cell)
{
    cJSON *params = cJSON_CreateObject();
    for (unsigned i = 0; i < GB_CELL_PARAMS && cell->params[i].count > 0; i++) {
        const GbCellParam *axis = &cell->params[i];
        cJSON *values = cJSON_AddArrayToObject(params, gb_param_name(axis->param));
        for (unsigned k = 0; k < axis->count; k++)
            cJSON_AddItemToArray(values, gb_cell_value(axis->param, axis->values[k]));
    }
    return params;
}

static cJSON *describe(const GbCell *cell)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "cell", cell->name);
    cJSON_AddStringToObject(object, "topic", cell->topic);
    cJSON_AddStringToObject(object, "question", cell->question);
    cJSON_AddStringToObject(object, "good", cell->good);
    cJSON_AddStringToObject(object, "unit", cell->unit);
    cJSON_AddStringToObject(object, "metric", cell->latency ? "latency" : "throughput");
    cJSON_AddItemToObject(object, "params", describe_params(cell));
    cJSON_AddNumberToObject(object, "threads_min", cell->least_threads);
    if (cell->most_threads != 0)
        cJSON_AddNumberToObject(object, "threads_max", cell->most_threads);
    else
        cJSON_AddNullToObject(object, "threads_max");
    cJSON_AddBoolToObject(object, "threads_even", cell->even_threads);
    cJSON_AddBoolToObject(object, "latency", cell->latency);
    cJSON_AddBoolToObject(object, "contends", cell->contends);
    cJSON_AddNumberToObject(object, "window_ms", cell->least_window_ms);
    return object;
}

cJSON *gb_cells_describe(void)
{
    cJSON *cells = cJSON_CreateArray();
    for (unsigned i = 0; i < gb_cell_count; i++)
        cJSON_AddItemToArray(cells, describe(&gb_cells[i]));
    return cells;
}
