// Weak references: what they lead to, when they are cleared, and what is called then, alone,
// with the collector, and with other threads.
#include "testing_gc.h"

// ------------------------------------------------------------------ what is told

// What finalizers ('f') and callbacks (the first letter of the argument) told, in order.
typedef struct Story {
    char text[64];
    size_t length;
    RtObject *shelter; // a list: the finalizer appends its object there; NULL: it does not
    RtObject *weakref; // what the finalizer gets its object through; NULL: it does not
} Story;

static void tell(Story *story, char letter)
{
    MUST(story->length + 1 < sizeof story->text);
    story->text[story->length++] = letter;
}

static void told(Story *story, const char *text)
{
    assert_string_equal(story->text, text);
    memset(story->text, 0, sizeof story->text);
    story->length = 0;
}

// A node's note is a story, or NULL: then the finalizer does nothing.
static void node_finalize(RtThread *t, RtObject *object)
{
    Story *story = node_of(object)->note;
    if (story == NULL) return;
    tell(story, 'f');
    if (story->weakref != NULL) {
        RtObject *got = rt_weakref_get(t, story->weakref);
        tell(story, got == object ? '+' : '-');
        rt_decref_null(t, got);
    }
    if (story->shelter != NULL) append(t, story->shelter, object);
}

static const RtType node_type = {NODE_TYPE(node_finalize)};

static RtObject *new_node(RtThread *t, Story *story)
{
    return node_new(t, &node_type, story);
}

static void set_next(RtThread *t, RtObject *node, RtObject *next)
{
    MUST(((Node *)node)->next == NULL);
    ((Node *)node)->next = rt_new_ref(t, next);
}

// A node that refers to itself, without a reference from elsewhere but the caller's.
static RtObject *ring(RtThread *t, Story *story)
{
    RtObject *node = new_node(t, story);
    set_next(t, node, node);
    return node;
}

// The story that callbacks tell to: their argument is a str, which has no room for it.
static Story *callbacks_tell;

static void tell_argument(RtThread *t, RtObject *weakref, RtObject *argument)
{
    MUST(rt_weakref_get(t, weakref) == NULL);
    tell(callbacks_tell, rt_str_bytes_borrowed(argument, NULL)[0]);
}

static RtObject *plain(RtThread *t, RtObject *object)
{
    RtObject *weakref = rt_weakref_new(t, object, NULL, NULL);
    MUST(weakref != NULL);
    return weakref;
}

static RtObject *calling(RtThread *t, RtObject *object, const char *letter)
{
    RtObject *argument = test_str(t, letter);
    RtObject *weakref = rt_weakref_new(t, object, tell_argument, argument);
    MUST(weakref != NULL);
    rt_decref(t, argument);
    return weakref;
}

static bool leads_to(RtThread *t, RtObject *weakref, RtObject *object)
{
    RtObject *got = rt_weakref_get(t, weakref);
    rt_decref_null(t, got);
    return got == object;
}

static void drop_all(RtThread *t, RtObject **objects, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rt_decref(t, objects[i]);
}

// ------------------------------------------------------------------ one thread

static void leads_to_its_object_while_that_lives(void **state)
{
    RtThread *t = manual(state);
    RtObject *object = rt_instance_new(t);
    RtObject *weakref = plain(t, object);
    RtObject *got = rt_weakref_get(t, weakref);
    assert_ptr_equal(got, object);
    rt_decref(t, object);
    assert_true(leads_to(t, weakref, got)); // which counts
    rt_decref(t, got);
    assert_null(rt_weakref_get(t, weakref));
    assert_int_equal(rt_error_kind(t), RT_ERROR_NONE);
    RtObject *reuse = rt_instance_new(t); // the block, and it is not led to
    assert_ptr_equal(reuse, object);
    assert_null(rt_weakref_get(t, weakref));
    assert_false(rt__object_flags(reuse) & RT_FLAG_WEAK);
    rt_decref(t, reuse);
    rt_decref(t, weakref);
}

static void those_without_a_callback_are_one(void **state)
{
    RtThread *t = manual(state);
    Story story = {0};
    callbacks_tell = &story;
    RtObject *object = new_list(t);
    RtObject *refs[] = {plain(t, object), calling(t, object, "a"), plain(t, object),
                        calling(t, object, "b")};
    assert_ptr_equal(refs[0], refs[2]);
    assert_ptr_not_equal(refs[1], refs[3]);
    assert_ptr_not_equal(refs[0], refs[1]);
    sound(t);
    drop_all(t, refs, 4);
    RtObject *another = plain(t, object);
    assert_true(leads_to(t, another, object));
    rt_decref(t, another);
    rt_decref(t, object);
    told(&story, "");
}

static void callbacks_run_from_the_newest_to_the_oldest(void **state)
{
    RtThread *t = manual(state);
    Story story = {0};
    callbacks_tell = &story;
    RtObject *object = new_node(t, &story);
    RtObject *refs[] = {calling(t, object, "a"), plain(t, object), calling(t, object, "b"),
                        calling(t, object, "c")};
    story.weakref = refs[1];
    rt_decref(t, refs[2]); // dies first, and is not called
    rt_decref(t, object);
    told(&story, "f+ca"); // in the finalizer it can be got
    for (int i = 0; i < 4; i++) {
        if (i != 2) assert_null(rt_weakref_get(t, refs[i]));
    }
    story.weakref = NULL;
    sound(t);
    rt_decref(t, refs[0]);
    rt_decref(t, refs[1]);
    rt_decref(t, refs[3]);
}

// Brought back by its finalizer when its count had reached zero, an object is led to as before.
static void resurrection_by_count_keeps_them(void **state)
{
    RtThread *t = manual(state);
    Story story = {.shelter = new_list(t)};
    callbacks_tell = &story;
    RtObject *object = new_node(t, &story);
    RtObject *refs[] = {plain(t, object), calling(t, object, "a")};
    rt_decref(t, object);
    told(&story, "f");
    assert_true(leads_to(t, refs[0], object));
    assert_true(leads_to(t, refs[1], object));
    rt_list_clear(t, story.shelter);
    told(&story, "a");
    assert_null(rt_weakref_get(t, refs[0]));
    rt_decref(t, story.shelter);
    drop_all(t, refs, 2);
}

static void refused(RtThread *t, RtObject *object_steal)
{
    assert_null(rt_weakref_new(t, object_steal, NULL, NULL));
    test_error(t, RT_ERROR_TYPE);
    rt_decref(t, object_steal);
}

static void containers_only(void **state)
{
    RtThread *t = manual(state);
    refused(t, rt_none());
    refused(t, test_int(t, 1000));
    refused(t, test_str(t, "text"));
    RtObject *list = new_list(t);
    refused(t, plain(t, list));
    rt_decref(t, list);
}

static void hash_equality_and_repr(void **state)
{
    RtThread *t = manual(state);
    RtObject *objects[] = {rt_tuple_new(t, 1), rt_tuple_new(t, 1), new_list(t)};
    rt_tuple_set_steal(objects[0], 0, test_int(t, 1000));
    rt_tuple_set_steal(objects[1], 0, test_int(t, 1000));
    RtObject *refs[] = {plain(t, objects[0]), plain(t, objects[1]), plain(t, objects[2])};
    assert_int_equal(rt_object_equal(t, refs[0], refs[1]), 1);
    assert_int_equal(rt_object_equal(t, refs[0], refs[2]), 0);
    assert_int_equal(rt_object_hash(t, refs[0]), rt_object_hash(t, objects[1]));
    assert_int_equal(rt_object_hash(t, refs[2]), -1); // a list's
    test_error(t, RT_ERROR_TYPE);
    test_repr(t, rt_new_ref(t, refs[2]), "<weakref; to 'list'>");
    int64_t known = rt_object_hash(t, refs[0]);
    drop_all(t, objects, 3);
    assert_int_equal(rt_object_hash(t, refs[0]), known);
    assert_int_equal(rt_object_hash(t, refs[1]), -1); // nobody asked in time
    test_error(t, RT_ERROR_TYPE);
    assert_int_equal(rt_object_equal(t, refs[0], refs[1]), 0);
    assert_int_equal(rt_object_equal(t, refs[0], refs[0]), 1);
    test_repr(t, rt_new_ref(t, refs[0]), "<weakref; dead>");
    drop_all(t, refs, 3);
}

// ------------------------------------------------------------------ callbacks

static RtErrorKind unraisable_kind;
static RtObject *unraisable_weakref;

static void note_unraisable(RtThread *t, RtObject *weakref)
{
    unraisable_kind = rt_error_kind(t);
    unraisable_weakref = weakref;
}

static void leave_error(RtThread *t, RtObject *weakref, RtObject *argument)
{
    MUST(argument == NULL && rt_weakref_get(t, weakref) == NULL);
    MUST(rt_error_kind(t) == RT_ERROR_NONE);
    rt_error_set(t, RT_ERROR_VALUE, "a callback's");
}

// A callback's error goes to the hook, if there is one, and the pending one stays.
static void errors_in_callbacks(void **state)
{
    Fixture *fixture = *state;
    rt_thread_leave(fixture->t);
    for (int hooked = 0; hooked < 2; hooked++) {
        RtOptions options = {.unraisable = hooked ? note_unraisable : NULL};
        RtRuntime *runtime = rt_runtime_create(&options);
        RtThread *t = rt_thread_enter(runtime);
        RtObject *object = new_list(t);
        RtObject *weakref = rt_weakref_new(t, object, leave_error, NULL);
        rt_error_set(t, RT_ERROR_KEY, "pending");
        rt_decref(t, object);
        assert_string_equal(rt_error_message(t), "pending");
        assert_int_equal(unraisable_kind, hooked ? RT_ERROR_VALUE : RT_ERROR_NONE);
        if (hooked) assert_ptr_equal(unraisable_weakref, weakref);
        rt_error_clear(t);
        rt_decref(t, weakref);
        rt_thread_leave(t);
        rt_runtime_destroy(runtime);
    }
    fixture->t = rt_thread_enter(fixture->runtime);
}

// Drops the weak references in the list that is its argument, one of them its own, makes
// others, and collects.
static void change_everything(RtThread *t, RtObject *weakref, RtObject *argument)
{
    (void)weakref;
    rt_list_clear(t, argument);
    append(t, argument, argument);
    RtObject *another = plain(t, argument);
    MUST(rt_gc_collect(t, 2) >= 0);
    MUST(leads_to(t, another, argument));
    rt_list_clear(t, argument);
    rt_decref(t, another);
}

static void a_callback_may_change_everything(void **state)
{
    RtThread *t = manual(state);
    Story story = {0};
    callbacks_tell = &story;
    RtObject *object = new_list(t);
    RtObject *list = new_list(t);
    RtObject *older = calling(t, object, "a");
    append(t, list, older);
    rt_decref(t, older);
    RtObject *changing = rt_weakref_new(t, object, change_everything, list);
    append(t, list, changing);
    rt_decref(t, changing);
    RtObject *newer = calling(t, object, "b");
    append(t, list, newer);
    rt_decref(t, newer);
    rt_decref(t, object);
    told(&story, "ba"); // all were alive when their object died
    sound(t);
    rt_decref(t, list);
    assert_int_equal(live(t), 0);
}

static _Atomic unsigned called;

static void count_call(RtThread *t, RtObject *weakref, RtObject *argument)
{
    (void)argument;
    MUST(rt_weakref_get(t, weakref) == NULL);
    rt_atomic_add_relaxed(&called, 1u);
}

// The death of each object lets a callback's argument die, which is the next: no recursion.
static void a_long_chain_of_callbacks(void **state)
{
    enum { LENGTH = 100000 };
    RtThread *t = manual(state);
    RtObject *refs = rt_list_new(t, LENGTH);
    RtObject *object = new_list(t);
    for (int i = 0; i < LENGTH; i++) {
        RtObject *before = new_list(t);
        RtObject *weakref = rt_weakref_new(t, before, count_call, object);
        append(t, refs, weakref);
        rt_decref(t, weakref);
        rt_decref(t, object);
        object = before;
    }
    rt_atomic_store_relaxed(&called, 0u);
    rt_decref(t, object);
    assert_int_equal(rt_atomic_load_relaxed(&called), LENGTH);
    rt_decref(t, refs);
}

// ------------------------------------------------------------------ deaths

static void never(RtThread *t, RtObject *weakref, RtObject *argument)
{
    (void)t, (void)weakref, (void)argument;
    RT_CHECK(false, "called, though the weak reference had died before its object");
}

// A weak reference whose own destruction has been put off, because it is nested just too
// deeply, is dead all the same when its object dies.
static void dead_before_its_object_and_destroyed_after(void **state)
{
    RtThread *t = manual(state);
    RtObject *object = new_list(t);
    RtObject *nested = rt_weakref_new(t, object, never, NULL);
    for (unsigned depth = 0; depth < RT_TRASH_DEPTH - 1; depth++) {
        RtObject *outer = new_list(t);
        append(t, outer, nested);
        rt_decref(t, nested);
        nested = outer;
    }
    RtObject *both = rt_tuple_new(t, 2);
    rt_tuple_set_steal(both, 0, object);
    rt_tuple_set_steal(both, 1, nested); // dropped first
    rt_decref(t, both);
    assert_int_equal(live(t), 0);
}

// ------------------------------------------------------------------ many

enum { MANY = 5000 };

static void make_many(RtThread *t, RtObject **objects, RtObject **refs)
{
    for (size_t i = 0; i < MANY; i++) {
        objects[i] = rt_instance_new(t);
        refs[2 * i] = plain(t, objects[i]);
        refs[2 * i + 1] = rt_weakref_new(t, objects[i], count_call, refs[2 * i]);
    }
}

// The table grows while it is in use, and loses and keeps what it should.
static void many_objects(void **state)
{
    RtThread *t = manual(state);
    uint64_t random = 7;
    RtObject *objects[MANY];
    RtObject *refs[2 * MANY];
    rt_atomic_store_relaxed(&called, 0u);
    make_many(t, objects, refs);
    sound(t);
    unsigned dropped = 0;
    for (size_t i = 0; i < MANY; i++) {
        if (test_random(&random) % 2 == 0) continue;
        rt_decref(t, objects[i]);
        objects[i] = NULL;
        dropped++;
    }
    assert_int_equal(rt_atomic_load_relaxed(&called), dropped);
    sound(t);
    for (size_t i = 0; i < MANY; i++) {
        assert_true(leads_to(t, refs[2 * i], objects[i]));
        assert_true(leads_to(t, refs[2 * i + 1], objects[i]));
        rt_decref(t, refs[2 * i + i % 2]); // one dies before its object
        rt_decref_null(t, objects[i]);
        rt_decref(t, refs[2 * i + 1 - i % 2]);
    }
    sound(t);
}

static int64_t last_number;

static void count_down(RtThread *t, RtObject *weakref, RtObject *argument)
{
    (void)t, (void)weakref;
    MUST(rt_int_value(argument) < last_number);
    last_number = rt_int_value(argument);
}

// Still from the newest to the oldest, however often the table has grown.
static void many_to_one_object(void **state)
{
    RtThread *t = manual(state);
    RtObject *object = new_list(t);
    RtObject *refs[MANY];
    for (int i = 0; i < MANY; i++) {
        RtObject *number = test_int(t, i);
        refs[i] = rt_weakref_new(t, object, count_down, number);
        rt_decref(t, number);
    }
    sound(t);
    last_number = MANY;
    rt_decref(t, object);
    assert_int_equal(last_number, 0);
    drop_all(t, refs, MANY);
}

// ------------------------------------------------------------------ the collector

static void garbage_is_cleared_before_it_is_finalized(void **state)
{
    RtThread *t = manual(state);
    Story story = {0};
    callbacks_tell = &story;
    RtObject *object = ring(t, &story);
    RtObject *refs[] = {plain(t, object), calling(t, object, "a"), calling(t, object, "b")};
    story.weakref = refs[0];
    rt_gc_collect(t, 2); // it is alive
    told(&story, "");
    rt_decref(t, object);
    assert_int_equal(rt_gc_collect(t, 2), 1);
    told(&story, "baf-");
    sound(t);
    story.weakref = NULL;
    drop_all(t, refs, 3);
    assert_int_equal(live(t), 0);
}

static void garbage_is_not_called(void **state)
{
    RtThread *t = manual(state);
    Story story = {0};
    callbacks_tell = &story;
    RtObject *list = new_list(t); // garbage, with weak references to itself and another
    RtObject *alive = new_list(t);
    RtObject *refs[] = {calling(t, list, "a"), calling(t, alive, "b")};
    append(t, list, list);
    append(t, list, refs[0]);
    append(t, list, refs[1]);
    drop_all(t, refs, 2);
    rt_decref(t, list);
    assert_int_equal(rt_gc_collect(t, 2), 3);
    sound(t);
    rt_decref(t, alive);
    told(&story, "");
    assert_int_equal(live(t), 0);
}

// An argument that refers back to its weak reference is a cycle like any other.
static void cycles_through_arguments(void **state)
{
    RtThread *t = manual(state);
    RtObject *alive = new_list(t);
    RtObject *argument = new_list(t);
    RtObject *weakref = rt_weakref_new(t, alive, count_call, argument);
    append(t, argument, weakref);
    rt_decref(t, weakref);
    rt_decref(t, argument);
    rt_atomic_store_relaxed(&called, 0u);
    assert_int_equal(rt_gc_collect(t, 2), 2);
    assert_int_equal(live(t), 1);
    rt_decref(t, alive);
    assert_int_equal(rt_atomic_load_relaxed(&called), 0);
}

// What a collection's finalizer brings back has lost its weak references, as in CPython.
static void resurrection_from_a_collection(void **state)
{
    RtThread *t = manual(state);
    Story story = {.shelter = new_list(t)};
    callbacks_tell = &story;
    RtObject *object = ring(t, &story);
    RtObject *refs[] = {plain(t, object), calling(t, object, "a")};
    rt_decref(t, object);
    assert_int_equal(rt_gc_collect(t, 2), 0);
    told(&story, "af");
    assert_null(rt_weakref_get(t, refs[0]));
    RtObject *another = plain(t, object);
    assert_ptr_not_equal(another, refs[0]);
    assert_true(leads_to(t, another, object));
    sound(t);
    rt_list_clear(t, story.shelter);
    assert_int_equal(rt_gc_collect(t, 2), 1);
    assert_null(rt_weakref_get(t, another));
    told(&story, "");
    rt_decref(t, another);
    rt_decref(t, story.shelter);
    drop_all(t, refs, 2);
}

// ------------------------------------------------------------------ threads

enum { ROUNDS = TEST_ROUNDS(5000), WORKERS = 4 };

static void get_here(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtObject **pair = worker->shared;
    MUST(leads_to(t, pair[0], pair[1]));
}

// To an object that no other thread has ever had a reference to.
static void another_thread_gets(void **state)
{
    NEEDS_THREADS();
    RtThread *t = manual(state);
    RtObject *object = new_list(t);
    RtObject *pair[] = {plain(t, object), object};
    test_run_threads(t, 1, get_here, pair);
    rt_decref(t, object);
    assert_null(rt_weakref_get(t, pair[0]));
    rt_decref(t, pair[0]);
}

// Readers get what one thread makes and drops. The weak reference to it stands in a slot of a
// list, which the readers read as anyone does.
typedef struct Rounds {
    RtObject *slot;
    bool cyclic; // the nodes refer to themselves, and one of the readers collects them
    _Atomic bool over;
    _Atomic unsigned got;
} Rounds;

// Also where there is no GIL to hand over, or no processor for all.
static void let_others(RtThread *t)
{
    rt_thread_yield(t);
    rt_cpu_yield();
}

// The block is reused by what is no such node, so that a wrong one would show.
static void replace_once(RtThread *t, const Rounds *rounds, int i)
{
    RtObject *object = rounds->cyclic ? ring(t, NULL) : new_node(t, NULL);
    RtObject *weakref = rt_weakref_new(t, object, i % 2 ? count_call : NULL, NULL);
    MUST(weakref != NULL && rt_list_set(t, rounds->slot, 0, weakref));
    rt_poll(t);
    if (i % 16 == 0) let_others(t);
    rt_decref(t, object);
    RtObject *reuse = new_node(t, NULL);
    set_next(t, reuse, rounds->slot);
    rt_poll(t);
    rt_decref(t, weakref);
    rt_decref(t, reuse);
}

static void get_once(RtThread *t, Rounds *rounds)
{
    RtObject *weakref = rt_list_get(t, rounds->slot, 0);
    RtObject *object = weakref != rt_none() ? rt_weakref_get(t, weakref) : NULL;
    if (object != NULL) {
        MUST(object->type == &node_type && rt_ref_is_live(&object->ref));
        MUST(((Node *)object)->next == (rounds->cyclic ? object : NULL));
        rt_atomic_add_relaxed(&rounds->got, 1u);
        rt_decref(t, object);
    }
    rt_decref(t, weakref);
}

static void replace_or_get(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Rounds *rounds = worker->shared;
    if (worker->index == 0) {
        for (int i = 0; i < ROUNDS || rt_atomic_load_relaxed(&rounds->got) < ROUNDS / 10; i++)
            replace_once(t, rounds, i);
        rt_atomic_store_release(&rounds->over, true);
    }
    for (unsigned i = 0; !rt_atomic_load_acquire(&rounds->over); i++) {
        get_once(t, rounds);
        if (rounds->cyclic && worker->index == 1 && i % 100 == 0)
            MUST(rt_gc_collect(t, (int)(i / 100 % 3)) >= 0);
        rt_poll(t);
        let_others(t);
    }
}

static void replace_and_get(RtThread *t, bool cyclic)
{
    Rounds rounds = {.slot = new_list(t), .cyclic = cyclic};
    append(t, rounds.slot, rt_none());
    rt_atomic_store_relaxed(&called, 0u);
    test_run_threads(t, WORKERS, replace_or_get, &rounds);
    rt_list_clear(t, rounds.slot);
    sound(t);
    rt_decref(t, rounds.slot);
    rt_gc_collect(t, 2);
    assert_int_equal(live(t), 0);
}

static void get_against_the_last_decref(void **state)
{
    NEEDS_THREADS();
    replace_and_get(test_thread(state), false);
}

static void get_against_the_collector(void **state)
{
    NEEDS_THREADS();
    replace_and_get(test_thread(state), true);
}

// Every thread has a reference to each object, and drops it when all others may do so too.
enum { OBJECTS = TEST_ROUNDS(1000) };

typedef struct Deaths {
    RtObject *objects[OBJECTS];
    RtObject *kept[WORKERS][OBJECTS]; // weak references that live on, each with a callback
} Deaths;

static void make_and_drop(RtThread *t, void *argument)
{
    Worker *worker = argument;
    Deaths *deaths = worker->shared;
    for (size_t i = 0; i < OBJECTS; i++) {
        RtObject *object = deaths->objects[i];
        RtObject *shared = plain(t, object);
        RtObject *before = rt_weakref_new(t, object, never, NULL);
        RtObject *during = rt_weakref_new(t, object, count_call, shared);
        deaths->kept[worker->index][i] = rt_weakref_new(t, object, count_call, shared);
        MUST(leads_to(t, shared, object) && leads_to(t, during, object));
        rt_decref(t, shared);
        rt_decref(t, before);
        rt_decref(t, object);
        rt_decref(t, during); // its callback may just be running, or about to, or not
        rt_poll(t);
    }
}

static void objects_and_weak_references_die_together(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    static Deaths deaths;
    for (size_t i = 0; i < OBJECTS; i++) {
        deaths.objects[i] = rt_instance_new(t);
        for (unsigned worker = 1; worker < WORKERS; worker++)
            rt_incref(t, deaths.objects[i]);
    }
    rt_atomic_store_relaxed(&called, 0u);
    test_run_threads(t, WORKERS, make_and_drop, &deaths);
    rt_poll(t);
    sound(t);
    assert_in_range(rt_atomic_load_relaxed(&called), WORKERS * OBJECTS, 2 * WORKERS * OBJECTS);
    for (unsigned worker = 0; worker < WORKERS; worker++) {
        for (size_t i = 0; i < OBJECTS; i++)
            MUST(rt_weakref_get(t, deaths.kept[worker][i]) == NULL);
        drop_all(t, deaths.kept[worker], OBJECTS);
    }
    assert_int_equal(live(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leads_to_its_object_while_that_lives),
        TEST(those_without_a_callback_are_one),
        TEST(callbacks_run_from_the_newest_to_the_oldest),
        TEST(resurrection_by_count_keeps_them),
        TEST(containers_only),
        TEST(hash_equality_and_repr),
        TEST(errors_in_callbacks),
        TEST(a_callback_may_change_everything),
        TEST(a_long_chain_of_callbacks),
        TEST(dead_before_its_object_and_destroyed_after),
        TEST(many_objects),
        TEST(many_to_one_object),
        TEST(garbage_is_cleared_before_it_is_finalized),
        TEST(garbage_is_not_called),
        TEST(cycles_through_arguments),
        TEST(resurrection_from_a_collection),
        TEST(another_thread_gets),
        TEST(get_against_the_last_decref),
        TEST(get_against_the_collector),
        TEST(objects_and_weak_references_die_together),
    };
    return cmocka_run_group_tests_name("weakref", tests, NULL, NULL);
}
