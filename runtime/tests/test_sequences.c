// What the interpreter asks of lists, dicts, sets and strings beyond rt.h.
#include "testing.h"

#include "object/bytes.h"
#include "object/dict.h"
#include "object/list.h"
#include "object/set.h"
#include "object/str.h"
#include "object/utf8.h"

// ------------------------------------------------------------------ lists

#define MODEL_MAX 64

// A list of ints, and what it should hold.
typedef struct Model {
    RtObject *list;
    int64_t items[MODEL_MAX];
    size_t count;
} Model;

static void agrees(RtThread *t, const Model *m)
{
    assert_int_equal(rt_list_size(t, m->list), m->count);
    for (size_t i = 0; i < m->count; i++)
        assert_int_equal(test_value(t, rt__list_item(t, m->list, i)), m->items[i]);
    assert_null(rt__list_item(t, m->list, m->count));
}

static void insert(RtThread *t, Model *m, size_t index, int64_t value)
{
    RtObject *item = test_int(t, value);
    assert_true(rt__list_insert(t, m->list, index, item));
    rt_decref(t, item);
    if (index > m->count) index = m->count;
    memmove(&m->items[index + 1], &m->items[index], (m->count - index) * sizeof m->items[0]);
    m->items[index] = value;
    m->count++;
}

static void take(RtThread *t, Model *m, size_t index)
{
    RtObject *item = rt__list_take(t, m->list, index);
    if (index >= m->count) {
        assert_null(item);
        return;
    }
    assert_int_equal(test_value(t, item), m->items[index]);
    m->count--;
    memmove(&m->items[index], &m->items[index + 1], (m->count - index) * sizeof m->items[0]);
}

static void splice(RtThread *t, Model *m, size_t first, size_t count, size_t more)
{
    RtObject *by = rt_list_new(t, 0);
    for (size_t i = 0; i < more; i++)
        rt_list_append(t, by, rt_int_new(t, i & 1)); // immortal
    assert_true(rt__list_splice(t, m->list, first, count, by));
    rt_decref(t, by);
    if (first > m->count) first = m->count;
    if (count > m->count - first) count = m->count - first;
    memmove(&m->items[first + more], &m->items[first + count],
            (m->count - first - count) * sizeof m->items[0]);
    for (size_t i = 0; i < more; i++)
        m->items[first + i] = i & 1;
    m->count += more - count;
}

static void reverse(RtThread *t, Model *m)
{
    rt__list_reverse(t, m->list);
    for (size_t i = 0; i < m->count / 2; i++) {
        int64_t item = m->items[i];
        m->items[i] = m->items[m->count - 1 - i];
        m->items[m->count - 1 - i] = item;
    }
}

static void lists_agree_with_a_model(void **state)
{
    RtThread *t = test_thread(state);
    Model m = {.list = rt_list_new(t, 0)};
    uint64_t seed = 11;
    for (int i = 0; i < TEST_ROUNDS(5000); i++) {
        size_t index = test_random(&seed) % (m.count + 2);
        uint64_t what = test_random(&seed) % 8;
        if (what < 4 && m.count < MODEL_MAX / 2)
            insert(t, &m, index, 1000 + i);
        else if (what < 6)
            take(t, &m, index);
        else if (what == 6)
            splice(t, &m, index, test_random(&seed) % 5, test_random(&seed) % 5);
        else
            reverse(t, &m);
        agrees(t, &m);
    }
    rt_decref(t, m.list);
}

// Leaves the items backwards, and has what it was asked to put into the list meanwhile.
typedef struct Meanwhile {
    RtObject *list;
    bool append;
    bool succeed;
} Meanwhile;

static bool backwards(RtThread *t, RtOrdered *items, size_t count, RtOrdered *scratch,
                      void *argument)
{
    const Meanwhile *meanwhile = argument;
    assert_int_equal(rt_list_size(t, meanwhile->list), 0);
    if (meanwhile->append) rt_list_append(t, meanwhile->list, rt_none());
    memcpy(scratch, items, count * sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = scratch[count - 1 - i];
    if (!meanwhile->succeed) rt_error_set(t, RT_ERROR_TYPE, "refused");
    return meanwhile->succeed;
}

static RtObject *three_numbers(RtThread *t)
{
    RtObject *list = rt_list_new(t, 0);
    for (int64_t i = 1; i <= 3; i++) {
        RtObject *item = test_int(t, 1000 * i);
        rt_list_append(t, list, item);
        rt_decref(t, item);
    }
    return list;
}

static void reordering(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *list = three_numbers(t);
    Meanwhile plain = {list, false, true}, changed = {list, true, true},
              failing = {list, false, false};
    assert_true(rt__list_reorder(t, list, backwards, &plain));
    test_repr(t, rt_new_ref(t, list), "[3000, 2000, 1000]");
    assert_false(rt__list_reorder(t, list, backwards, &changed));
    test_error(t, RT_ERROR_VALUE);
    test_repr(t, rt_new_ref(t, list), "[1000, 2000, 3000]");
    assert_false(rt__list_reorder(t, list, backwards, &failing));
    test_error(t, RT_ERROR_TYPE);
    test_repr(t, list, "[3000, 2000, 1000]");
}

// Readers find each item, or none, while others move the items about.
static void move_items(RtThread *t, void *argument)
{
    const Worker *worker = argument;
    RtObject *list = worker->shared;
    uint64_t seed = worker->index + 1;
    for (int i = 0; i < TEST_ROUNDS(20000); i++) {
        size_t index = test_random(&seed) % 8;
        RtObject *item =
            worker->index % 2 ? rt__list_item(t, list, index) : rt__list_take(t, list, index);
        if (item != NULL) MUST(rt_int_value(item) % 1000 == 0);
        if (item != NULL && worker->index % 2 == 0) MUST(rt__list_insert(t, list, 0, item));
        rt_decref_null(t, item);
        if (i % 16 == 0) rt__list_reverse(t, list);
        rt_poll(t);
    }
}

static void threads_move_items(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    RtObject *list = three_numbers(t);
    test_run_threads(t, 4, move_items, list);
    assert_int_equal(rt_list_size(t, list), 3);
    rt_decref(t, list);
}

// ------------------------------------------------------------------ dicts and sets

static void dicts_from_the_end(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *dict = rt_dict_new(t), *key, *value;
    for (int64_t i = 0; i < 5; i++) {
        RtObject *number = test_int(t, i);
        rt_dict_set(t, dict, number, number);
    }
    RtObject *two = test_int(t, 2), *nine = test_int(t, 9);
    assert_int_equal(test_value(t, rt__dict_take(t, dict, two)), 2);
    assert_null(rt__dict_take(t, dict, nine));
    assert_int_equal(rt_error_kind(t), RT_ERROR_NONE);
    assert_null(rt__dict_take(t, dict, dict));
    test_error(t, RT_ERROR_TYPE);
    const int64_t order[] = {4, 3, 1, 0};
    size_t position = SIZE_MAX;
    for (size_t i = 0; rt__dict_previous(t, dict, &position, &key, &value); i++) {
        assert_int_equal(test_value(t, key), order[i]);
        rt_decref(t, value);
    }
    for (size_t i = 0; rt__dict_take_last(t, dict, &key, &value); i++) {
        assert_int_equal(test_value(t, key), order[i]);
        rt_decref(t, value);
    }
    assert_int_equal(rt_dict_size(t, dict), 0);
    rt_decref(t, dict);
}

static void sets(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *set = rt__set_new(t), *other = rt__set_new(t);
    test_repr(t, rt_new_ref(t, set), "set()");
    for (int64_t i = 0; i < 1000; i++) {
        RtObject *item = test_int(t, i % 100 * 7);
        assert_true(rt__set_add(t, set, item));
        if (i < 50) assert_true(rt__set_add(t, other, item));
        rt_decref(t, item);
    }
    assert_int_equal(rt__set_size(set), 100);
    assert_int_equal(rt_object_equal(t, set, other), 0);
    for (int64_t i = 50; i < 100; i++) {
        RtObject *item = test_int(t, i * 7);
        assert_int_equal(rt__set_discard(t, set, item), 1);
        assert_int_equal(rt__set_discard(t, set, item), 0);
        assert_int_equal(rt__set_contains(t, set, item), 0);
        rt_decref(t, item);
    }
    assert_int_equal(rt_object_equal(t, set, other), 1);
    assert_false(rt__set_add(t, set, other));
    test_error(t, RT_ERROR_TYPE);
    RtObject *item;
    size_t count = 0;
    for (size_t position = 0; (item = rt__set_next(t, set, &position)) != NULL; count++)
        rt_decref(t, item);
    assert_int_equal(count, 50);
    while ((item = rt__set_take(t, set)) != NULL)
        rt_decref(t, item);
    assert_int_equal(rt__set_size(set), 0);
    rt_decref(t, set);
    rt_decref(t, other);
}

// ------------------------------------------------------------------ strings and bytes

static void characters(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *ascii = test_str(t, "hello"),
             *wide = test_str(t, "h\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80!");
    assert_true(rt__str_is_ascii(ascii));
    assert_false(rt__str_is_ascii(wide));
    assert_int_equal(rt__str_length(ascii), 5);
    assert_int_equal(rt__str_length(wide), 5);
    const size_t offsets[] = {0, 1, 3, 6, 10, 11};
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        assert_int_equal(rt__str_offset(wide, i), offsets[i]);
        assert_int_equal(rt__str_index_at(wide, offsets[i]), i);
        assert_int_equal(rt__str_offset(ascii, i), i);
    }
    RtObject *both = rt__str_concat(t, ascii, wide);
    assert_int_equal(rt__str_length(both), 10);
    rt_decref(t, both);
    rt_decref(t, ascii);
    rt_decref(t, wide);
}

// Every character of the planes' borders is written, checked and read back.
static void utf8(void **state)
{
    (void)state;
    const uint32_t points[] = {0,      0x7f,   0x80,   0x7ff,   0x800,
                               0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        char bytes[5] = {0};
        const char *at = bytes;
        size_t size = rt__utf8_put(bytes, points[i]);
        assert_int_equal(rt__utf8_width(bytes[0]), size);
        assert_int_equal(rt__utf8_check(bytes, bytes + size), size);
        assert_int_equal(rt__utf8_next(&at), points[i]);
        assert_ptr_equal(at, bytes + size);
        assert_int_equal(rt__utf8_check(bytes, bytes + size - 1), 0);
    }
    const char *const bad[] = {"\x80",         "\xc0\x80",         "\xc1\xbf", "\xe0\x9f\xbf",
                               "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(rt__utf8_check(bad[i], bad[i] + strlen(bad[i])), 0);
}

static void bytes_are_values(void **state)
{
    RtThread *t = test_thread(state);
    RtObject *a = rt__bytes_new(t, "a\0b'", 4), *b = rt__bytes_new(t, "a\0b'", 4);
    assert_int_equal(rt_object_equal(t, a, b), 1);
    assert_int_equal(rt_object_hash(t, a), rt_object_hash(t, b));
    test_repr(t, b, "b\"a\\x00b'\"");
    rt_decref(t, a);
    assert_null(rt__bytes_reserve(t, SIZE_MAX - 4));
    test_error(t, RT_ERROR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lists_agree_with_a_model),
        TEST(reordering),
        TEST(threads_move_items),
        TEST(dicts_from_the_end),
        TEST(sets),
        TEST(characters),
        TEST(utf8),
        TEST(bytes_are_values),
    };
    return cmocka_run_group_tests_name("sequences", tests, NULL, NULL);
}
