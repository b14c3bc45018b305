// placement.h: which processing unit each worker runs on, and what the machine is.
//
// One worker per physical core first, performance cores before others, then the siblings of
// simultaneous multithreading, then round again. Only processing units that this process may
// use (taskset, cgroups) count.
#ifndef GB_PLACEMENT_H
#define GB_PLACEMENT_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct GbPlacement GbPlacement;

// Reads the topology. NULL when hwloc cannot.
GbPlacement *gb_placement_open(void);
void gb_placement_close(GbPlacement *placement);

// Processing units that may be used.
unsigned gb_placement_units(const GbPlacement *placement);
// The system's number of the unit for a worker; workers beyond the units share.
int gb_placement_cpu(const GbPlacement *placement, unsigned worker);

// Binds the calling thread to the worker's unit and asks the system what it is bound to now.
// False: it is not where it should be (no permission).
bool gb_placement_bind(GbPlacement *placement, unsigned worker);
// Whether the calling thread is bound to the worker's unit, as the system says.
bool gb_placement_is_bound(const GbPlacement *placement, unsigned worker);
// Binds memory to the node of worker 0's unit, where there are several nodes.
void gb_placement_bind_memory(GbPlacement *placement, void *memory, size_t size);

// The machine in words and numbers; the caller deletes it.
cJSON *gb_placement_describe(GbPlacement *placement);

#endif
