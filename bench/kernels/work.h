// work.h: what the CPU-bound workloads have in common: whose data they read, whose they write.
//
// A workload reads an *input* and writes its *part* of an *output*, again and again, always
// the same. `sharing` says whose they are, and nothing else changes:
//
//   sharing     input        output       part
//   private     one's own    one's own    the only one
//   read        everybody's  one's own    the only one
//   disjoint    one's own    everybody's  a part per worker
//   contended   one's own    everybody's  the only one: all write the same
//
// What that means in each of them:
//
//   workload     input           output                 a part of it             an operation
//   sieve        list of primes  list of flags          2,000 numbers' flags     sieve a part
//   word_count   list of words   dict of counts         150 words                count a word
//   trees        a binary tree   list of trees          one item                 copy the tree
//   matrix       list of rows    list of elements       a product's 256 elements one element
//
// Contended writers write what the others write too, so that their order does not matter, but
// in word_count: there an operation reads what it replaces, and is one critical section.
#ifndef GB_KERNELS_WORK_H
#define GB_KERNELS_WORK_H

#include "kernel.h"

typedef struct GbWorkload {
    // New objects, or NULL: no memory. The input of a part; an output of so many parts.
    RtObject *(*new_input)(RtThread *t, unsigned part);
    RtObject *(*new_output)(RtThread *t, unsigned parts);
    // Whether the worker's part of the output, `worker->own`, is what it must be after at
    // least one operation; may be NULL.
    bool (*is_right)(const GbWorker *worker);
    // Whether an output is what so many operations on it must have made; may be NULL.
    bool (*adds_up)(RtThread *t, RtObject *output, uint64_t operations);
} GbWorkload;

// The hooks of a kernel that has a workload. A worker finds its input in `input`, the output in
// `own`, whoever's they are, and its part in `part`, and counts its operations in `done`.
bool gb_work_prepare(GbInstance *instance, RtThread *t);
void gb_work_finish(GbInstance *instance, RtThread *t);
bool gb_work_enter(GbWorker *worker);
void gb_work_leave(GbWorker *worker);

#define GB_WORK_KERNEL(which, loop)                                                            \
    {                                                                                          \
        .name = #which, .workload = &which, .prepare = gb_work_prepare,                        \
        .finish = gb_work_finish, .enter = gb_work_enter, .run = loop, .leave = gb_work_leave  \
    }

#endif
