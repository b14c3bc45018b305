// check.c: auditing the heap: do the counts cover the references, and the tables each other?
//
// Every object of every span takes part, whether it can hold references or not. The counts are
// copied into the arrays that collections use; then every reference found takes one away. A
// live object may have more references than are found (C code, stacks, queues), never fewer.
#include <stdio.h>

#include "alloc/pages.h"
#include "gc/gc.h"
#include "gc/sets.h"
#include "object/weakref.h"

typedef struct Audit {
    RtRuntime *runtime;
    const RtObject *holder; // whose references are being followed
    bool failed;            // no memory
    bool found;             // a violation, told in the runtime's sentence
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

// ------------------------------------------------------------------ counts

static void copy_count(void *block, void *argument)
{
    Audit *audit = (Audit *)argument;
    RtObject *object = (RtObject *)block;
    RtSpan *span = rt_span_of(block);
    if (audit->failed || !rt_ref_is_live(&object->ref) || rt_ref_is_immortal(&object->ref))
        return;
    audit->failed = !rt__gc_need_words(span);
    if (audit->failed) return;
    int64_t count = rt_ref_count(&object->ref);
    if (count < 0) say(audit, "the", object, "has a negative count", NULL);
    span->gc_words[rt_span_index(span, block)] = 1 + (uint64_t)count;
}

static int explain(RtObject *object, void *argument)
{
    Audit *audit = (Audit *)argument;
    if (rt_ref_is_immortal(&object->ref)) return 0;
    RtSpan *span = rt_span_of(object);
    uint64_t *refs =
        span->gc_words != NULL ? &span->gc_words[rt_span_index(span, object)] : NULL;
    if (refs == NULL || *refs == 0)
        say(audit, "the", audit->holder, "refers to a free block, formerly", object);
    else if (*refs == 1)
        say(audit, "the count of the", object, "does not cover the reference of the",
            audit->holder);
    else
        --*refs;
    return 0;
}

static void explain_all_of(void *block, void *argument)
{
    Audit *audit = (Audit *)argument;
    RtObject *object = (RtObject *)block;
    if (!rt_ref_is_live(&object->ref) || object->type->traverse == NULL) return;
    audit->holder = object;
    object->type->traverse(object, explain, audit);
}

static void forget(void *block, void *argument)
{
    (void)argument;
    RtSpan *span = rt_span_of(block);
    if (span->gc_words != NULL) span->gc_words[rt_span_index(span, block)] = 0;
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

static void audit_stopped(Audit *audit)
{
    rt__gc_enter_all_young(audit->runtime);
    rt__pages_each_block(audit->runtime, copy_count, audit);
    if (!audit->failed) {
        rt__pages_each_block(audit->runtime, explain_all_of, audit);
        check_tables(audit);
    }
    rt__pages_each_block(audit->runtime, forget, NULL);
}

const char *rt_gc_audit(RtThread *t)
{
    Audit audit = {.runtime = t->runtime};
    rt_world_stop(t);
    audit_stopped(&audit);
    rt_world_start(t);
    if (audit.failed) return "there is no memory for an audit";
    return audit.found ? t->runtime->gc.sentence : NULL;
}
