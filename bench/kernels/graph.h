// graph.h: rings of lists, which are what collections are measured on.
//
// Each list refers to the next one of the ring and to the one before, so that one reference
// from outside keeps them all, and without it all are cyclic garbage. The ring leads through
// memory in the order in which the lists were made, or in an order drawn at random.
#ifndef GB_KERNELS_GRAPH_H
#define GB_KERNELS_GRAPH_H

#include "kernel.h"

typedef struct GbGraph {
    size_t count;
    RtObject **nodes; // borrowed, while the ring is being made
    uint32_t *order;  // the ring's, by the places of the nodes
} GbGraph;

// A plan for rings of `count` lists; the seed draws the random order. NULL: no memory.
GbGraph *gb_graph_new(size_t count, unsigned order, uint64_t seed);
void gb_graph_delete(GbGraph *graph);
// A new ring, by a reference to one of its lists; NULL: no memory, or no lists at all.
RtObject *gb_graph_make(RtThread *t, GbGraph *graph);

#endif
