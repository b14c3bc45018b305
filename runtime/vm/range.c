// range.c: ranges and slices.
#include "object/format.h"
#include "object/int.h"
#include "object/track.h"
#include "object/value.h"
#include "vm/iterator.h"
#include "vm/operations.h"

// How many steps lead from start to before stop. Ints have 62 bits, so no difference overflows.
static int64_t count_steps(int64_t start, int64_t stop, int64_t step)
{
    if (step > 0) return start < stop ? (stop - start - 1) / step + 1 : 0;
    return start > stop ? (start - stop - 1) / -step + 1 : 0;
}

// ------------------------------------------------------------------ bounds

static inline RtSlice *slice_of(RtObject *object)
{
    return (RtSlice *)object;
}

bool rt__slice_bound(RtThread *t, RtObject *object, int64_t *value)
{
    if (object == rt_none()) return true;
    if (object->type == &rt__int_type && !rt__int_is_small(object)) {
        // Far out, on either side.
        *value = ((const RtInt *)object)->tagged < 0 ? RT_INT_MIN : RT_INT_MAX;
        return true;
    }
    if (rt__as_int(t, object, value)) return true;
    if (rt_error_kind(t) == RT_ERROR_TYPE)
        rt_error_set(t, RT_ERROR_TYPE,
                     "slice indices must be integers or None or have an __index__ method");
    return false;
}

static int64_t clip(int64_t index, int64_t size, int64_t least, int64_t most)
{
    if (index < 0) index += size;
    return index < least ? least : index > most ? most : index;
}

// The index of the first item, the one to stop before (-1: at the beginning), and the step.
static bool slice_bounds(RtThread *t, RtObject *object, int64_t size, int64_t *first,
                         int64_t *stop, int64_t *step)
{
    RtSlice *slice = slice_of(object);
    *step = 1;
    if (!rt__slice_bound(t, slice->step, step)) return false;
    if (*step == 0) {
        rt_error_set(t, RT_ERROR_VALUE, "slice step cannot be zero");
        return false;
    }
    bool down = *step < 0;
    int64_t last = RT_INT_MAX;
    *first = down ? RT_INT_MAX : 0;
    if (!rt__slice_bound(t, slice->start, first) || !rt__slice_bound(t, slice->stop, &last)) return false;
    int64_t least = down ? -1 : 0, most = down ? size - 1 : size;
    *first = clip(*first, size, least, most);
    *stop = down && slice->stop == rt_none() ? -1 : clip(last, size, least, most);
    return true;
}

bool rt__slice_of(RtThread *t, RtObject *object, int64_t size, int64_t *first, int64_t *count,
                  int64_t *step)
{
    int64_t stop;
    if (!slice_bounds(t, object, size, first, &stop, step)) return false;
    *count = count_steps(*first, stop, *step);
    return true;
}

// ------------------------------------------------------------------ ranges

RtObject *rt__range_new(RtThread *t, int64_t start, int64_t stop, int64_t step)
{
    if (step == 0) {
        rt_error_set(t, RT_ERROR_VALUE, "range() arg 3 must not be zero");
        return NULL;
    }
    RtRange *range = (RtRange *)rt__object_new(t, &rt__range_type, sizeof(RtRange));
    if (range == NULL) return NULL;
    range->start = start;
    range->stop = stop;
    range->step = step;
    range->count = count_steps(start, stop, step);
    return &range->base;
}

static inline RtRange *range_of(RtObject *object)
{
    return (RtRange *)object;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)type;
    int64_t numbers[3] = {0, 0, 1};
    if (kwnames != NULL) {
        rt_error_set(t, RT_ERROR_TYPE, "range() takes no keyword arguments");
        return NULL;
    }
    if (count == 0 || count > 3) {
        rt__error_format(t, RT_ERROR_TYPE,
                         count == 0 ? "range expected at least 1 argument, got %zu"
                                    : "range expected at most 3 arguments, got %zu",
                         count);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!rt__as_int(t, args[i], &numbers[count == 1 ? 1 : i])) return NULL;
    }
    return rt__range_new(t, numbers[0], numbers[1], numbers[2]);
}

static RtObject *iter(RtThread *t, RtObject *object)
{
    RtRange *range = range_of(object);
    RtRangeIterator *iterator = (RtRangeIterator *)rt__object_new(t, &rt__range_iterator_type,
                                                                  sizeof(RtRangeIterator));
    if (iterator == NULL) return NULL;
    rt_atomic_store_relaxed(&iterator->left, range->count);
    rt_atomic_store_relaxed(&iterator->next, range->start);
    iterator->step = range->step;
    return &iterator->base;
}

static RtObject *iterator_next(RtThread *t, RtObject *object)
{
    RtRangeIterator *iterator = (RtRangeIterator *)object;
    int64_t left = rt_atomic_load_relaxed(&iterator->left);
    if (left <= 0) return NULL;
    int64_t value = rt_atomic_load_relaxed(&iterator->next);
    rt_atomic_store_relaxed(&iterator->left, left - 1);
    // The value after the last is not asked for, and may be out of range: it is not computed.
    if (left > 1) rt_atomic_store_relaxed(&iterator->next, value + iterator->step);
    return rt_int_new(t, value);
}

static RtObject *sliced(RtThread *t, RtRange *range, RtObject *slice)
{
    int64_t first, stop, step, by;
    if (!slice_bounds(t, slice, range->count, &first, &stop, &step)) return NULL;
    if (__builtin_mul_overflow(step, range->step, &by)) {
        rt_error_set(t, RT_ERROR_OVERFLOW, "the step of a range does not fit");
        return NULL;
    }
    return rt__range_new(t, range->start + first * range->step,
                         range->start + stop * range->step, by);
}

static RtObject *get_item(RtThread *t, RtObject *object, RtObject *key)
{
    RtRange *range = range_of(object);
    int64_t index;
    if (key->type == &rt__slice_type) return sliced(t, range, key);
    if (!rt__as_index(t, key, "range indices must be integers or slices, not %s", &index))
        return NULL;
    if (index < 0) index += range->count;
    if (index >= 0 && index < range->count)
        return rt_int_new(t, range->start + index * range->step);
    rt_error_set(t, RT_ERROR_INDEX, "range object index out of range");
    return NULL;
}

static int64_t length(RtThread *t, RtObject *object)
{
    (void)t;
    return range_of(object)->count;
}

static int contains(RtThread *t, RtObject *object, RtObject *item)
{
    RtRange *range = range_of(object);
    if (item->type != &rt__int_type && item->type != &rt__bool_type)
        return rt__contains_by_iterating(t, object, item);
    if (!rt__int_is_small(item)) return 0;
    int64_t offset = rt__int_value(item) - range->start;
    return offset % range->step == 0 && offset / range->step >= 0 &&
           offset / range->step < range->count;
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    RtRange *range = range_of(object);
    if (range->step == 1)
        return rt__format(t, "range(%lld, %lld)", (long long)range->start,
                          (long long)range->stop);
    return rt__format(t, "range(%lld, %lld, %lld)", (long long)range->start,
                      (long long)range->stop, (long long)range->step);
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    (void)t;
    RtRange *x = range_of(a), *y = range_of(b);
    if (x->count != y->count) return 0;
    return x->count == 0 || (x->start == y->start && (x->count == 1 || x->step == y->step));
}

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t;
    RtRange *range = range_of(object);
    return rt__value_hash_int((range->start ^ range->count) >> 2);
}

// Which item it is; -1: none; -2: an error.
static int64_t index_of(RtThread *t, RtObject *object, RtObject *item)
{
    RtRange *range = range_of(object);
    if (item->type == &rt__int_type || item->type == &rt__bool_type)
        return contains(t, object, item) ? (rt__int_value(item) - range->start) / range->step : -1;
    for (int64_t index = 0; index < range->count; index++) {
        RtObject *value = rt_int_new(t, range->start + index * range->step);
        int same = value != NULL ? rt__compare_truth(t, RT_COMPARE_EQ, value, item) : -1;
        rt_decref_null(t, value);
        if (same != 0) return same < 0 ? -2 : index;
    }
    return -1;
}

static RtObject *method_index(RtThread *t, RtObject *const *args, size_t count,
                              RtObject *kwnames)
{
    (void)count, (void)kwnames;
    int64_t index = index_of(t, args[0], args[1]);
    if (index >= 0) return rt_int_new(t, index);
    RtObject *text = index == -1 ? rt_object_repr(t, args[1]) : NULL;
    if (text == NULL) return NULL;
    rt__error_format(t, RT_ERROR_VALUE, "%s is not in range", rt_str_bytes_borrowed(text, NULL));
    rt_decref(t, text);
    return NULL;
}

static RtObject *method_count(RtThread *t, RtObject *const *args, size_t count,
                              RtObject *kwnames)
{
    (void)count, (void)kwnames;
    int64_t index = index_of(t, args[0], args[1]);
    return index == -2 ? NULL : rt_int_new(t, index >= 0);
}

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    const char *text = rt_str_bytes_borrowed(name, NULL);
    if (__builtin_strcmp(text, "start") == 0) return rt_int_new(t, range_of(object)->start);
    if (__builtin_strcmp(text, "stop") == 0) return rt_int_new(t, range_of(object)->stop);
    return __builtin_strcmp(text, "step") == 0 ? rt_int_new(t, range_of(object)->step) : NULL;
}

static const RtBuiltin range_methods[] = {
    RT_METHOD("range.count", method_count, 1, 1),
    RT_METHOD("range.index", method_index, 1, 1),
    RT_BUILTIN_END,
};

static const RtSlots range_slots = {
    .get_attr = get_attr,
    .methods = range_methods,
    .construct = construct,
    .get_item = get_item,
    .contains = contains,
    .length = length,
    .iter = iter,
};

const RtType rt__range_type = {
    RT_TYPE_BASE,
    .name = "range",
    .slots = &range_slots,
    .hash = hash,
    .equal = equal,
    .repr = repr,
};

static const RtSlots iterator_slots = {.iter = rt__iter_self, .next = iterator_next};

const RtType rt__range_iterator_type = {
    RT_TYPE_BASE, .name = "range_iterator", .slots = &iterator_slots, .hash = rt__identity_hash};

// ------------------------------------------------------------------ slices

RtObject *rt__build_slice(RtThread *t, RtObject *start, RtObject *stop, RtObject *step)
{
    RtSlice *slice = (RtSlice *)rt__object_new(t, &rt__slice_type, sizeof(RtSlice));
    if (slice == NULL) return NULL;
    slice->start = rt_new_ref(t, start);
    slice->stop = rt_new_ref(t, stop);
    slice->step = rt_new_ref(t, step);
    rt__gc_track(t, &slice->base);
    return &slice->base;
}

static RtObject *slice_attr(RtThread *t, RtObject *object, RtObject *name)
{
    const char *text = rt_str_bytes_borrowed(name, NULL);
    RtSlice *slice = slice_of(object);
    if (__builtin_strcmp(text, "start") == 0) return rt_new_ref(t, slice->start);
    if (__builtin_strcmp(text, "stop") == 0) return rt_new_ref(t, slice->stop);
    return __builtin_strcmp(text, "step") == 0 ? rt_new_ref(t, slice->step) : NULL;
}

static RtObject *slice_repr(RtThread *t, RtObject *object)
{
    RtSlice *slice = slice_of(object);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    rt__buffer_add_text(&buffer, "slice(");
    rt__buffer_add_repr(&buffer, slice->start);
    rt__buffer_add_text(&buffer, ", ");
    rt__buffer_add_repr(&buffer, slice->stop);
    rt__buffer_add_text(&buffer, ", ");
    rt__buffer_add_repr(&buffer, slice->step);
    rt__buffer_add_text(&buffer, ")");
    return rt__buffer_finish(&buffer);
}

static void slice_finish(RtThread *t, RtObject *object)
{
    rt_decref(t, slice_of(object)->start);
    rt_decref(t, slice_of(object)->stop);
    rt_decref(t, slice_of(object)->step);
}

static int slice_traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtSlice *slice = slice_of(object);
    int stop = visit(slice->start, argument);
    if (stop == 0) stop = visit(slice->stop, argument);
    return stop != 0 ? stop : visit(slice->step, argument);
}

static RtObject *slice_construct(RtThread *t, const RtType *type, RtObject *const *args,
                                 size_t count, RtObject *kwnames)
{
    (void)type;
    RtObject *none = rt_none();
    if (kwnames != NULL || count == 0 || count > 3) {
        rt_error_set(t, RT_ERROR_TYPE, "slice() takes one to three arguments");
        return NULL;
    }
    if (count == 1) return rt__build_slice(t, none, args[0], none);
    return rt__build_slice(t, args[0], args[1], count > 2 ? args[2] : none);
}

static const RtSlots slice_slots = {.construct = slice_construct, .get_attr = slice_attr};

const RtType rt__slice_type = {
    RT_TYPE_BASE,
    .name = "slice",
    .slots = &slice_slots,
    .finish = slice_finish,
    .traverse = slice_traverse,
    .repr = slice_repr,
    .trash_link = offsetof(RtSlice, trash),
};
