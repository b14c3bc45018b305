// trial.c: trial deletion: what of a set of objects is reached from outside of it. gc/gc.h has
// the theory.
#include "gc/gc.h"
#include "gc/list.h"
#include "gc/sets.h"
#include "object/weakref.h"
#include "rt_inline.h"

// A word of gc_words, of a member: MEMBER, plus ONE for every reference that is not explained
// from within the set, plus the other marks. While references are counted there may be fewer
// than none. Of any other block: 0, or GUESS alone.
#define GUESS     1u // was referenced from outside at the last full collection
#define REACHABLE 2u
#define WEIGHED   4u
#define CROSSED   8u // a member of another part refers to it
#define MEMBER    16u
#define MARKS     (MANY - 1)

// The sum is one modulo 2^26 and is compared with 0 as a signed one. So an object with more
// than MOST references is marked MANY, which is none of MARKS: it is taken for referenced from
// outside, and lives on with what it leads to.
#define MANY 32u
#define ONE  64u
#define MOST ((1 << 25) - 1)

// ------------------------------------------------------------------ a member's references

// What is done for a reference that a member holds to a member, which is near if it is in the
// same span. A word belongs to the part that its heap is in, so what is in another part is put
// off until all parts are done. False stops: no memory.
typedef bool (*Step)(RtGcPart *p, RtObject *referent, RtGcWord *word, bool near);

RT_GC_INLINE bool is_member(RtGcWord word)
{
    return word & MEMBER;
}

RT_GC_INLINE bool is_referenced_from_outside(RtGcWord word)
{
    return (word & ~MARKS) != 0;
}

static RtGcWord *word_of(const RtGcPart *p, const RtObject *object)
{
    return rt__gc_word(rt__gc_map_find(&p->c->map, rt_span_base(object)), object);
}

// Most references lead to objects made about the same time, so likely to the same span.
// `here` is a copy, which the compiler keeps in registers, for words may alias anything.
RT_GC_INLINE bool look(RtGcPart *p, const RtGcPlace here, RtObject *referent, Step step)
{
    uintptr_t base = rt_span_base(referent);
    if (rt_likely(base == here.base)) {
        RtGcWord *word = rt__gc_word(&here, referent);
        return !is_member(*word) || step(p, referent, word, true);
    }
    const RtGcPlace *there = rt__gc_map_find(&p->c->map, base);
    if (there->base == 0) return true;
    if (rt_unlikely(there->part != p && !p->everywhere))
        return rt__gc_list_push(&p->foreign, referent);
    RtGcWord *word = rt__gc_word(there, referent);
    return !is_member(*word) || step(p, referent, word, false);
}

RT_GC_INLINE bool each_referent(RtGcPart *p, const RtGcPlace here, RtObject *object, Step step,
                                RtVisit visit)
{
    const RtType *type = object->type;
    if (type->row.count == 0) return type->traverse(object, visit, p) == 0;
    char *base = (char *)object;
    size_t count = *(size_t *)(void *)(base + type->row.count);
    if (type->row.array != 0) base = *(char **)(void *)(base + type->row.array);
    RtObject **slot = (RtObject **)((uintptr_t)base + type->row.first); // base: NULL if empty
    for (; count != 0; count--, slot++)
        if (!look(p, here, *slot, step)) return false;
    return true;
}

RT_GC_INLINE bool explain(RtGcPart *p, RtObject *referent, RtGcWord *word, bool near)
{
    (void)p;
    (void)referent;
    (void)near;
    *word -= ONE;
    return true;
}

RT_GC_INLINE bool explain_foreign(RtGcPart *p, RtObject *referent, RtGcWord *word, bool near)
{
    *word |= CROSSED;
    return explain(p, referent, word, near);
}

static int visit_explain(RtObject *referent, void *argument)
{
    RtGcPart *p = (RtGcPart *)argument;
    return !look(p, *p->here, referent, explain);
}

// What is near is followed next, for it may well be in the cache; what is not has to come from
// memory, which takes as long as to follow some others. False: no memory.
RT_GC_INLINE bool reach(RtGcPart *p, RtObject *referent, RtGcWord *word, bool near)
{
    if (*word & REACHABLE) return true;
    *word |= REACHABLE;
    if (near && p->next == NULL) {
        p->next = referent;
        return true;
    }
    __builtin_prefetch(referent);
    return rt__gc_list_push(&p->stack, referent);
}

static int visit_reach(RtObject *referent, void *argument)
{
    RtGcPart *p = (RtGcPart *)argument;
    return !look(p, *p->here, referent, reach);
}

RT_GC_INLINE bool explain_and_reach(RtGcPart *p, RtObject *referent, RtGcWord *word, bool near)
{
    *word -= ONE;
    return reach(p, referent, word, near);
}

static int visit_explain_and_reach(RtObject *referent, void *argument)
{
    RtGcPart *p = (RtGcPart *)argument;
    return !look(p, *p->here, referent, explain_and_reach);
}

// ------------------------------------------------------------------ a member

RT_GC_INLINE void add_count(RtObject *object, RtGcWord *word, int64_t ours)
{
    int64_t count = rt_ref_count(&object->ref) - ours;
    *word += (RtGcWord)count * ONE + (count > MOST ? MANY | WEIGHED : WEIGHED);
}

// Adds the references there are. False: the bit that says it is a member is stale, and goes.
RT_GC_INLINE bool weigh(RtGcPart *p, RtObject *object, RtGcWord *word)
{
    if (rt_unlikely(!rt__gc_is_container(object))) {
        RtSpan *span = rt_span_of(object);
        rt__gc_remove(&span->gc_sets[p->c->generation], rt_span_index(span, object));
        *word = 0;
        p->examined--;
        return false;
    }
    add_count(object, word, 0);
    return true;
}

RT_GC_INLINE void follow(RtGcPart *p, const RtGcPlace here, RtObject *object)
{
    RtGcWord *word = rt__gc_word(&here, object);
    bool done;
    if (*word & WEIGHED)
        done = each_referent(p, here, object, reach, visit_reach);
    else if (weigh(p, object, word))
        done = each_referent(p, here, object, explain_and_reach, visit_explain_and_reach);
    else
        return;
    p->reached++;
    p->failed |= !done;
}

static inline RtObject *take_next(RtGcPart *p)
{
    RtObject *next = p->next;
    p->next = NULL;
    return next;
}

// What was made one after the other is often followed so, and the processor fetches ahead on
// its own only to the end of a page. So many blocks: 4 came too late, 16 gained less.
#define FOLLOW_AHEAD 8

static void follow_all(RtGcPart *p)
{
    while (p->stack.count != 0 && !p->failed) {
        p->next = rt__gc_list_pop_early(&p->stack);
        p->here = rt__gc_map_find(&p->c->map, rt_span_base(p->next));
        const RtGcPlace here = *p->here;
        while (p->next != NULL && !p->failed) {
            __builtin_prefetch((char *)p->next + FOLLOW_AHEAD * here.block_size);
            follow(p, here, take_next(p));
        }
    }
}

// A sum below zero is a count that does not cover the references found (see rt_gc_audit): such
// an object is kept.
RT_GC_INLINE void root(RtGcPart *p, RtObject *object, RtGcWord *word)
{
    RT_ASSERT((*word & MANY) || (int32_t)*word >= 0);
    if ((*word & REACHABLE) || !is_referenced_from_outside(*word)) return;
    p->failed |= !reach(p, object, word, false);
    follow_all(p);
}

// ------------------------------------------------------------------ a generation

// Members come in groups of up to 64 neighbouring blocks: bits of one word of a set.
typedef void (*Group)(RtGcPart *p, const RtGcPlace *place, uint32_t first, uint64_t members);

RT_GC_INLINE void each_group(RtGcPart *p, Group group)
{
    for (const RtGcPlace *place = p->places; place != p->places_end; place++) {
        __builtin_prefetch(place[RT_GC_AHEAD].set);
        __builtin_prefetch(&place[RT_GC_AHEAD].set->members[RT_GC_WORDS - 1]);
        __builtin_prefetch(place[RT_GC_AHEAD].words);
        for (uint32_t s = 0; s < RT_GC_SUMMARY; s++) {
            for (uint64_t words = place->set->summary[s]; words != 0; words &= words - 1) {
                uint32_t i = s * 64 + (uint32_t)__builtin_ctzll(words);
                group(p, place, i * 64, place->set->members[i]);
            }
        }
    }
}

typedef void (*Pass)(RtGcPart *p, const RtGcPlace here, RtObject *object, RtGcWord *word);

RT_GC_INLINE void each_of_group(RtGcPart *p, const RtGcPlace *place, uint32_t first,
                                uint64_t members, Pass pass)
{
    p->here = place;
    const RtGcPlace here = *place;
    for (; members != 0; members &= members - 1) {
        uint32_t index = first + (uint32_t)__builtin_ctzll(members);
        char *block = here.blocks + index * here.block_size;
        pass(p, here, (RtObject *)(void *)block, &here.words[index]);
    }
}

RT_GC_INLINE void weigh_member(RtGcPart *p, const RtGcPlace here, RtObject *object,
                               RtGcWord *word)
{
    if ((*word & WEIGHED) || !weigh(p, object, word)) return;
    each_referent(p, here, object, explain, visit_explain);
}

static bool all_weighed(const RtGcWord *words)
{
    RtGcWord all = WEIGHED;
    for (unsigned i = 0; i < 64; i++)
        all &= words[i];
    return all != 0;
}

// Here the last stale bits go: all later steps see members only.
static inline void weigh_group(RtGcPart *p, const RtGcPlace *place, uint32_t first,
                               uint64_t members)
{
    if (members == UINT64_MAX && all_weighed(place->words + first)) return;
    each_of_group(p, place, first, members, weigh_member);
}

RT_GC_INLINE void root_member(RtGcPart *p, const RtGcPlace here, RtObject *object,
                              RtGcWord *word)
{
    (void)here;
    root(p, object, word);
}

static inline void root_group(RtGcPart *p, const RtGcPlace *place, uint32_t first,
                              uint64_t members)
{
    each_of_group(p, place, first, members, root_member);
}

// What becomes of a word in a pass that looks at words alone.
typedef RtGcWord (*Change)(RtGcWord word);

RT_GC_INLINE RtGcWord begin(RtGcWord word)
{
    return word | MEMBER;
}

RT_GC_INLINE RtGcWord unmark(RtGcWord word)
{
    return word & ~REACHABLE;
}

RT_GC_INLINE RtGcWord end_old(RtGcWord word)
{
    return is_referenced_from_outside(word) ? GUESS : 0;
}

RT_GC_INLINE RtGcWord end_young(RtGcWord word)
{
    (void)word;
    return 0;
}

// Where all blocks are members, which is the common case, without asking each. Returns all the
// marks that are left.
RT_GC_INLINE RtGcWord change(RtGcWord *words, uint64_t members, Change to)
{
    RtGcWord all = 0;
    if (members == UINT64_MAX) {
        for (unsigned i = 0; i < 64; i++)
            all |= words[i] = to(words[i]);
        return all;
    }
    for (; members != 0; members &= members - 1) {
        unsigned i = (unsigned)__builtin_ctzll(members);
        all |= words[i] = to(words[i]);
    }
    return all;
}

// The guesses of neighbouring blocks.
static void guess(RtGcPart *p, const RtGcPlace *place, uint32_t first, uint64_t members)
{
    for (; members != 0; members &= members - 1) {
        uint32_t index = first + (uint32_t)__builtin_ctzll(members);
        if (!(place->words[index] & GUESS)) continue;
        char *block = place->blocks + index * place->block_size;
        p->failed |= !rt__gc_list_push(&p->guesses, (RtObject *)(void *)block);
    }
}

// (The compiler's own would be a call into its library.)
static inline unsigned count_bits(uint64_t bits)
{
    unsigned count = bits == UINT64_MAX ? 64 : 0;
    for (; bits != UINT64_MAX && bits != 0; bits &= bits - 1)
        count++;
    return count;
}

static inline void begin_group(RtGcPart *p, const RtGcPlace *place, uint32_t first,
                               uint64_t members)
{
    p->examined += count_bits(members);
    RtGcWord marks = change(place->words + first, members, begin);
    if (marks & GUESS) guess(p, place, first, members);
}

static inline void unmark_group(RtGcPart *p, const RtGcPlace *place, uint32_t first,
                                uint64_t members)
{
    (void)p;
    change(place->words + first, members, unmark);
}

static inline void end_group(RtGcPart *p, const RtGcPlace *place, uint32_t first,
                             uint64_t members)
{
    RtGcWord marks = 0;
    if (p->c->generation + 1 == RT_GC_GENERATIONS)
        marks = change(place->words + first, members, end_old);
    else
        change(place->words + first, members, end_young);
    if (rt_unlikely(marks & GUESS)) ((RtSpan *)place->base)->gc_guessed = true;
}

// Garbage is listed, which there is room for. Whose reference on it that is to be is not known
// before all is seen, unless there is just one part: then it is taken here, where the object
// has come from memory.
RT_GC_INLINE void sort_member(RtGcPart *p, const RtGcPlace here, RtObject *object,
                              RtGcWord *word)
{
    (void)here;
    if (*word & REACHABLE) return;
    RT_ASSERT(p->garbage.count < p->garbage.capacity);
    p->garbage.objects[p->garbage.count++] = object;
    if (p->c->part_count == 1) rt_incref(p->c->t, object);
    p->finalizes |= rt__object_has_finalizer(object);
    p->weak |= rt__weak_concerns(object);
    p->crossed |= (*word & CROSSED) != 0;
}

// After a full collection the collecting thread sweeps its heap.
static void announce_frees(const RtGcPart *p, const RtGcPlace *place)
{
    RtSpan *span = (RtSpan *)place->base;
    uint8_t slow = rt__span_slow(span);
    bool swept = span->heap == p->c->t->heap && !(slow & RT_SLOW_LARGE);
    if (swept && p->c->generation + 1 == RT_GC_GENERATIONS)
        rt__span_set_slow(span, slow | RT_SLOW_SORT);
}

static inline void sort_group(RtGcPart *p, const RtGcPlace *place, uint32_t first,
                              uint64_t members)
{
    size_t count = p->garbage.count;
    each_of_group(p, place, first, members, sort_member);
    if (p->garbage.count != count) announce_frees(p, place);
}

// A block that was guessed and is something else by now may have been met, and its bit dropped,
// along a reference to what it is now.
static void follow_guesses(RtGcPart *p)
{
    for (size_t i = 0; i < p->guesses.count && !p->failed; i++) {
        RtObject *object = p->guesses.objects[i];
        RtGcWord *word = word_of(p, object);
        if (!is_member(*word)) continue;
        p->failed |= !reach(p, object, word, false);
        follow_all(p);
    }
}

// A guess about an object that has died is none.
static bool guessed_right(const RtGcPart *p)
{
    for (size_t i = 0; i < p->guesses.count; i++) {
        RtGcWord word = *word_of(p, p->guesses.objects[i]);
        if (word != 0 && !is_referenced_from_outside(word)) return false;
    }
    return true;
}

// ------------------------------------------------------------------ the steps

// If all were reached from the guesses, all are weighed, and none was stale.
static void weigh_part(RtGcPart *p)
{
    each_group(p, begin_group);
    if (p->c->part_count == 1) follow_guesses(p);
    if (p->reached < p->examined) each_group(p, weigh_group);
    if (guessed_right(p)) return;
    each_group(p, unmark_group);
    p->reached = 0;
}

static void mark_part(RtGcPart *p)
{
    if (p->reached < p->examined) each_group(p, root_group);
}

static void sort_part(RtGcPart *p)
{
    uint64_t most = p->examined - p->reached; // others may have reached some of these
    bool done = !p->failed && !p->c->failed && rt__gc_list_reserve(&p->garbage, most);
    if (done && most != 0) each_group(p, sort_group);
    each_group(p, end_group);
    p->failed |= !done;
}

// Where no reference leads from one part to another, none is reached from another.
static void mark_and_sort_part(RtGcPart *p)
{
    mark_part(p);
    sort_part(p);
}

static bool has_foreign(const RtCollection *c)
{
    size_t count = 0;
    for (unsigned i = 0; i < c->part_count; i++)
        count += c->parts[i].foreign.count;
    return count != 0;
}

// Does for every reference that leads from one part to another what was put off, in the first.
static void do_foreign(RtCollection *c, Step step)
{
    RtGcPart *first = &c->parts[0];
    const uint64_t reached = first->reached;
    first->everywhere = true;
    for (unsigned i = 0; i < c->part_count; i++) {
        const RtGcList *foreign = &c->parts[i].foreign;
        for (size_t j = 0; j < foreign->count; j++) {
            RtGcWord *word = word_of(first, foreign->objects[j]);
            if (is_member(*word))
                first->failed |= !step(first, foreign->objects[j], word, false);
        }
        c->parts[i].foreign.count = 0;
    }
    follow_all(first);
    first->everywhere = false;
    first->elsewhere += first->reached - reached;
    first->reached = reached;
}

bool rt__gc_find_garbage(RtCollection *c)
{
    if (!rt__gc_map_build(&c->map, c)) return false;
    rt__gc_in_parts(c, weigh_part);
    if (!has_foreign(c)) {
        rt__gc_in_parts(c, mark_and_sort_part);
        return !c->failed;
    }
    do_foreign(c, explain_foreign);
    rt__gc_in_parts(c, mark_part);
    do_foreign(c, reach);
    rt__gc_in_parts(c, sort_part);
    return !c->failed;
}

// ------------------------------------------------------------------ a list

static void weigh_and_explain(RtGcPart *p, RtObject *object)
{
    p->here = rt__gc_map_find(&p->c->map, rt_span_base(object));
    add_count(object, rt__gc_word(p->here, object), 1);
    each_referent(p, *p->here, object, explain, visit_explain);
}

static bool scan_list(RtGcPart *p)
{
    const RtGcList *list = &p->garbage;
    for (size_t i = 0; i < list->count; i++)
        *word_of(p, list->objects[i]) = MEMBER;
    for (size_t i = 0; i < list->count; i++)
        weigh_and_explain(p, list->objects[i]);
    for (size_t i = 0; i < list->count; i++)
        root(p, list->objects[i], word_of(p, list->objects[i]));
    return !p->failed;
}

// Puts the objects that were not reached first.
static size_t divide_list(const RtGcPart *p, bool scanned)
{
    const RtGcList *list = &p->garbage;
    size_t unreachable = 0;
    for (size_t i = 0; i < list->count; i++) {
        RtObject *object = list->objects[i];
        RtGcWord *word = word_of(p, object);
        bool reachable = !scanned || (*word & REACHABLE);
        *word = 0;
        if (reachable) continue;
        list->objects[i] = list->objects[unreachable];
        list->objects[unreachable++] = object;
    }
    return unreachable;
}

// A collection of just one part that has nothing but the list.
size_t rt__gc_still_unreachable(RtThread *t, const RtGcList *garbage)
{
    RtCollection c = {.t = t, .runtime = t->runtime, .parts = &c.only, .part_count = 1};
    RtGcPart *p = &c.only;
    p->c = &c;
    p->everywhere = true;
    p->garbage = *garbage;
    p->stack = rt__gc_list_take(&t->heap->gc.stack);
    size_t unreachable = 0;
    if (rt__gc_map_list(&c.map, garbage)) unreachable = divide_list(p, scan_list(p));
    rt__gc_list_keep(&t->heap->gc.stack, &p->stack);
    rt__gc_map_free(&c.map);
    return unreachable;
}
