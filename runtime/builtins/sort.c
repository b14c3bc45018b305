// sort.c: sorting lists: a stable merge sort of runs, as in CPython, whose comparisons are
// direct where all keys are of one simple type.
#include <string.h>

#include "builtins/builtins.h"
#include "object/float.h"
#include "object/int.h"
#include "object/list.h"
#include "object/str.h"

// Runs shorter than this are made by insertion: CPython's minimal runs are of 32 to 64 items.
#define SHORT_RUN 32

// Whether a belongs before b: 1, 0, or -1 with an error.
typedef int (*Less)(RtThread *t, RtObject *a, RtObject *b);

static int less_any(RtThread *t, RtObject *a, RtObject *b)
{
    return rt__compare_truth(t, RT_COMPARE_LT, a, b);
}

static int less_int(RtThread *t, RtObject *a, RtObject *b)
{
    (void)t;
    return ((const RtInt *)a)->tagged < ((const RtInt *)b)->tagged;
}

static int less_float(RtThread *t, RtObject *a, RtObject *b)
{
    (void)t;
    return ((const RtFloat *)a)->value < ((const RtFloat *)b)->value;
}

static int less_str(RtThread *t, RtObject *a, RtObject *b)
{
    (void)t;
    const RtStr *x = (const RtStr *)a, *y = (const RtStr *)b;
    int order = memcmp(x->bytes, y->bytes, x->size < y->size ? x->size : y->size);
    return order != 0 ? order < 0 : x->size < y->size;
}

static Less less_for(const RtOrdered *items, size_t count)
{
    const RtType *type = items[0].key->type;
    bool small = true;
    for (size_t i = 0; i < count; i++) {
        if (items[i].key->type != type) return less_any;
        small = small && (type != &rt__int_type || rt__int_is_small(items[i].key));
    }
    if (type == &rt__int_type && small) return less_int;
    if (type == &rt__float_type) return less_float;
    return type == &rt__str_type ? less_str : less_any;
}

// ------------------------------------------------------------------ merging

typedef struct Sort {
    RtThread *t;
    Less less;
    bool failed; // a comparison did; the rest stays as it is, with every item once
} Sort;

static bool before(Sort *s, const RtOrdered *a, const RtOrdered *b)
{
    int less = s->less(s->t, a->key, b->key);
    s->failed = s->failed || less < 0;
    return less > 0;
}

// Puts each item behind those that are not greater, by bisection; the first `sorted` are so.
static void insert_items(Sort *s, RtOrdered *items, size_t count, size_t sorted)
{
    for (size_t i = sorted; i < count && !s->failed; i++) {
        RtOrdered item = items[i];
        size_t low = 0, high = i;
        while (low < high && !s->failed) {
            size_t middle = low + (high - low) / 2;
            if (before(s, &item, &items[middle]))
                high = middle;
            else
                low = middle + 1;
        }
        memmove(&items[low + 1], &items[low], (i - low) * sizeof *items);
        items[low] = item;
    }
}

// Merges two neighbouring runs. The first waits in `scratch`.
static void merge(Sort *s, RtOrdered *items, size_t middle, size_t count, RtOrdered *scratch)
{
    size_t left = 0, right = middle, to = 0;
    if (!before(s, &items[middle], &items[middle - 1])) return; // in order already
    memcpy(scratch, items, middle * sizeof *items);
    while (left < middle && right < count && !s->failed) {
        if (before(s, &items[right], &scratch[left]))
            items[to++] = items[right++];
        else
            items[to++] = scratch[left++];
    }
    memcpy(&items[to], &scratch[left], (middle - left) * sizeof *items);
}

// How many items from the first on are in order.
static size_t run_length(Sort *s, const RtOrdered *items, size_t count)
{
    size_t length = 1;
    while (length < count && !before(s, &items[length], &items[length - 1]) && !s->failed)
        length++;
    return length;
}

static void sort_run(Sort *s, RtOrdered *items, size_t count, RtOrdered *scratch)
{
    size_t sorted = run_length(s, items, count);
    if (s->failed || sorted == count) return;
    if (count <= SHORT_RUN) {
        insert_items(s, items, count, sorted);
        return;
    }
    size_t middle = count / 2;
    sort_run(s, items, middle, scratch);
    sort_run(s, items + middle, count - middle, scratch);
    if (!s->failed) merge(s, items, middle, count, scratch);
}

// ------------------------------------------------------------------ keys and direction

typedef struct Wish {
    RtObject *key; // a callable, or NULL
    bool reverse;
} Wish;

static bool make_keys(RtThread *t, RtOrdered *items, size_t count, const Wish *wish)
{
    for (size_t i = 0; i < count; i++) {
        items[i].key = wish->key != NULL ? rt__call(t, wish->key, &items[i].item, 1, NULL)
                                         : rt_new_ref(t, items[i].item);
        if (items[i].key == NULL) return false;
    }
    return true;
}

static void reverse_items(RtOrdered *items, size_t count)
{
    for (size_t i = 0, j = count; i + 1 < j; i++) {
        RtOrdered item = items[i];
        items[i] = items[--j];
        items[j] = item;
    }
}

// Reversed before and after, equal items stay in their order.
static bool order(RtThread *t, RtOrdered *items, size_t count, RtOrdered *scratch,
                  void *argument)
{
    const Wish *wish = argument;
    bool good = make_keys(t, items, count, wish);
    if (good) {
        Sort s = {t, less_for(items, count), false};
        if (wish->reverse) reverse_items(items, count);
        sort_run(&s, items, count, scratch);
        if (wish->reverse) reverse_items(items, count);
        good = !s.failed;
    }
    for (size_t i = 0; i < count; i++)
        rt_decref_null(t, items[i].key);
    return good;
}

bool rt__list_sort(RtThread *t, RtObject *list, RtObject *key, bool reverse)
{
    Wish wish = {key != rt_none() ? key : NULL, reverse};
    return rt__list_reorder(t, list, order, &wish);
}
