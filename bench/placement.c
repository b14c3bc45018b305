// placement.c: the topology, read and obeyed through hwloc.
#define _GNU_SOURCE
#include "placement.h"

#include <hwloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

struct GbPlacement {
    hwloc_topology_t topology;
    hwloc_obj_t *order; // processing units in the order in which workers get them
    unsigned units;
};

// ------------------------------------------------------------------ the order

typedef struct Candidate {
    hwloc_obj_t unit;
    unsigned sibling; // 0 for the first unit of its core
    int efficiency;   // higher: a faster kind of core; 0 where hwloc does not know
    unsigned index;   // logical, as a last resort
} Candidate;

static int efficiency_of(hwloc_topology_t topology, hwloc_obj_t unit)
{
    int kind = hwloc_cpukinds_get_by_cpuset(topology, unit->cpuset, 0);
    int efficiency = -1;
    if (kind < 0) return 0;
    hwloc_cpukinds_get_info(topology, (unsigned)kind, NULL, &efficiency, NULL, NULL, 0);
    return efficiency < 0 ? 0 : efficiency;
}

static unsigned sibling_of(hwloc_topology_t topology, hwloc_obj_t unit)
{
    hwloc_obj_t core = hwloc_get_ancestor_obj_by_type(topology, HWLOC_OBJ_CORE, unit);
    unsigned before = 0;
    if (core == NULL) return 0;
    for (hwloc_obj_t other = NULL;
         (other = hwloc_get_next_obj_inside_cpuset_by_type(topology, core->cpuset, HWLOC_OBJ_PU,
                                                           other)) != NULL;) {
        if (other->logical_index < unit->logical_index) before++;
    }
    return before;
}

// Faster kinds first; within a kind, first units of cores before their siblings.
static int compare(const void *left, const void *right)
{
    const Candidate *a = left;
    const Candidate *b = right;
    if (a->efficiency != b->efficiency) return a->efficiency > b->efficiency ? -1 : 1;
    if (a->sibling != b->sibling) return a->sibling < b->sibling ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static bool set_order(GbPlacement *placement)
{
    hwloc_topology_t topology = placement->topology;
    int count = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PU);
    if (count <= 0) return false;
    placement->units = (unsigned)count;
    placement->order = calloc(placement->units, sizeof *placement->order);
    Candidate *candidates = calloc(placement->units, sizeof *candidates);
    if (placement->order == NULL || candidates == NULL) abort();
    for (unsigned i = 0; i < placement->units; i++) {
        hwloc_obj_t unit = hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU, i);
        candidates[i] =
            (Candidate){unit, sibling_of(topology, unit), efficiency_of(topology, unit), i};
    }
    qsort(candidates, placement->units, sizeof *candidates, compare);
    for (unsigned i = 0; i < placement->units; i++)
        placement->order[i] = candidates[i].unit;
    free(candidates);
    return true;
}

GbPlacement *gb_placement_open(void)
{
    GbPlacement *placement = calloc(1, sizeof *placement);
    if (placement == NULL) abort();
    // Without these flags hwloc ignores what taskset or a cgroup allows.
    unsigned long flags =
        HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM | HWLOC_TOPOLOGY_FLAG_RESTRICT_TO_CPUBINDING;
    if (hwloc_topology_init(&placement->topology) == 0) {
        if (hwloc_topology_set_flags(placement->topology, flags) == 0 &&
            hwloc_topology_load(placement->topology) == 0 && set_order(placement))
            return placement;
        hwloc_topology_destroy(placement->topology);
    }
    free(placement);
    return NULL;
}

void gb_placement_close(GbPlacement *placement)
{
    hwloc_topology_destroy(placement->topology);
    free(placement->order);
    free(placement);
}

// ------------------------------------------------------------------ binding

unsigned gb_placement_units(const GbPlacement *placement)
{
    return placement->units;
}

static hwloc_obj_t unit_of(const GbPlacement *placement, unsigned worker)
{
    return placement->order[worker % placement->units];
}

int gb_placement_cpu(const GbPlacement *placement, unsigned worker)
{
    return (int)unit_of(placement, worker)->os_index;
}

bool gb_placement_is_bound(const GbPlacement *placement, unsigned worker)
{
    hwloc_bitmap_t actual = hwloc_bitmap_alloc();
    bool bound = actual != NULL &&
                 hwloc_get_cpubind(placement->topology, actual, HWLOC_CPUBIND_THREAD) == 0 &&
                 hwloc_bitmap_isequal(actual, unit_of(placement, worker)->cpuset);
    hwloc_bitmap_free(actual);
    return bound;
}

bool gb_placement_bind(GbPlacement *placement, unsigned worker)
{
    hwloc_obj_t unit = unit_of(placement, worker);
    return hwloc_set_cpubind(placement->topology, unit->cpuset, HWLOC_CPUBIND_THREAD) == 0 &&
           gb_placement_is_bound(placement, worker);
}

void gb_placement_bind_memory(GbPlacement *placement, void *memory, size_t size)
{
    hwloc_topology_t topology = placement->topology;
    if (hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_NUMANODE) < 2) return;
    hwloc_obj_t unit = unit_of(placement, 0);
    // A wish, not a condition: contended memory then lies where the first worker runs.
    hwloc_set_area_membind(topology, memory, size, unit->nodeset, HWLOC_MEMBIND_BIND,
                           HWLOC_MEMBIND_BYNODESET);
}

// ------------------------------------------------------------------ the description

static double count_of(GbPlacement *placement, hwloc_obj_type_t type)
{
    int count = hwloc_get_nbobjs_by_type(placement->topology, type);
    return count > 0 ? count : 0;
}

static void add_caches(GbPlacement *placement, cJSON *machine)
{
    static const hwloc_obj_type_t types[] = {HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L2CACHE,
                                             HWLOC_OBJ_L3CACHE};
    static const char *const names[] = {"L1d", "L2", "L3"};
    cJSON *caches = cJSON_AddObjectToObject(machine, "cache_bytes");
    for (int i = 0; i < 3; i++) {
        hwloc_obj_t cache = hwloc_get_obj_by_type(placement->topology, types[i], 0);
        if (cache != NULL)
            cJSON_AddNumberToObject(caches, names[i], (double)cache->attr->cache.size);
    }
}

static void add_system(cJSON *machine)
{
    struct utsname name;
    if (uname(&name) == 0) {
        cJSON_AddStringToObject(machine, "kernel", name.release);
        cJSON_AddStringToObject(machine, "architecture", name.machine);
    }
    double bytes = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    cJSON_AddNumberToObject(machine, "memory_bytes", bytes);
}

cJSON *gb_placement_describe(GbPlacement *placement)
{
    cJSON *machine = cJSON_CreateObject();
    hwloc_obj_t package = hwloc_get_obj_by_type(placement->topology, HWLOC_OBJ_PACKAGE, 0);
    hwloc_obj_t root = hwloc_get_root_obj(placement->topology);
    const char *model = package ? hwloc_obj_get_info_by_name(package, "CPUModel") : NULL;
    if (model == NULL) model = hwloc_obj_get_info_by_name(root, "CPUModel");
    cJSON_AddStringToObject(machine, "cpu_model", model ? model : "unknown");
    cJSON_AddNumberToObject(machine, "packages", count_of(placement, HWLOC_OBJ_PACKAGE));
    cJSON_AddNumberToObject(machine, "cores", count_of(placement, HWLOC_OBJ_CORE));
    cJSON_AddNumberToObject(machine, "processing_units", count_of(placement, HWLOC_OBJ_PU));
    cJSON_AddNumberToObject(machine, "numa_nodes", count_of(placement, HWLOC_OBJ_NUMANODE));
    cJSON_AddBoolToObject(machine, "smt",
                          count_of(placement, HWLOC_OBJ_PU) >
                              count_of(placement, HWLOC_OBJ_CORE));
    add_caches(placement, machine);
    cJSON *order = cJSON_AddArrayToObject(machine, "placement");
    for (unsigned i = 0; i < placement->units; i++)
        cJSON_AddItemToArray(order, cJSON_CreateNumber(gb_placement_cpu(placement, i)));
    add_system(machine);
    return machine;
}
