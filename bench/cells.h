// cells.h: the questions: what each cell measures, on what, and what a good answer is.
#ifndef GB_CELLS_H
#define GB_CELLS_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "params.h"

#define GB_CELL_PARAMS 3
#define GB_CELL_VALUES 8
// Values of a parameter in the table: how many, and which.
#define GB_VALUES(...)                                                                         \
    sizeof((unsigned[]){__VA_ARGS__}) / sizeof(unsigned),                                      \
    {                                                                                          \
        __VA_ARGS__                                                                            \
    }

// A parameter of a cell and the values that it is measured at.
typedef struct GbCellParam {
    GbParam param;
    unsigned count; // 0: none
    unsigned values[GB_CELL_VALUES];
} GbCellParam;

typedef struct GbCell {
    const char *name; // of the kernel, too
    const char *topic;
    const char *question;
    const char *good;
    const char *unit; // "ns/op" or "ops/s": how people speak of it
    unsigned least_threads;
    unsigned most_threads;              // 0: any
    bool even_threads;                  // workers come in pairs
    bool contends;                      // two workers want the GIL all the time
    bool blocks;                        // an operation waits for a clock or another thread
    bool latency;                       // replies are timed
    bool loses;                         // operations may lack their effect in the end
    GbCellParam params[GB_CELL_PARAMS]; // in the order of GbParam
    unsigned least_window_ms;
    unsigned object_ns; // that making each of GB_OBJECTS takes, about, before every window
    unsigned object_window_ns; // of the least window for each of GB_OBJECTS
    bool untimed;       // memory is all that is measured
    // The memory pass: so many operations per worker; 0: there is none.
    unsigned long weighed_operations;
    bool scales; // a profile can ask for so many times as many
    // The account pass: so many operations per worker, or, where the clock sets the work, so
    // long.
    unsigned long account_operations;
    unsigned account_window_ms;
} GbCell;

extern const GbCell gb_cells[];
extern const unsigned gb_cell_count;

const GbCell *gb_cells_find(const char *name);
// How many combinations of its parameters' values a cell has; at least one.
unsigned gb_cell_combinations(const GbCell *cell);
// Sets `params` (GB_PARAM_COUNT of them) to a combination; the last parameter varies fastest.
void gb_cell_combination(const GbCell *cell, unsigned which, unsigned *params);
// Whether the cell has the parameter.
bool gb_cell_has(const GbCell *cell, GbParam param);

// A value as JSON has it: a number, or its name. The caller deletes it.
cJSON *gb_cell_value(GbParam param, unsigned value);
// The table as JSON; the caller deletes it.
cJSON *gb_cells_describe(void);

#endif
