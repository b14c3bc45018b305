// cells.c: the table of cells.
#include "cells.h"

#include <string.h>

#define MILLION 1000000ul

const unsigned gb_cell_shares[] = {0, 1, 5, 25, 100};
const unsigned gb_cell_share_count = sizeof gb_cell_shares / sizeof *gb_cell_shares;

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
     .account_operations = 10000},
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
     .shares = true,
     .contends = true,
     .account_operations = MILLION},
    {.name = "crossing_list",
     .topic = "crossing",
     .question = "From which share of operations on one list does the GIL win?",
     .good = "The later the lines cross the better for per-object locks.",
     .unit = "ops/s",
     .least_threads = 1,
     .shares = true,
     .contends = true,
     .account_operations = MILLION},
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
     .account_operations = 0}, // its work is set by the clock, not by a count
};
const unsigned gb_cell_count = sizeof gb_cells / sizeof *gb_cells;

const GbCell *gb_cells_find(const char *name)
{
    for (unsigned i = 0; i < gb_cell_count; i++) {
        if (strcmp(gb_cells[i].name, name) == 0) return &gb_cells[i];
    }
    return NULL;
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
    cJSON *params = cJSON_AddObjectToObject(object, "params");
    if (cell->shares) {
        cJSON *shares = cJSON_AddArrayToObject(params, "share");
        for (unsigned i = 0; i < gb_cell_share_count; i++)
            cJSON_AddItemToArray(shares, cJSON_CreateNumber(gb_cell_shares[i]));
    }
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
