// cells.h: the questions: what each cell measures, on what, and what a good answer is.
#ifndef GB_CELLS_H
#define GB_CELLS_H

#include <cjson/cJSON.h>
#include <stdbool.h>

typedef struct GbCell {
    const char *name; // of the kernel, too
    const char *topic;
    const char *question;
    const char *good;
    const char *unit; // "ns/op" or "ops/s": how people speak of it
    unsigned least_threads;
    unsigned most_threads; // 0: any
    bool shares;           // has the parameter `share`
    bool even_threads;     // workers come in pairs
    bool contends;         // two workers want the GIL all the time
    bool blocks;           // an operation waits for a clock or another thread
    bool latency;          // replies are timed
    bool peer;             // pthread_mutex takes part
    unsigned least_window_ms;
    unsigned long account_operations; // per worker, in the account pass
} GbCell;

extern const GbCell gb_cells[];
extern const unsigned gb_cell_count;

const GbCell *gb_cells_find(const char *name);
// The values of the parameter `share`, in percent.
extern const unsigned gb_cell_shares[];
extern const unsigned gb_cell_share_count;

// The table as JSON; the caller deletes it.
cJSON *gb_cells_describe(void);

#endif
