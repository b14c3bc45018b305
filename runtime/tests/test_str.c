#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

static void bytes_are_kept(void **state)
{
    RtThread *t = test_thread(state);
    const char bytes[] = "a\0b";
    RtObject *str = rt_str_new(t, bytes, 3);
    size_t size;
    const char *kept = rt_str_bytes_borrowed(str, &size);
    assert_true(rt_str_check(str));
    assert_int_equal(size, 3);
    assert_memory_equal(kept, bytes, 4); // the NUL behind it, too
    rt_decref(t, str);
    str = rt_str_new(t, NULL, 0);
    assert_string_equal(rt_str_bytes_borrowed(str, NULL), "");
    rt_decref(t, str);
}

// Every size around the borders of blocks, spans and the small limit.
static void any_size(void **state)
{
    RtThread *t = test_thread(state);
    const size_t sizes[] = {0,   1,   7,   8,   9,    15,     16,     17,
                            300, 460, 500, 520, 5000, 262144, 3000000};
    char *bytes = malloc(3000000);
    memset(bytes, 'x', 3000000);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        RtObject *a = rt_str_new(t, bytes, sizes[i]);
        RtObject *b = rt_str_new(t, bytes, sizes[i]);
        assert_int_equal(rt_object_equal(t, a, b), 1);
        assert_int_equal(rt_object_hash(t, a), rt_object_hash(t, b));
        if (sizes[i] > 0) {
            bytes[sizes[i] - 1] = 'y';
            RtObject *c = rt_str_new(t, bytes, sizes[i]);
            bytes[sizes[i] - 1] = 'x';
            assert_int_equal(rt_object_equal(t, a, c), 0);
            assert_int_not_equal(rt_object_hash(t, a), rt_object_hash(t, c));
            rt_decref(t, c);
        }
        rt_decref(t, a);
        rt_decref(t, b);
    }
    free(bytes);
    assert_null(rt_str_new(t, "", SIZE_MAX - 4));
    test_error(t, RT_ERROR_MEMORY);
    assert_null(rt_str_new(t, "", SIZE_MAX / 4));
    test_error(t, RT_ERROR_MEMORY);
}

static void reprs_are_pythons(void **state)
{
    RtThread *t = test_thread(state);
    test_repr(t, test_str(t, ""), "''");
    test_repr(t, test_str(t, "abc"), "'abc'");
    test_repr(t, test_str(t, "it's"), "\"it's\"");
    test_repr(t, test_str(t, "\"it's\""), "'\"it\\'s\"'");
    test_repr(t, test_str(t, "a\n\t\r\\\x01\x7f"), "'a\\n\\t\\r\\\\\\x01\\x7f'");
    test_repr(t, test_str(t, "\xc3\xa9"), "'\xc3\xa9'");
}

static void a_long_repr_grows(void **state)
{
    RtThread *t = test_thread(state);
    char bytes[1000];
    memset(bytes, '\n', sizeof bytes);
    RtObject *str = rt_str_new(t, bytes, sizeof bytes);
    RtObject *repr = rt_object_repr(t, str);
    size_t size;
    rt_str_bytes_borrowed(repr, &size);
    assert_int_equal(size, 2 * sizeof bytes + 2);
    rt_decref(t, repr);
    rt_decref(t, str);
}

// Hashes of similar strings must spread in their low bits, which is what tables use.
static void hashes_spread(void **state)
{
    RtThread *t = test_thread(state);
    unsigned buckets[256] = {0};
    for (int i = 0; i < 25600; i++) {
        char text[16];
        snprintf(text, sizeof text, "key%d", i);
        RtObject *str = test_str(t, text);
        buckets[(uint64_t)rt_object_hash(t, str) & 255]++;
        rt_decref(t, str);
    }
    for (int i = 0; i < 256; i++)
        assert_in_range(buckets[i], 50, 160); // 100 each, ten standard deviations 100
}

static void interned_means_identical(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = rt_str_intern(t, "name", 4);
    RtObject *b = rt_str_intern(t, "name", 4);
    RtObject *c = rt_str_intern(t, "names", 5);
    assert_ptr_equal(a, b);
    assert_ptr_not_equal(a, c);
    assert_true(rt_ref_is_immortal(&a->ref));
    assert_int_equal(rt_object_equal(t, a, c), 0);
    RtObject *plain = test_str(t, "name");
    assert_ptr_not_equal(plain, a);
    assert_int_equal(rt_object_equal(t, plain, a), 1);
    assert_int_equal(rt_object_hash(t, plain), rt_object_hash(t, a));
    rt_decref(t, plain);
    rt_decref(t, a); // immortal: a reference like any other, and never the last
    assert_ptr_equal(rt_str_intern(t, "name", 4), a);
}

#define NAMES 5000
static RtObject *intern_number(RtThread *t, unsigned number)
{
    char text[16];
    int size = snprintf(text, sizeof text, "n%u", number);
    RtObject *str = rt_str_intern(t, text, (size_t)size);
    MUST(str != NULL && strcmp(rt_str_bytes_borrowed(str, NULL), text) == 0);
    return str;
}

static void the_table_grows(void **state)
{
    RtThread *t = test_thread(state);
    RtObject **first = malloc(NAMES * sizeof *first);
    for (unsigned i = 0; i < NAMES; i++)
        first[i] = intern_number(t, i);
    for (unsigned i = 0; i < NAMES; i++)
        assert_ptr_equal(intern_number(t, i), first[i]);
    free(first);
}

static void intern_all(RtThread *t, void *argument)
{
    Worker *worker = argument;
    RtObject **row = (RtObject **)worker->shared + (size_t)worker->index * NAMES;
    for (unsigned i = 0; i < NAMES; i++) {
        row[i] = intern_number(t, i);
        rt_poll(t);
    }
}

static void threads_intern_the_same(void **state)
{
    NEEDS_THREADS();
    RtObject **rows = malloc(4 * NAMES * sizeof *rows);
    test_run_threads(test_thread(state), 4, intern_all, rows);
    for (size_t i = 0; i < 4 * NAMES; i++)
        assert_ptr_equal(rows[i], rows[i % NAMES]);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bytes_are_kept),    TEST(any_size),
        TEST(reprs_are_pythons), TEST(a_long_repr_grows),
        TEST(hashes_spread),     TEST(interned_means_identical),
        TEST(the_table_grows),   TEST(threads_intern_the_same),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
