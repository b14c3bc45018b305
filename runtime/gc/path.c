// path.c: why is an object alive? The shortest chain to it from one that is referenced from
// outside of all objects: a walk from all of those at once.
#include "gc/walk.h"
#include "alloc/pages.h"
#include "rt_inline.h"

// Live objects with references that no object explains.
static void begin_at(void *block, void *argument)
{
    RtObject *object = (RtObject *)block;
    if (!rt_ref_is_live(&object->ref)) return;
    const RtGcWord *word = rt__census_word(object);
    if (word != NULL && *word != 0 && rt__census_unexplained(*word) != 0)
        rt__walk_begin((RtWalk *)argument, object);
}

// Turns the links from `last` back to the start of its chain around. Returns the start.
static size_t turn_around(RtWalk *walk, size_t last)
{
    size_t next = RT_WALK_START;
    while (last != RT_WALK_START) {
        size_t before = walk->steps[last].from;
        walk->steps[last].from = next;
        next = last;
        last = before;
    }
    return next;
}

// False: no memory.
static bool list_chain(RtThread *t, RtObject *path, RtWalk *walk)
{
    if (walk->next == walk->count) return true; // it was not met
    for (size_t i = turn_around(walk, walk->next); i != RT_WALK_START; i = walk->steps[i].from)
        if (!rt_list_append(t, path, walk->steps[i].object)) return false;
    return true;
}

static bool find(RtThread *t, RtObject *object, RtObject *path)
{
    RtCensus census = {.runtime = t->runtime};
    RtWalk walk = {.mark = 1};
    bool done = rt__census_take(&census);
    if (done) {
        rt__census_explain(object); // by the caller's reference
        rt__census_explain(path);
        rt__pages_each_block(t->runtime, begin_at, &walk);
        rt__walk_on(&walk, object);
        done = !walk.failed && list_chain(t, path, &walk);
    }
    rt__walk_free(&walk);
    rt__census_end(&census);
    if (!done) rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return done;
}

RtObject *rt_gc_path_to(RtThread *t, RtObject *object)
{
    RtObject *path = rt_list_new(t, 0);
    if (path == NULL) return NULL;
    rt_world_stop(t);
    bool done = find(t, object, path);
    rt_world_start(t);
    if (done) return path;
    rt_decref(t, path);
    return NULL;
}
