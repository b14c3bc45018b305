// trial.c: trial deletion: what of a set of objects is reached from outside of it. gc/gc.h has
// the theory.
#include "gc/gc.h"
#include "gc/sets.h"
#include "rt_inline.h"

// A word of gc_words, of a member: EXPLAINED, plus ONE for every reference that is not
// explained from within the set, plus these marks. While references are counted it may be below
// EXPLAINED; 2^59 of them do not fit into memory. Of any other block: 0, or GUESS alone.
#define GUESS                                                                                  \
    1ull // was referenced from outside when its generation, the oldest, was last
         // collected
#define REACHABLE 2ull
#define WEIGHED   4ull
#define ONE       8ull
#define EXPLAINED (1ull << 62)
#define MARKS     (ONE - 1)

// Objects that may be on their way from memory at once.
#define WINDOW 8

// ------------------------------------------------------------------ lists

static bool reserve(RtGcList *list, size_t capacity)
{
    if (capacity <= list->capacity) return true;
    RtObject **objects = rt_array_alloc(capacity * sizeof *objects);
    if (objects == NULL) return false;
    if (list->count != 0)
        __builtin_memcpy(objects, list->objects, list->count * sizeof *objects);
    rt_array_free(list->objects);
    list->objects = objects;
    list->capacity = capacity;
    return true;
}

static bool push(RtGcList *list, RtObject *object)
{
    if (rt_unlikely(list->count == list->capacity) &&
        !reserve(list, list->capacity == 0 ? 256 : 2 * list->capacity))
        return false;
    list->objects[list->count++] = object;
    return true;
}

// Not the last pushed, but the one WINDOW before it, which has come from memory meanwhile; the
// last takes its place.
static RtObject *pop_early(RtGcList *list)
{
    size_t last = --list->count;
    size_t early = last >= WINDOW ? last - WINDOW + 1 : 0;
    RtObject *object = list->objects[early];
    list->objects[early] = list->objects[last];
    return object;
}

// ------------------------------------------------------------------ a member's references

// What is done for a reference that a member holds to a member. False stops.
typedef bool (*Step)(RtCollection *c, RtObject *referent, uint64_t *word);

RT_GC_INLINE bool is_member(uint64_t word)
{
    return word > GUESS;
}

RT_GC_INLINE bool is_referenced_from_outside(uint64_t word)
{
    return (word & ~MARKS) != EXPLAINED;
}

// Most references lead to objects made about the same time, so likely to the same span.
// `here` is a copy, which the compiler keeps in registers, for words may alias anything.
RT_GC_INLINE bool look(RtCollection *c, const RtGcPlace here, RtObject *referent, Step step)
{
    const RtSpan *span = rt_span_of(referent);
    if (rt_likely(span == here.span)) {
        uint64_t *word = rt__gc_word(&here, referent);
        return !is_member(*word) || step(c, referent, word);
    }
    const RtGcPlace *there = rt__gc_map_find(&c->map, span);
    if (there->span == NULL) return true;
    uint64_t *word = rt__gc_word(there, referent);
    return !is_member(*word) || step(c, referent, word);
}

RT_GC_INLINE bool each_referent(RtCollection *c, const RtGcPlace here, RtObject *object,
                                Step step, RtVisit visit)
{
    const RtType *type = object->type;
    if (type->row.count == 0) return type->traverse(object, visit, c) == 0;
    char *base = (char *)object;
    size_t count = *(size_t *)(void *)(base + type->row.count);
    if (type->row.array != 0) base = *(char **)(void *)(base + type->row.array);
    RtObject **slot = (RtObject **)((uintptr_t)base + type->row.first); // base: NULL if empty
    for (; count != 0; count--, slot++)
        if (!look(c, here, *slot, step)) return false;
    return true;
}

RT_GC_INLINE bool explain(RtCollection *c, RtObject *referent, uint64_t *word)
{
    (void)c;
    (void)referent;
    *word -= ONE;
    return true;
}

static int visit_explain(RtObject *referent, void *argument)
{
    RtCollection *c = (RtCollection *)argument;
    return !look(c, *c->here, referent, explain);
}

// What was not weighed yet will be followed then. False: no memory.
RT_GC_INLINE bool mark(RtCollection *c, RtObject *referent, uint64_t *word, uint64_t explained)
{
    uint64_t before = *word;
    *word = (before - explained) | REACHABLE;
    if ((before & (WEIGHED | REACHABLE)) != WEIGHED) return true;
    __builtin_prefetch(referent);
    return push(&c->stack, referent);
}

RT_GC_INLINE bool reach(RtCollection *c, RtObject *referent, uint64_t *word)
{
    return mark(c, referent, word, 0);
}

static int visit_reach(RtObject *referent, void *argument)
{
    RtCollection *c = (RtCollection *)argument;
    return !look(c, *c->here, referent, reach);
}

RT_GC_INLINE bool explain_and_reach(RtCollection *c, RtObject *referent, uint64_t *word)
{
    return mark(c, referent, word, ONE);
}

static int visit_explain_and_reach(RtObject *referent, void *argument)
{
    RtCollection *c = (RtCollection *)argument;
    return !look(c, *c->here, referent, explain_and_reach);
}

// ------------------------------------------------------------------ a member

// Adds the references there are, and takes from the others' words those that are explained by
// this object. Addition commutes: no sum is looked at before all is added and taken.
RT_GC_INLINE void weigh(RtCollection *c, const RtGcPlace here, RtObject *object, uint64_t *word,
                        int64_t ours)
{
    uint64_t before = *word;
    uint64_t now = before + (uint64_t)(rt_ref_count(&object->ref) - ours) * ONE + WEIGHED;
    if ((before & (REACHABLE | GUESS)) == 0) {
        *word = now;
        each_referent(c, here, object, explain, visit_explain);
        return;
    }
    *word = now | REACHABLE;
    c->reached++;
    if (before & GUESS) c->failed |= !push(&c->guesses, object);
    c->failed |= !each_referent(c, here, object, explain_and_reach, visit_explain_and_reach);
}

static void follow_all(RtCollection *c)
{
    while (c->stack.count != 0 && !c->failed) {
        c->reached++;
        c->failed = !each_referent(c, *c->here, pop_early(&c->stack), reach, visit_reach);
    }
}

// A sum below EXPLAINED is a count that does not cover the references found (see rt_gc_audit):
// such an object is kept.
RT_GC_INLINE void root(RtCollection *c, RtObject *object, uint64_t *word)
{
    RT_ASSERT(*word >= EXPLAINED);
    if ((*word & REACHABLE) || !is_referenced_from_outside(*word)) return;
    c->failed |= !reach(c, object, word);
    follow_all(c);
}

// ------------------------------------------------------------------ the members of a
// generation

typedef void (*Pass)(RtCollection *c, const RtGcPlace here, RtObject *object, uint32_t index);

RT_GC_INLINE void each_member_of(RtCollection *c, const RtSpan *span, Pass pass)
{
    const RtGcPlace here = *c->here;
    const size_t block_size = span->block_size;
    const RtGcSet *set = &span->gc_sets[c->generation];
    for (uint32_t s = 0; s < RT_GC_SUMMARY; s++) {
        for (uint64_t words = set->summary[s]; words != 0; words &= words - 1) {
            uint32_t first = (s * 64 + (uint32_t)__builtin_ctzll(words)) * 64;
            for (uint64_t bits = set->members[first / 64]; bits != 0; bits &= bits - 1) {
                uint32_t index = first + (uint32_t)__builtin_ctzll(bits);
                pass(c, here, (RtObject *)(void *)(here.blocks + index * block_size), index);
            }
        }
    }
}

RT_GC_INLINE void each_member(RtCollection *c, Pass pass)
{
    RT_GC_EACH_SPAN(c->runtime, c->generation, span)
    {
        c->here = rt__gc_map_find(&c->map, span);
        each_member_of(c, span, pass);
    }
}

// Here the stale bits go: all later steps see members only.
RT_GC_INLINE void weigh_member(RtCollection *c, const RtGcPlace here, RtObject *object,
                               uint32_t index)
{
    if (rt_unlikely(!rt__gc_is_container(object))) {
        rt__gc_remove(&rt_span_of(object)->gc_sets[c->generation], index);
        here.words[index] = 0;
        c->examined--;
        return;
    }
    weigh(c, here, object, &here.words[index], 0);
}

RT_GC_INLINE void root_member(RtCollection *c, const RtGcPlace here, RtObject *object,
                              uint32_t index)
{
    root(c, object, &here.words[index]);
}

// The word after a pass that looks at words alone.
typedef uint64_t (*Change)(uint64_t word);

RT_GC_INLINE uint64_t begin(uint64_t word)
{
    return word | EXPLAINED;
}

RT_GC_INLINE uint64_t unmark(uint64_t word)
{
    return word & ~REACHABLE;
}

RT_GC_INLINE uint64_t end_old(uint64_t word)
{
    return is_referenced_from_outside(word) ? GUESS : 0;
}

RT_GC_INLINE uint64_t end_young(uint64_t word)
{
    (void)word;
    return 0;
}

// Where all blocks are members, which is the common case, without asking each. Returns how many
// they are.
RT_GC_INLINE unsigned change(uint64_t *words, uint64_t members, Change to)
{
    if (members == UINT64_MAX) {
        for (unsigned i = 0; i < 64; i++)
            words[i] = to(words[i]);
        return 64;
    }
    unsigned count = 0;
    for (; members != 0; members &= members - 1, count++) {
        unsigned i = (unsigned)__builtin_ctzll(members);
        words[i] = to(words[i]);
    }
    return count;
}

RT_GC_INLINE uint64_t change_all(const RtCollection *c, Change to)
{
    uint64_t count = 0;
    RT_GC_EACH_SPAN(c->runtime, c->generation, span)
    {
        const RtGcSet *set = &span->gc_sets[c->generation];
        for (uint32_t s = 0; s < RT_GC_SUMMARY; s++) {
            for (uint64_t words = set->summary[s]; words != 0; words &= words - 1) {
                uint32_t i = s * 64 + (uint32_t)__builtin_ctzll(words);
                count += change(span->gc_words + i * 64, set->members[i], to);
            }
        }
    }
    return count;
}

static void end(const RtCollection *c)
{
    if (c->generation + 1 == RT_GC_GENERATIONS)
        change_all(c, end_old);
    else
        change_all(c, end_young);
}

// Garbage is listed, which there is room for, without a reference yet: whose that is to be is
// not known before all is seen.
RT_GC_INLINE void sort_member(RtCollection *c, const RtGcPlace here, RtObject *object,
                              uint32_t index)
{
    if (here.words[index] & REACHABLE) return;
    c->garbage.objects[c->garbage.count++] = object;
    c->finalizes |= rt__object_has_finalizer(object);
}

static bool guessed_right(const RtCollection *c)
{
    for (size_t i = 0; i < c->guesses.count; i++) {
        const RtObject *object = c->guesses.objects[i];
        const RtGcPlace *place = rt__gc_map_find(&c->map, rt_span_of(object));
        if (!is_referenced_from_outside(*rt__gc_word(place, object))) return false;
    }
    return true;
}

bool rt__gc_find_garbage(RtCollection *c)
{
    if (!rt__gc_map_build(&c->map, c->runtime, c->generation)) return false;
    c->examined = change_all(c, begin);
    each_member(c, weigh_member);
    follow_all(c);
    if (!guessed_right(c)) {
        change_all(c, unmark);
        c->reached = 0;
    }
    if (c->reached < c->examined) each_member(c, root_member);
    bool done = !c->failed && reserve(&c->garbage, c->examined - c->reached);
    if (done && c->reached < c->examined) each_member(c, sort_member);
    end(c);
    return done;
}

// ------------------------------------------------------------------ the members of a list

static uint64_t *word_of(const RtCollection *c, const RtObject *object)
{
    return rt__gc_word(rt__gc_map_find(&c->map, rt_span_of(object)), object);
}

static bool scan_list(RtCollection *c)
{
    const RtGcList *list = &c->garbage;
    for (size_t i = 0; i < list->count; i++)
        *word_of(c, list->objects[i]) = EXPLAINED;
    for (size_t i = 0; i < list->count; i++)
        weigh(c, *c->here, list->objects[i], word_of(c, list->objects[i]), 1);
    for (size_t i = 0; i < list->count; i++)
        root(c, list->objects[i], word_of(c, list->objects[i]));
    return !c->failed;
}

size_t rt__gc_still_unreachable(RtCollection *c)
{
    RtGcList *list = &c->garbage;
    bool scanned = scan_list(c);
    size_t unreachable = 0;
    for (size_t i = 0; i < list->count; i++) {
        RtObject *object = list->objects[i];
        uint64_t *word = word_of(c, object);
        bool reachable = !scanned || (*word & REACHABLE);
        *word = 0;
        if (reachable) continue;
        list->objects[i] = list->objects[unreachable];
        list->objects[unreachable++] = object;
    }
    return unreachable;
}
