// steps_objects.c: objects of every type, made, grown, printed and dropped.
#include <stdio.h>
#include <string.h>

#include "faults.h"

bool faults_drop(RtThread *t, RtObject *object)
{
    rt_decref_null(t, object);
    return object != NULL;
}

// ------------------------------------------------------------------ values

static bool repr_and_drop(RtThread *t, RtObject *object)
{
    bool done = object != NULL && faults_drop(t, rt_object_repr(t, object));
    return faults_drop(t, object) && done;
}

static bool make_numbers(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *a = rt_int_new(t, 1 << 20);
    RtObject *b = a != NULL ? rt_int_mul(t, a, a) : NULL;
    bool done = b != NULL && faults_drop(t, rt_int_add(t, a, b)) &&
                faults_drop(t, rt_int_sub(t, a, b)) && repr_and_drop(t, rt_new_ref(t, b)) &&
                repr_and_drop(t, rt_float_new(t, 0.1)) && repr_and_drop(t, rt_bool(true)) &&
                repr_and_drop(t, rt_none());
    rt_decref_null(t, a);
    rt_decref_null(t, b);
    return done;
}

// A str of its own pages, whose repr needs a buffer that grows.
static bool make_strings(Scene *scene)
{
    RtThread *t = scene->t;
    char bytes[2000];
    memset(bytes, '\n', sizeof bytes);
    return repr_and_drop(t, rt_str_new(t, "short", 5)) &&
           repr_and_drop(t, rt_str_new(t, bytes, sizeof bytes));
}

// Some of the names are in the table already when the step is taken again.
static bool intern_names(Scene *scene)
{
    for (unsigned i = 0; i < 300; i++) {
        char text[16];
        int size = snprintf(text, sizeof text, "name%u", i);
        RtObject *name = rt_str_intern(scene->t, text, (size_t)size);
        if (name == NULL) return false;
        RtObject *again = rt_str_intern(scene->t, text, (size_t)size);
        FAULTS_REQUIRE(again == name, "two interned strings are equal");
    }
    return true;
}

// ------------------------------------------------------------------ containers

static RtObject *pair_of_ints(RtThread *t, int64_t value)
{
    RtObject *pair = rt_tuple_new(t, 2);
    for (size_t i = 0; i < 2 && pair != NULL; i++) {
        RtObject *item = rt_int_new(t, value + (int64_t)i);
        if (item != NULL) {
            rt_tuple_set_steal(pair, i, item);
            continue;
        }
        rt_decref(t, pair);
        pair = NULL;
    }
    return pair;
}

static bool make_tuples(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *pair = pair_of_ints(t, 1000);
    bool done =
        pair != NULL && rt_object_hash(t, pair) != -1 && repr_and_drop(t, rt_new_ref(t, pair));
    rt_decref_null(t, pair);
    return done && faults_drop(t, rt_tuple_new(t, 1000)); // on pages of its own
}

#define ITEMS 300

// The list has `size` items, each what its index says.
static void check_list(RtThread *t, RtObject *list, size_t size)
{
    FAULTS_REQUIRE(rt_list_size(t, list) == size, "a list has another size");
    for (size_t i = 0; i < size; i++) {
        RtObject *item = rt_list_get(t, list, i);
        FAULTS_REQUIRE(item != NULL && rt_int_value(item) == 1000 + (int64_t)(i % ITEMS),
                       "a list has another item");
        rt_decref(t, item);
    }
}

static bool append_int(RtThread *t, RtObject *list, int64_t value)
{
    RtObject *item = rt_int_new(t, value);
    bool done = item != NULL && rt_list_append(t, list, item);
    rt_decref_null(t, item);
    return done;
}

static bool make_list(Scene *scene)
{
    scene->kept[0] = rt_list_new(scene->t, 4);
    return scene->kept[0] != NULL;
}

static bool grow_list(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *list = scene->kept[0];
    bool done = true;
    size_t size = rt_list_size(t, list);
    for (; size < ITEMS && done; size += done)
        done = append_int(t, list, 1000 + (int64_t)size);
    check_list(t, list, size);
    return done;
}

static bool double_list(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *list = scene->kept[0];
    bool done = rt_list_extend(t, list, list);
    check_list(t, list, done ? 2 * ITEMS : ITEMS);
    return done;
}

static bool print_list(Scene *scene)
{
    return faults_drop(scene->t, rt_object_repr(scene->t, scene->kept[0]));
}

static bool shrink_list(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *list = scene->kept[0];
    while (rt_list_size(t, list) > ITEMS)
        FAULTS_REQUIRE(faults_drop(t, rt_list_pop(t, list)), "nothing to pop");
    FAULTS_REQUIRE(rt_list_set(t, list, 0, rt_none()), "an item could not be set");
    rt_list_clear(t, list);
    return true;
}

// Even numbers by setdefault, odd ones by set, every third under a tuple.
static RtObject *key_of(RtThread *t, int64_t number)
{
    return number % 3 == 0 ? pair_of_ints(t, number) : rt_int_new(t, number);
}

static bool set_key(RtThread *t, RtObject *dict, int64_t number)
{
    RtObject *key = key_of(t, number);
    if (key == NULL) return false;
    size_t size = rt_dict_size(t, dict);
    RtObject *got = NULL;
    bool done = number % 2 ? rt_dict_set(t, dict, key, key)
                           : (got = rt_dict_setdefault(t, dict, key, key)) != NULL;
    rt_decref_null(t, got);
    RtErrorKind kind = rt_error_kind(t);
    FAULTS_REQUIRE(rt_dict_contains(t, dict, key) == done, "a failed set has set, or not");
    FAULTS_REQUIRE(rt_dict_size(t, dict) == size + done, "a dict has another size");
    FAULTS_REQUIRE(rt_error_kind(t) == kind, "looking up a key has changed the error");
    rt_decref(t, key);
    return done;
}

static bool make_dict(Scene *scene)
{
    scene->kept[1] = rt_dict_new(scene->t);
    return scene->kept[1] != NULL;
}

static bool grow_dict(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *dict = scene->kept[1];
    for (size_t size; (size = rt_dict_size(t, dict)) < ITEMS;)
        if (!set_key(t, dict, 1000 + (int64_t)size)) return false;
    return true;
}

static bool print_dict(Scene *scene)
{
    return faults_drop(scene->t, rt_object_repr(scene->t, scene->kept[1]));
}

// Deletes half of the keys, and enters as many, so that the table is made anew.
static bool churn_dict(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *dict = scene->kept[1];
    for (int64_t i = 0; i < 2 * ITEMS; i++) {
        RtObject *key = rt_int_new(t, 5000 + i);
        if (key == NULL) return false;
        bool done = rt_dict_set(t, dict, key, rt_none()) && rt_dict_delete(t, dict, key);
        rt_decref(t, key);
        if (!done) return false;
    }
    FAULTS_REQUIRE(rt_dict_size(t, dict) == ITEMS, "a dict has another size");
    return true;
}

static bool use_instance(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *instance = rt_instance_new(t);
    bool done = instance != NULL;
    for (unsigned i = 0; i < 100 && done; i++) {
        char text[16];
        int size = snprintf(text, sizeof text, "attribute%u", i);
        RtObject *name = rt_str_new(t, text, (size_t)size); // interned by the set
        done = name != NULL && rt_instance_set(t, instance, name, name);
        done = done && faults_drop(t, rt_instance_get(t, instance, name));
        done = done && (i % 2 == 0 || rt_instance_delete(t, instance, name));
        rt_decref_null(t, name);
    }
    done = done && faults_drop(t, rt_object_repr(t, instance));
    rt_decref_null(t, instance);
    return done;
}

static unsigned deaths;

static void count_death(RtThread *t, RtObject *weakref, RtObject *argument)
{
    (void)argument;
    FAULTS_REQUIRE(rt_weakref_get(t, weakref) == NULL, "a callback finds its object alive");
    deaths++;
}

// A weak reference to another list in `objects`.
static bool refer_to_another(RtThread *t, RtObject *objects, RtObject *weakrefs)
{
    RtObject *object = faults_append_list(t, objects);
    RtObject *weakref = object != NULL ? rt_weakref_new(t, object, count_death, NULL) : NULL;
    bool done = weakref != NULL && rt_list_append(t, weakrefs, weakref);
    rt_decref_null(t, weakref);
    return done;
}

// Every death is told of, while an error is pending or not.
static bool refer_weakly(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *objects = rt_list_new(t, 1);
    RtObject *weakrefs = objects != NULL ? rt_list_new(t, 1) : NULL;
    bool done = weakrefs != NULL;
    for (unsigned i = 0; i < ITEMS && done; i++)
        done = refer_to_another(t, objects, weakrefs);
    size_t kept = weakrefs != NULL ? rt_list_size(t, weakrefs) : 0;
    deaths = 0;
    rt_decref_null(t, objects);
    FAULTS_REQUIRE(deaths == kept, "a death was not told of");
    rt_decref_null(t, weakrefs);
    return done;
}

// Two equal nests, compared and printed.
static RtObject *nest(RtThread *t)
{
    RtObject *outer = rt_list_new(t, 1);
    RtObject *inner = outer != NULL ? faults_append_list(t, outer) : NULL;
    RtObject *innermost = inner != NULL ? faults_append_list(t, inner) : NULL;
    if (innermost != NULL && append_int(t, innermost, 1000)) return outer;
    rt_decref_null(t, outer);
    return NULL;
}

static bool compare_nests(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *a = nest(t);
    RtObject *b = a != NULL ? nest(t) : NULL;
    bool done = b != NULL && rt_object_equal(t, a, b) == 1;
    rt_decref_null(t, b);
    return (a == NULL || repr_and_drop(t, a)) && done;
}

const Step faults_object_steps[] = {
    {"make numbers", make_numbers, false},
    {"make strings", make_strings, false},
    {"intern names", intern_names, false},
    {"make tuples", make_tuples, false},
    {"make a list", make_list, false},
    {"grow the list", grow_list, false},
    {"double the list", double_list, false},
    {"print the list", print_list, false},
    {"shrink the list", shrink_list, false},
    {"make a dict", make_dict, false},
    {"grow the dict", grow_dict, false},
    {"print the dict", print_dict, false},
    {"churn the dict", churn_dict, false},
    {"use an instance", use_instance, false},
    {"refer weakly", refer_weakly, false},
    {"compare nests", compare_nests, false},
    {0},
};
