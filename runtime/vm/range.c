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

static RtObject *iterator_iter(RtThread *t, RtObject *object)
{
    return rt_new_ref(t, object);
}

static RtObject *sliced(RtThread *t, RtRange *range, RtObject *slice)
{
    int64_t first, count, step;
    if (!rt__slice_of(t, slice, range->count, &first, &count, &step)) return NULL;
    int64_t start = range->start + first * range->step;
    int64_t by = step * range->step;
    return rt__range_new(t, start, start + count * by, by);
}

static RtObject *get_item(RtThread *t, RtObject *object, RtObject *key)
{
    RtRange *range = range_of(object);
    int64_t index;
    if (key->type == &rt__slice_type) return sliced(t, range, key);
    if (!rt__as_int(t, key, &index)) return NULL;
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

static int64_t hash_identity(RtThread *t, RtObject *object)
{
    (void)t;
    return rt__value_hash_identity(object);
}

static const RtSlots range_slots = {
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

static const RtSlots iterator_slots = {.iter = iterator_iter, .next = iterator_next};

const RtType rt__range_iterator_type = {
    RT_TYPE_BASE, .name = "range_iterator", .slots = &iterator_slots, .hash = hash_identity};

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

static inline RtSlice *slice_of(RtObject *object)
{
    return (RtSlice *)object;
}

static bool bound(RtThread *t, RtObject *object, int64_t *value)
{
    if (object == rt_none()) return true;
    if (object->type == &rt__int_type && (((RtInt *)object)->tagged & 3) != 0) {
        *value = *value < 0 ? RT_INT_MIN : RT_INT_MAX; // far out, on either side
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

bool rt__slice_of(RtThread *t, RtObject *object, int64_t size, int64_t *first, int64_t *count,
                  int64_t *step)
{
    RtSlice *slice = slice_of(object);
    *step = 1;
    if (!bound(t, slice->step, step)) return false;
    if (*step == 0) {
        rt_error_set(t, RT_ERROR_VALUE, "slice step cannot be zero");
        return false;
    }
    bool down = *step < 0;
    int64_t start = down ? RT_INT_MAX : 0;
    int64_t stop = RT_INT_MAX;
    if (!bound(t, slice->start, &start) || !bound(t, slice->stop, &stop)) return false;
    int64_t least = down ? -1 : 0, most = down ? size - 1 : size;
    *first = clip(start, size, least, most);
    stop = down && slice->stop == rt_none() ? -1 : clip(stop, size, least, most);
    *count = count_steps(*first, stop, *step);
    return true;
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

static const RtSlots slice_slots = {.get_attr = slice_attr};

const RtType rt__slice_type = {
    RT_TYPE_BASE,
    .name = "slice",
    .slots = &slice_slots,
    .finish = slice_finish,
    .traverse = slice_traverse,
    .repr = slice_repr,
    .trash_link = offsetof(RtSlice, trash),
};
