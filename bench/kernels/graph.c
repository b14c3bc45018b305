// graph.c: rings of lists, linked once all of them exist.
#include "graph.h"

#include <stdlib.h>

// Fisher and Yates.
static void shuffle(uint32_t *order, size_t count, uint64_t seed)
{
    uint64_t random = seed * 2 + 1;
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(gb_random(&random) % i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}

GbGraph *gb_graph_new(size_t count, unsigned order, uint64_t seed)
{
    GbGraph *graph = calloc(1, sizeof *graph);
    if (graph == NULL) return NULL;
    graph->count = count;
    graph->nodes = malloc((count + 1) * sizeof *graph->nodes);
    graph->order = malloc((count + 1) * sizeof *graph->order);
    if (graph->nodes == NULL || graph->order == NULL) {
        gb_graph_delete(graph);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        graph->order[i] = (uint32_t)i;
    if (order == GB_ORDER_RANDOM) shuffle(graph->order, count, seed);
    return graph;
}

void gb_graph_delete(GbGraph *graph)
{
    if (graph == NULL) return;
    free(graph->nodes);
    free(graph->order);
    free(graph);
}

static bool make_nodes(RtThread *t, GbGraph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        graph->nodes[i] = rt_list_new(t, 2);
        if (graph->nodes[i] != NULL) continue;
        while (i-- > 0)
            rt_decref(t, graph->nodes[i]);
        return false;
    }
    return true;
}

// Lists with room for two: appending to them takes no memory.
static void link_nodes(RtThread *t, const GbGraph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        RtObject *node = graph->nodes[graph->order[i]];
        RtObject *next = graph->nodes[graph->order[i + 1 < graph->count ? i + 1 : 0]];
        bool linked = rt_list_append(t, node, next) && rt_list_append(t, next, node);
        RT_CHECK(linked, "a list with room took no item");
    }
}

RtObject *gb_graph_make(RtThread *t, GbGraph *graph)
{
    if (graph->count == 0 || !make_nodes(t, graph)) return NULL;
    link_nodes(t, graph);
    for (size_t i = 1; i < graph->count; i++)
        rt_decref(t, graph->nodes[i]);
    return graph->nodes[0];
}
