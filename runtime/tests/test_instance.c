#include "testing.h"

#include <stdio.h>

static RtObject *name_of(RtThread *t, const char *text)
{
    return rt_str_intern(t, text, strlen(text));
}

static void attributes(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *instance = rt_instance_new(t);
    RtObject *name = name_of(t, "x");
    RtObject *value = test_int(t, 1000);
    assert_null(rt_instance_get(t, instance, name));
    test_error(t, RT_ERROR_ATTRIBUTE);
    assert_false(rt_instance_delete(t, instance, name));
    test_error(t, RT_ERROR_ATTRIBUTE);
    assert_true(rt_instance_set(t, instance, name, value));
    assert_true(rt_instance_set(t, instance, name, value));
    RtObject *got = rt_instance_get(t, instance, name);
    assert_ptr_equal(got, value);
    rt_decref(t, got);
    assert_true(rt_instance_delete(t, instance, name));
    assert_true(rt_is_unique(t, value));
    assert_null(rt_instance_get(t, instance, name));
    test_error(t, RT_ERROR_ATTRIBUTE);
    rt_decref(t, value);
    test_repr(t, instance, "<instance object>");
}

static void names_need_not_be_interned(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *instance = rt_instance_new(t);
    RtObject *name = test_str(t, "y");
    assert_true(rt_instance_set(t, instance, name, rt_none()));
    assert_ptr_equal(rt_instance_get(t, instance, name_of(t, "y")), rt_none());
    assert_ptr_equal(rt_instance_get(t, instance, name), rt_none());
    rt_decref(t, name);
    assert_false(rt_instance_set(t, instance, rt_none(), rt_none()));
    test_error(t, RT_ERROR_TYPE);
    assert_null(rt_instance_get(t, instance, rt_bool(true)));
    test_error(t, RT_ERROR_TYPE);
    rt_decref(t, instance);
}

static RtObject *numbered(RtThread *t, unsigned number)
{
    char text[16];
    snprintf(text, sizeof text, "a%u", number);
    return name_of(t, text);
}

static void many_attributes(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *instance = rt_instance_new(t);
    for (unsigned i = 0; i < 500; i++) {
        RtObject *value = test_int(t, 1000 + i);
        assert_true(rt_instance_set(t, instance, numbered(t, i), value));
        rt_decref(t, value);
    }
    for (unsigned i = 0; i < 500; i += 2)
        assert_true(rt_instance_delete(t, instance, numbered(t, i)));
    for (unsigned i = 0; i < 500; i++) {
        RtObject *value = rt_instance_get(t, instance, numbered(t, i));
        assert_int_equal(value != NULL, i % 2);
        if (value != NULL) assert_int_equal(test_value(t, value), 1000 + i);
        rt_error_clear(t);
    }
    rt_decref(t, instance);
}

// Equal by identity, and hashable so.
static void identity(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = rt_instance_new(t);
    RtObject *b = rt_instance_new(t);
    assert_int_equal(rt_object_equal(t, a, a), 1);
    assert_int_equal(rt_object_equal(t, a, b), 0);
    assert_int_equal(rt_object_hash(t, a), rt_object_hash(t, a));
    assert_int_not_equal(rt_object_hash(t, a), -1);
    rt_decref(t, a);
    rt_decref(t, b);
}

#define ROUNDS TEST_ROUNDS(20000)

static void change_at_random(RtThread *t, void *argument)
{
    Worker *worker = argument;
    uint64_t seed = worker->index + 55;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t draw = test_random(&seed);
        RtObject *name = numbered(t, (unsigned)(draw % 12));
        RtObject *value = test_int(t, 1000 + i);
        RtObject *got = NULL;
        if (draw >> 62 == 0)
            rt_instance_delete(t, worker->shared, name);
        else if (draw >> 62 == 1)
            got = rt_instance_get(t, worker->shared, name);
        else
            MUST(rt_instance_set(t, worker->shared, name, value));
        if (got != NULL) MUST(rt_int_value(got) >= 1000);
        rt_decref_null(t, got);
        rt_decref(t, value);
        rt_error_clear(t);
        rt_poll(t);
    }
}

static void threads_change_at_random(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *instance = rt_instance_new(t);
    test_run_threads(t, 4, change_at_random, instance);
    rt_decref(t, instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(attributes), TEST(names_need_not_be_interned), TEST(many_attributes),
        TEST(identity),   TEST(threads_change_at_random),
    };
    return cmocka_run_group_tests_name("instance", tests, NULL, NULL);
}
