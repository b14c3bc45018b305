// work_trees.c: building, walking and dropping binary trees.
//
// A node is a tuple of its two subtrees, None below the last. An operation walks the input and
// builds its copy, which takes the place of an older copy in a list; that one is dropped, all
// of it, perhaps by another thread than built it.
#include "work.h"

#define DEPTH 6 // 63 nodes

static RtObject *new_tree(RtThread *t, unsigned depth)
{
    if (depth == 0) return rt_new_ref(t, rt_none());
    RtObject *left = new_tree(t, depth - 1);
    RtObject *right = new_tree(t, depth - 1);
    RtObject *node = rt_tuple_new(t, 2);
    if (left == NULL || right == NULL || node == NULL) {
        rt_decref_null(t, left);
        rt_decref_null(t, right);
        rt_decref_null(t, node);
        return NULL;
    }
    rt_tuple_set_steal(node, 0, left);
    rt_tuple_set_steal(node, 1, right);
    return node;
}

static RtObject *new_input(RtThread *t, unsigned part)
{
    (void)part;
    return new_tree(t, DEPTH);
}

static RtObject *new_slots(RtThread *t, unsigned parts)
{
    RtObject *slots = rt_list_new(t, parts);
    for (unsigned i = 0; slots != NULL && i < parts; i++) {
        if (!rt_list_append(t, slots, rt_none())) {
            rt_decref(t, slots);
            return NULL;
        }
    }
    return slots;
}

// Consumes a reference to the tree.
static unsigned count_nodes(RtThread *t, RtObject *tree)
{
    unsigned nodes = 0;
    if (tree != rt_none())
        nodes = 1 + count_nodes(t, rt_tuple_get(t, tree, 0)) +
                count_nodes(t, rt_tuple_get(t, tree, 1));
    rt_decref(t, tree);
    return nodes;
}

static bool is_whole(const GbWorker *worker)
{
    RtObject *tree = rt_list_get(worker->t, worker->own, worker->part);
    return count_nodes(worker->t, tree) == (1u << DEPTH) - 1;
}

// Polls at every call, as an interpreter does.
static RtObject *copy(RtThread *t, RtObject *tree)
{
    rt_poll(t);
    if (tree == rt_none()) return rt_new_ref(t, tree);
    RtObject *node = rt_tuple_new(t, 2);
    for (size_t side = 0; side < 2; side++) {
        RtObject *subtree = rt_tuple_get(t, tree, side);
        rt_tuple_set_steal(node, side, copy(t, subtree));
        rt_decref(t, subtree);
    }
    return node;
}

static void run_trees(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    for (uint64_t i = 0; i < operations; i++) {
        RtObject *tree = copy(t, worker->input);
        rt_list_set(t, worker->own, worker->part, tree);
        rt_decref(t, tree);
        rt_poll(t);
    }
    worker->done += operations;
}

static const GbWorkload trees = {
    .new_input = new_input, .new_output = new_slots, .is_right = is_whole};
const GbKernel gb_kernel_trees = GB_WORK_KERNEL(trees, run_trees);
