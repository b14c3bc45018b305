// census.h: how many references of each live object no object explains.
//
// Every object of every span takes part, whether it can hold references or not, but for
// immortals. Counts are copied into the words that collections use; then every reference that
// is found takes one away. What remains is held by C code, stacks, or the runtime; or by
// nobody, and was never dropped. The audit, the leak report and the question why an object is
// alive begin with it. All with the world stopped, from the taking to the end.
#ifndef RT_GC_CENSUS_H
#define RT_GC_CENSUS_H

#include "object/object.h"
#include "state/runtime.h"

typedef enum RtCensusFault {
    RT_CENSUS_NEGATIVE, // the object's count is below zero
    RT_CENSUS_DANGLING, // the holder refers to what is no live object
    RT_CENSUS_SHORT,    // the object's count does not cover the reference of the holder
} RtCensusFault;

typedef struct RtCensus {
    RtRuntime *runtime;
    void (*note)(struct RtCensus *census, RtCensusFault fault, const RtObject *object);
    void *argument;         // the note's; a NULL note notes nothing
    const RtObject *holder; // whose references are being followed
    bool failed;
} RtCensus;

// False: no memory. In any case rt__census_end follows, which leaves the words as collections
// want them.
bool rt__census_take(RtCensus *census);
void rt__census_end(RtCensus *census);

// The word of a live object: 1 + the references not explained, with room above for the marks of
// a walk (gc/walk.h). RT_CENSUS_MANY, if there were more to begin with: then none of them is taken
// away. NULL: it is immortal, or not in a span. 0: it is none.
#define RT_CENSUS_BITS 28
#define RT_CENSUS_MANY ((1u << RT_CENSUS_BITS) - 1)
static inline RtGcWord *rt__census_word(RtObject *object)
{
    if (rt_ref_is_immortal(&object->ref)) return NULL;
    RtSpan *span = rt_span_of(object);
    return span->gc_words != NULL ? &span->gc_words[rt_span_index(span, object)] : NULL;
}

// Of an object with a word that is not 0.
static inline uint32_t rt__census_unexplained(RtGcWord word)
{
    return (word & RT_CENSUS_MANY) - 1;
}

// One reference of an object is explained that had one left.
static inline void rt__census_take_away(RtGcWord *word)
{
    if ((*word & RT_CENSUS_MANY) != RT_CENSUS_MANY) --*word;
}

// The caller knows who holds one of the object's references. Immortals are let pass.
static inline void rt__census_explain(RtObject *object)
{
    RtGcWord *word = rt__census_word(object);
    if (word != NULL && rt__census_unexplained(*word) > 0) rt__census_take_away(word);
}

#endif
