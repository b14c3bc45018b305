// test_reads.c: items read without the lock: what is found, what is counted, and what waits
// until nobody can be looking at it.
#include <stdio.h>

#include "object/array.h"
#include "state/runtime.h"
#include "testing.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ by count

static RtObject *one_item_list(RtThread *t, RtObject *item_steal)
{
    RtObject *list = rt_list_new(t, 4);
    MUST(list != NULL && rt_list_append(t, list, item_steal));
    rt_decref(t, item_steal);
    return list;
}

static void own_items_need_no_section(void **state)
{
    RtThread *t = test_thread(state);
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS || !test_counts()) skip();
    RtObject *list = one_item_list(t, test_int(t, 1000));
    RtObject *dict = rt_dict_new(t);
    RtObject *key = test_str(t, "key");
    RtObject *same_key = test_str(t, "key");
    RtObject *absent = test_str(t, "absent");
    assert_true(rt_dict_set(t, dict, key, list));
    uint64_t sections = test_counter(t->runtime, "section_begin");
    assert_int_equal(test_value(t, rt_list_get(t, list, 0)), 1000);
    rt_decref(t, rt_dict_get(t, dict, key));
    rt_decref(t, rt_dict_get(t, dict, same_key));
    assert_null(rt_dict_get(t, dict, absent));
    test_error(t, RT_ERROR_KEY);
    assert_int_equal(rt_dict_contains(t, dict, same_key), 1);
    assert_int_equal(rt_dict_contains(t, dict, absent), 0);
    assert_int_equal(test_counter(t->runtime, "section_begin"), sections);
    assert_int_equal(test_counter(t->runtime, "reads_locked"), 0);
    rt_decref(t, absent);
    rt_decref(t, same_key);
    rt_decref(t, key);
    rt_decref(t, dict);
    rt_decref(t, list);
}

// What a class or a module has, or has not: threads share these.
static void names_need_no_section(void **state)
{
    RtThread *t = test_thread(state);
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS || !test_counts()) skip();
    RtObject *owner = rt_list_new(t, 0), *old = NULL;
    RtObject *present = rt_str_intern(t, "present", 7), *absent = rt_str_intern(t, "absent", 6);
    RtTable table;
    rt__table_init(&table);
    assert_true(rt__table_set_locked(t, &table, absent, rt__str_hash(absent), RT_MATCH_IDENTITY,
                                     owner, &old));
    assert_true(rt__table_set_locked(t, &table, present, rt__str_hash(present),
                                     RT_MATCH_IDENTITY, owner, &old));
    RtPlace place =
        rt__table_find_locked(t, &table, absent, rt__str_hash(absent), RT_MATCH_IDENTITY);
    rt__table_remove_locked(&table, place, &absent, &old);
    rt_decref(t, old);
    uint64_t sections = test_counter(t->runtime, "section_begin");
    uint32_t index = 0;
    RtObject *found = rt__table_named(t, owner, &table, present, &index);
    assert_ptr_equal(found, owner);
    assert_int_equal(index, 1);
    assert_null(rt__table_named(t, owner, &table, absent, &index));
    assert_int_equal(test_counter(t->runtime, "section_begin"), sections);
    rt_decref(t, found);
    rt__table_finish(t, &table);
    rt_decref(t, owner);
}

// How many of the thread's reads took the lock.
static uint64_t locked_by(RtThread *t)
{
    RtAccountEntry entries[64];
    size_t count = rt_account_read_thread(t, entries, 64);
    for (size_t i = 0; i < count && i < 64; i++) {
        if (strcmp(entries[i].name, "reads_locked") == 0) return entries[i].value;
    }
    return 0;
}

// The thread that made it has the only count that says whether it lives; so the first to read
// it elsewhere takes the lock, and leaves a mark.
static void read_twice(RtThread *t, void *argument)
{
    RtObject *list = argument;
    uint64_t before = locked_by(t);
    MUST(test_value(t, rt_list_get(t, list, 0)) == 1000);
    uint64_t first = locked_by(t);
    MUST(test_value(t, rt_list_get(t, list, 0)) == 1000);
    uint64_t second = locked_by(t);
    MUST(first - before == RT_REF_NEEDS_THREAD_HEAP);
    MUST(second == first);
}

static void a_foreign_item_needs_the_section_once(void **state)
{
    RtThread *t = test_thread(state);
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS || !test_counts()) skip();
    RtObject *list = one_item_list(t, test_int(t, 1000));
    RtThreadHandle *reader = rt_thread_start(t, read_twice, list);
    assert_non_null(reader);
    rt_thread_join(t, reader);
    rt_decref(t, list);
}

// Its count says by itself that it lives, to everybody.
static void read_deferred(RtThread *t, void *argument)
{
    RtObject *list = argument;
    uint64_t before = locked_by(t);
    rt_decref(t, rt_list_get(t, list, 0));
    MUST(locked_by(t) - before == 0);
}

static void a_deferred_item_needs_no_section(void **state)
{
    RtThread *t = test_thread(state);
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS || !test_counts()) skip();
    RtObject *item = rt_list_new(t, 0);
    assert_non_null(item);
    rt_defer(t, item);
    RtObject *list = one_item_list(t, item);
    if (rt_is_deferred(item)) {
        RtThreadHandle *reader = rt_thread_start(t, read_deferred, list);
        assert_non_null(reader);
        rt_thread_join(t, reader);
    }
    rt_decref(t, list);
    rt_gc_collect(t, 2);
}

static void an_index_beyond_all_arrays_is_an_error(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = one_item_list(t, test_int(t, 1000));
    const size_t indexes[] = {1, 4, 5, SIZE_MAX / 2 + 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++) {
        assert_null(rt_list_get(t, list, indexes[i]));
        test_error(t, RT_ERROR_INDEX);
    }
    rt_decref(t, list);
}

// ------------------------------------------------------------------ retired arrays

typedef struct Pause {
    _Atomic unsigned here; // the other thread is attached and does not poll
    _Atomic unsigned go_on;
} Pause;

static void stand_still(RtThread *t, void *argument)
{
    Pause *pause = argument;
    rt_atomic_store_release(&pause->here, 1u);
    while (rt_atomic_load_acquire(&pause->go_on) == 0)
        rt_cpu_yield();
    rt_poll(t);
}

static void retire_one(RtThread *t, size_t size)
{
    RtArrayWord *array = rt__array_new(t, size, 0, 0);
    assert_non_null(array);
    rt_atomic_store_relaxed(array, 0);
    rt__array_retire(t, array, size);
}

static void retired_arrays_wait_for_who_runs(void **state)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) skip();
    RtThread *t = test_thread(state);
    Pause pause = {0};
    RtThreadHandle *other = rt_thread_start(t, stand_still, &pause);
    assert_non_null(other);
    while (rt_atomic_load_acquire(&pause.here) == 0)
        rt_cpu_yield();
    retire_one(t, 64);
    assert_non_null(t->retired.open);
    retire_one(t, RT_RETIRED_BYTES);
    assert_null(t->retired.open);
    assert_non_null(t->retired.closed);
    rt_poll(t);
    assert_non_null(t->retired.closed);
    rt_atomic_store_release(&pause.go_on, 1u);
    rt_thread_join(t, other);
    rt_poll(t);
    assert_null(t->retired.closed);
}

static void retired_arrays_go_at_once_without_others(void **state)
{
    RtThread *t = test_thread(state);
    retire_one(t, RT_RETIRED_BYTES);
    assert_null(t->retired.open);
    assert_null(t->retired.closed);
    rt__array_retire(t, NULL, 0);
}

// Left behind by a thread, and found by the next one, or at the runtime's end.
static void retire_and_leave(RtThread *t, void *argument)
{
    (void)argument;
    retire_one(t, 64);
}

static void retired_arrays_survive_their_thread(void **state)
{
    RtThread *t = test_thread(state);
    for (int i = 0; i < 3; i++) {
        RtThreadHandle *other = rt_thread_start(t, retire_and_leave, NULL);
        assert_non_null(other);
        rt_thread_join(t, other);
    }
    retire_one(t, 64);
}

// ------------------------------------------------------------------ readers against writers

// Every item says where it belongs: value % KINDS is the index or the key's number.
enum { KINDS = 32, ANCHORS = 8, WORKERS = 4, ROUNDS = 20000 };

typedef struct Shared {
    RtObject *object;
    RtObject *keys[KINDS]; // equal to those entered, and not the same objects
    _Atomic unsigned writing;
} Shared;

typedef struct Actor {
    RtThread *t;
    Shared *shared;
    uint64_t random;
} Actor;

static unsigned draw(Actor *actor, unsigned below)
{
    return (unsigned)(test_random(&actor->random) >> 33) % below;
}

static RtObject *item_for(Actor *actor, unsigned kind)
{
    return test_int(actor->t, (int64_t)(1000 + draw(actor, 1000)) * KINDS + kind);
}

static bool is_absent(RtThread *t, RtObject *item, RtErrorKind kind)
{
    if (item != NULL) return false;
    MUST(rt_error_kind(t) == kind);
    rt_error_clear(t);
    return true;
}

static void check(RtThread *t, RtObject *item_steal, unsigned kind)
{
    MUST(test_value(t, item_steal) % KINDS == (int64_t)kind);
}

// Worker 0 calls `change`, worker 1 `replace`; the others `look` until both are done.
typedef struct Play {
    Shared *shared;
    void (*change)(Actor *actor);
    void (*replace)(Actor *actor);
    void (*look)(Actor *actor);
} Play;

static void act(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Play *play = worker->shared;
    Actor actor = {t, play->shared, worker->index};
    void (*write)(Actor *) = worker->index == 0 ? play->change : play->replace;
    if (worker->index < 2) {
        for (unsigned i = 0; i < TEST_ROUNDS(ROUNDS); i++) {
            write(&actor);
            rt_poll(t);
        }
        rt_atomic_sub_acq_rel(&play->shared->writing, 1u);
    }
    while (rt_atomic_load_relaxed(&play->shared->writing) != 0) {
        play->look(&actor);
        rt_poll(t);
    }
}

static void perform(RtThread *t, Play play)
{
    rt_atomic_store_relaxed(&play.shared->writing, 2u);
    test_run_threads(t, WORKERS, act, &play);
    rt_decref(t, play.shared->object);
    for (unsigned i = 0; i < KINDS; i++)
        rt_decref_null(t, play.shared->keys[i]);
}

// ---- a list

// A short list, so that the blocks of items that it loses come back as others soon.
enum { LENGTH = 8 };

// The only one to change the list's size, so that it knows where an item will be.
static void change_list(Actor *actor)
{
    RtThread *t = actor->t;
    RtObject *list = actor->shared->object;
    size_t size = rt_list_size(t, list);
    unsigned what = draw(actor, LENGTH);
    if (what == 0)
        rt_list_clear(t, list);
    else if (what < 3 && size > 0)
        rt_decref(t, rt_list_pop(t, list));
    else if (size < LENGTH) {
        RtObject *item = item_for(actor, (unsigned)size);
        MUST(rt_list_append(t, list, item));
        rt_decref(t, item);
    }
}

static void replace_item(Actor *actor)
{
    unsigned index = draw(actor, LENGTH);
    RtObject *item = item_for(actor, index);
    if (!rt_list_set(actor->t, actor->shared->object, index, item)) rt_error_clear(actor->t);
    rt_decref(actor->t, item);
}

static void look_at_item(Actor *actor)
{
    unsigned index = draw(actor, LENGTH);
    RtObject *item = rt_list_get(actor->t, actor->shared->object, index);
    if (!is_absent(actor->t, item, RT_ERROR_INDEX)) check(actor->t, item, index);
}

static void readers_of_a_list_find_its_items(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Shared shared = {.object = rt_list_new(t, 0)};
    perform(t, (Play){&shared, change_list, replace_item, look_at_item});
}

// ---- a dict

static RtObject *new_key(RtThread *t, unsigned kind)
{
    if (kind % 2 == 0) return test_int(t, 1000 + kind);
    char text[16];
    snprintf(text, sizeof text, "key %u", kind);
    return test_str(t, text);
}

static void enter(Actor *actor, unsigned kind)
{
    RtThread *t = actor->t;
    RtObject *key = new_key(t, kind);
    RtObject *value = item_for(actor, kind);
    MUST(rt_dict_set(t, actor->shared->object, key, value));
    rt_decref(t, value);
    rt_decref(t, key);
}

// The anchors are never absent, whatever else comes and goes and however often the block is
// replaced.
static void change_dict(Actor *actor)
{
    RtThread *t = actor->t;
    unsigned kind = ANCHORS + draw(actor, KINDS - ANCHORS);
    if (draw(actor, 2) == 0)
        enter(actor, kind);
    else if (!rt_dict_delete(t, actor->shared->object, actor->shared->keys[kind]))
        rt_error_clear(t);
}

static void clear_dict(Actor *actor)
{
    if (draw(actor, 16) == 0)
        rt_dict_clear(actor->t, actor->shared->object);
    else
        enter(actor, draw(actor, KINDS));
}

static void replace_value(Actor *actor)
{
    enter(actor, draw(actor, ANCHORS));
}

static void look_at_value(Actor *actor)
{
    unsigned kind = draw(actor, KINDS);
    RtObject *value = rt_dict_get(actor->t, actor->shared->object, actor->shared->keys[kind]);
    if (!is_absent(actor->t, value, RT_ERROR_KEY)) check(actor->t, value, kind);
}

static void look_at_value_or_anchor(Actor *actor)
{
    unsigned kind = draw(actor, ANCHORS);
    RtObject *dict = actor->shared->object;
    MUST(rt_dict_contains(actor->t, dict, actor->shared->keys[kind]) == 1);
    RtObject *value = rt_dict_get(actor->t, dict, actor->shared->keys[kind]);
    MUST(value != NULL);
    check(actor->t, value, kind);
    look_at_value(actor);
}

static void make_dict(RtThread *t, Shared *shared)
{
    Actor actor = {t, shared, 7};
    shared->object = rt_dict_new(t);
    for (unsigned i = 0; i < KINDS; i++)
        shared->keys[i] = new_key(t, i);
    for (unsigned i = 0; i < ANCHORS; i++)
        enter(&actor, i);
}

static void readers_of_a_dict_find_what_is_always_there(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Shared shared = {0};
    make_dict(t, &shared);
    perform(t, (Play){&shared, change_dict, replace_value, look_at_value_or_anchor});
}

static void readers_of_a_dict_that_is_cleared_find_its_values(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Shared shared = {0};
    make_dict(t, &shared);
    perform(t, (Play){&shared, clear_dict, change_dict, look_at_value});
}

// ---- an instance

static void set_attribute(Actor *actor, unsigned kind)
{
    RtThread *t = actor->t;
    RtObject *value = item_for(actor, kind);
    MUST(rt_instance_set(t, actor->shared->object, actor->shared->keys[kind], value));
    rt_decref(t, value);
}

static void change_instance(Actor *actor)
{
    unsigned kind = ANCHORS + draw(actor, KINDS - ANCHORS);
    RtObject *name = actor->shared->keys[kind];
    if (draw(actor, 2) == 0)
        set_attribute(actor, kind);
    else if (!rt_instance_delete(actor->t, actor->shared->object, name))
        rt_error_clear(actor->t);
}

static void replace_attribute(Actor *actor)
{
    set_attribute(actor, draw(actor, ANCHORS));
}

static void look_at_attribute(Actor *actor)
{
    unsigned kind = draw(actor, KINDS);
    RtObject *name = actor->shared->keys[kind];
    RtObject *value = rt_instance_get(actor->t, actor->shared->object, name);
    MUST(value != NULL || kind >= ANCHORS);
    if (!is_absent(actor->t, value, RT_ERROR_ATTRIBUTE)) check(actor->t, value, kind);
}

static void readers_of_an_instance_find_its_attributes(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    Shared shared = {.object = rt_instance_new(t)};
    Actor actor = {t, &shared, 7};
    for (unsigned i = 0; i < KINDS; i++) {
        char text[16];
        snprintf(text, sizeof text, "name %u", i);
        shared.keys[i] = test_str(t, text);
    }
    for (unsigned i = 0; i < ANCHORS; i++)
        set_attribute(&actor, i);
    perform(t, (Play){&shared, change_instance, replace_attribute, look_at_attribute});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(own_items_need_no_section),
        TEST(names_need_no_section),
        TEST(a_foreign_item_needs_the_section_once),
        TEST(a_deferred_item_needs_no_section),
        TEST(an_index_beyond_all_arrays_is_an_error),
        TEST(retired_arrays_wait_for_who_runs),
        TEST(retired_arrays_go_at_once_without_others),
        TEST(retired_arrays_survive_their_thread),
        TEST(readers_of_a_list_find_its_items),
        TEST(readers_of_a_dict_find_what_is_always_there),
        TEST(readers_of_a_dict_that_is_cleared_find_its_values),
        TEST(readers_of_an_instance_find_its_attributes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
