// leaks.c: what is alive, told apart by who knows of it.
//
// After a census, three walks mark what they meet: from the references that are accounted for
// (the caller's, and those of garbage that a thread is to tear down); then from the objects
// that have references still unexplained, of which somebody forgot one. What no walk met is
// referred to by nothing but itself.
#include "alloc/groups.h"
#include "alloc/pages.h"
#include "alloc/tracing.h"
#include "gc/gc.h"
#include "gc/walk.h"
#include "rt_inline.h"

typedef struct Search {
    RtRuntime *runtime;
    RtWalk walk;
    RtGroups groups;
    bool failed; // no memory
} Search;

// In a word, a mark of 0 says that nobody was there.
static RtWalkMark mark_of(RtLeakKind kind)
{
    return (RtWalkMark)kind + 1;
}

static RtLeakKind kind_of(RtGcWord word)
{
    RtWalkMark mark = rt__walk_mark(word);
    return mark == 0 ? RT_LEAK_CYCLE : (RtLeakKind)(mark - 1);
}

static bool is_counted(RtObject *object, RtGcWord *word)
{
    return rt_ref_is_live(&object->ref) && word != NULL && *word != 0;
}

// ------------------------------------------------------------------ walks

static void walk_from_known(Search *search, RtObject *const *objects, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        rt__census_explain(objects[i]);
        rt__walk_begin(&search->walk, objects[i]);
    }
}

static void walk_reachable(Search *search, RtObject *const *held, size_t held_count)
{
    search->walk.mark = mark_of(RT_LEAK_REACHABLE);
    walk_from_known(search, held, held_count);
    for (RtThread *t = search->runtime->threads; t != NULL; t = t->next)
        for (const RtGcShare *share = t->gc_shares; share != NULL; share = share->next)
            walk_from_known(search, share->garbage.objects, share->garbage.count);
    rt__walk_on(&search->walk, NULL);
}

static void begin_at_lost(void *block, void *argument)
{
    RtObject *object = (RtObject *)block;
    RtGcWord *word = rt__census_word(object);
    if (is_counted(object, word) && rt__census_unexplained(*word) != 0)
        rt__walk_begin((RtWalk *)argument, object);
}

// All that are lost are marked before any is followed, for one may lead to the other.
static void walk_lost(Search *search)
{
    search->walk.mark = mark_of(RT_LEAK_LOST);
    rt__pages_each_block(search->runtime, begin_at_lost, &search->walk);
    search->walk.mark = mark_of(RT_LEAK_BEHIND);
    rt__walk_on(&search->walk, NULL);
}

// ------------------------------------------------------------------ sums

static void add(Search *search, RtLeakKind kind, RtSite site, const char *type, size_t bytes)
{
    int64_t number = rt__groups_find(&search->groups, site, type, kind);
    search->failed |= number < 0;
    if (number < 0) return;
    search->groups.groups[number].blocks++;
    search->groups.groups[number].bytes += (int64_t)bytes;
}

static void add_object(void *block, void *argument)
{
    Search *search = (Search *)argument;
    RtObject *object = (RtObject *)block;
    RtGcWord *word = rt__census_word(object);
    if (!is_counted(object, word)) return;
    add(search, kind_of(*word), rt__tracing_site(search->runtime, object), object->type->name,
        rt_span_of(object)->block_size);
}

static void add_resources(Search *search)
{
    RtResources *resources = &search->runtime->resources;
    rt_mutex_lock(&resources->mutex);
    for (size_t i = 0; i < resources->count; i++)
        add(search, RT_LEAK_RESOURCE, resources->open[i].site, resources->open[i].kind, 0);
    rt_mutex_unlock(&resources->mutex);
}

static void search_stopped(Search *search, RtObject *const *held, size_t held_count)
{
    RtCensus census = {.runtime = search->runtime};
    search->failed = !rt__census_take(&census);
    if (!search->failed) {
        walk_reachable(search, held, held_count);
        walk_lost(search);
        rt__pages_each_block(search->runtime, add_object, search);
        add_resources(search);
        search->failed |= search->walk.failed;
    }
    rt__census_end(&census);
}

// ------------------------------------------------------------------ the report

static RtLeakReport *make_report(const RtGroups *groups)
{
    size_t size = sizeof(RtLeakReport) + groups->count * sizeof(RtLeak);
    RtLeakReport *report = rt_array_alloc(size);
    if (report == NULL) return NULL;
    *report = (RtLeakReport){groups->count, (RtLeak *)(void *)(report + 1)};
    for (size_t i = 0; i < groups->count; i++) {
        const RtGroup *group = &groups->groups[i];
        report->leaks[i] = (RtLeak){(RtLeakKind)group->kind, group->site, group->type,
                                    group->blocks, group->bytes};
    }
    return report;
}

RtLeakReport *rt_leaks_find(RtThread *t, RtObject *const *held, size_t held_count)
{
    Search search = {.runtime = t->runtime};
    rt_world_stop(t);
    search_stopped(&search, held, held_count);
    rt_world_start(t);
    RtLeakReport *report = search.failed ? NULL : make_report(&search.groups);
    rt__walk_free(&search.walk);
    rt__groups_free(&search.groups);
    if (report == NULL) rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return report;
}

void rt_leaks_free(RtLeakReport *report)
{
    rt_array_free(report);
}
