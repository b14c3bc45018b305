// testing_gc.h: what the tests of the cycle collector share.
#ifndef RT_TESTS_TESTING_GC_H
#define RT_TESTS_TESTING_GC_H

#include "object/track.h"
#include "object/types.h"
#include "testing.h"

static inline RtObject *new_list(RtThread *t)
{
    RtObject *list = rt_list_new(t, 0);
    MUST(list != NULL);
    return list;
}

static inline void append(RtThread *t, RtObject *list, RtObject *item)
{
    MUST(rt_list_append(t, list, item));
}

// Two lists that refer to each other; the caller has a reference to the first.
static inline RtObject *pair(RtThread *t)
{
    RtObject *a = new_list(t);
    RtObject *b = new_list(t);
    append(t, a, b);
    append(t, b, a);
    rt_decref(t, b);
    return a;
}

// A container with one reference, of a type of the test's own (NODE_TYPE) whose finalizer has a
// note of what it is to do and tell.
typedef struct Node {
    RtObject base;
    void *link; // the trash list's
    RtObject *next;
    void *note;
} Node;

static inline Node *node_of(RtObject *object)
{
    return (Node *)object;
}

static inline int node_traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtObject *next = node_of(object)->next;
    return next != NULL ? visit(next, argument) : 0;
}

static inline void node_clear(RtThread *t, RtObject *object)
{
    RtObject *next = node_of(object)->next;
    node_of(object)->next = NULL;
    rt_decref_null(t, next);
}

#define NODE_TYPE(finalizer)                                                                   \
    RT_TYPE_BASE, .name = "node", .finish = node_clear, .traverse = node_traverse,             \
                  .clear = node_clear, .finalize = (finalizer),                                \
                  .trash_link = offsetof(Node, link)

// The caller's reference is the only one.
static inline RtObject *node_new(RtThread *t, const RtType *type, void *note)
{
    Node *node = (Node *)rt__object_new(t, type, sizeof *node);
    MUST(node != NULL);
    node->next = NULL;
    node->note = note;
    rt__gc_track(t, &node->base);
    return &node->base;
}

static inline void sound(RtThread *t)
{
    const char *violation = rt_gc_audit(t);
    if (violation != NULL) fail_msg("%s", violation);
}

static inline size_t live(RtThread *t)
{
    rt_poll(t);
    return rt_runtime_live_objects(t->runtime);
}

// Tests that count collections start them themselves.
static inline RtThread *manual(void **state)
{
    RtThread *t = test_thread(state);
    rt_gc_disable(t);
    return t;
}

static inline uint64_t collections(RtThread *t, unsigned generation)
{
    RtGcStats stats[3];
    rt_gc_get_stats(t, stats);
    return stats[generation].collections;
}

static inline void set_thresholds(RtThread *t, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t thresholds[] = {a, b, c};
    rt_gc_set_threshold(t, thresholds);
}

#endif
