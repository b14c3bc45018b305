// census.c: copying the counts, and explaining them by the references found.
#include "gc/census.h"

#include "alloc/pages.h"
#include "gc/gc.h"

static void note(RtCensus *census, RtCensusFault fault, const RtObject *object)
{
    if (census->note != NULL) census->note(census, fault, object);
}

static RtGcWord word_for(int64_t count)
{
    if (count <= 0) return 1;
    return count < RT_CENSUS_MANY ? 1 + (RtGcWord)count : RT_CENSUS_MANY;
}

static void copy_count(void *block, void *argument)
{
    RtCensus *census = (RtCensus *)argument;
    RtObject *object = (RtObject *)block;
    RtSpan *span = rt_span_of(block);
    if (census->failed || !rt_ref_is_live(&object->ref) || rt_ref_is_immortal(&object->ref))
        return;
    census->failed = !rt__gc_need_words(span);
    if (census->failed) return;
    int64_t count = rt_ref_count(&object->ref);
    if (count < 0) note(census, RT_CENSUS_NEGATIVE, object);
    span->gc_words[rt_span_index(span, block)] = word_for(count);
}

static int explain(RtObject *object, void *argument)
{
    RtCensus *census = (RtCensus *)argument;
    if (rt_ref_is_immortal(&object->ref)) return 0;
    RtGcWord *word = rt__census_word(object);
    if (word == NULL || *word == 0)
        note(census, RT_CENSUS_DANGLING, object);
    else if (*word == 1)
        note(census, RT_CENSUS_SHORT, object);
    else
        rt__census_take_away(word);
    return 0;
}

static void explain_all_of(void *block, void *argument)
{
    RtCensus *census = (RtCensus *)argument;
    RtObject *object = (RtObject *)block;
    if (!rt_ref_is_live(&object->ref) || object->type->traverse == NULL) return;
    census->holder = object;
    object->type->traverse(object, explain, census);
}

bool rt__census_take(RtCensus *census)
{
    rt__pages_each_block(census->runtime, copy_count, census);
    if (census->failed) return false;
    rt__pages_each_block(census->runtime, explain_all_of, census);
    return true;
}

static void forget(void *block, void *argument)
{
    (void)argument;
    RtSpan *span = rt_span_of(block);
    if (span->gc_words != NULL) span->gc_words[rt_span_index(span, block)] = 0;
}

void rt__census_end(RtCensus *census)
{
    rt__pages_each_block(census->runtime, forget, NULL);
}
