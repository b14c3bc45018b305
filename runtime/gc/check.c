// check.c: auditing the heap: do the counts cover the references, and the tables each other?
//
// A live object may have more references than a census finds (C code, stacks, queues), never
// fewer.
#include <stdio.h>

#include "alloc/pages.h"
#include "gc/census.h"
#include "gc/gc.h"
#include "gc/sets.h"
#include "object/weakref.h"

typedef struct Audit {
    RtRuntime *runtime;
    bool found; // a violation, told in the runtime's sentence
} Audit;

static void say(Audit *audit, const char *what, const RtObject *object, const char *how,
                const RtObject *other)
{
    if (audit->found) return;
    audit->found = true;
    char *sentence = audit->runtime->gc.sentence;
    size_t size = sizeof audit->runtime->gc.sentence;
    if (other != NULL)
        snprintf(sentence, size, "%s %s at %p %s %s at %p", what, object->type->name,
                 (const void *)object, how, other->type->name, (const void *)other);
    else
        snprintf(sentence, size, "%s %s at %p %s", what, object->type->name,
                 (const void *)object, how);
}

static void note(RtCensus *census, RtCensusFault fault, const RtObject *object)
{
    Audit *audit = (Audit *)census->argument;
    if (fault == RT_CENSUS_NEGATIVE)
        say(audit, "the", object, "has a negative count", NULL);
    else if (fault == RT_CENSUS_DANGLING)
        say(audit, "the", census->holder, "refers to a free block, formerly", object);
    else
        say(audit, "the count of the", object, "does not cover the reference of the",
            census->holder);
}

// ------------------------------------------------------------------ tables

static void check_membership(void *block, void *argument)
{
    Audit *audit = (Audit *)argument;
    RtObject *object = (RtObject *)block;
    RtSpan *span = rt_span_of(block);
    uint32_t index = rt_span_index(span, block);
    unsigned sets = 0;
    for (unsigned g = 0; g < RT_GC_SETS; g++) {
        const RtGcSet *set = &span->gc_sets[g];
        if (!rt__gc_has(set, index)) continue;
        sets++;
        bool found = set->listed && (set->summary[index / 4096u] >> (index / 64 % 64) & 1);
        if (!found)
            say(audit, "the", object, "is in a set that no list or summary leads to", NULL);
    }
    bool member = rt__gc_is_container(object);
    if (sets > 1) say(audit, "the", object, "is in two generations", NULL);
    if (member && sets == 0) say(audit, "the", object, "is in no generation", NULL);
}

static void check_list(Audit *audit, RtHeap *heap, unsigned generation)
{
    for (RtSpan *span = heap->gc.spans[generation].first; span != NULL;
         span = span->gc_sets[generation].next) {
        if (span->heap != heap || !span->gc_sets[generation].listed)
            say(audit, "the span of the", (RtObject *)(void *)span->blocks,
                "is in a list that is not its own", NULL);
    }
}

static void check_tables(Audit *audit)
{
    for (RtHeap *heap = NULL; (heap = rt__gc_next_heap(audit->runtime, heap)) != NULL;) {
        for (unsigned g = 0; g < RT_GC_SETS; g++)
            check_list(audit, heap, g);
    }
    rt__pages_each_block(audit->runtime, check_membership, audit);
    const char *how;
    const RtObject *weakref = rt__weak_audit(audit->runtime, &how);
    if (weakref != NULL) say(audit, "the", weakref, how, NULL);
}

// False: no memory.
static bool audit_stopped(Audit *audit)
{
    RtCensus census = {.runtime = audit->runtime, .note = note, .argument = audit};
    rt__gc_enter_all_young(audit->runtime);
    bool taken = rt__census_take(&census);
    if (taken) check_tables(audit);
    rt__census_end(&census);
    return taken;
}

const char *rt_gc_audit(RtThread *t)
{
    Audit audit = {.runtime = t->runtime};
    rt_world_stop(t);
    bool done = audit_stopped(&audit);
    rt_world_start(t);
    if (!done) return "there is no memory for an audit";
    return audit.found ? t->runtime->gc.sentence : NULL;
}
