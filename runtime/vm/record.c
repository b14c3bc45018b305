// record.c: instances of the program's classes: their attributes, and the operators that their
// classes define by special methods.
#include "object/format.h"
#include "object/track.h"
#include "object/value.h"
#include "vm/descriptor.h"
#include "vm/operations.h"

static inline RtRecord *record_of(RtObject *object)
{
    return (RtRecord *)object;
}

static inline RtSlot *slots_of(RtObject *object, uint32_t *count)
{
    const RtClass *class_ = rt__class_of_type(object->type);
    *count = class_->capacity;
    return rt__record_slot(object, class_->slots_offset);
}

RtObject *rt__record_new(RtThread *t, RtClass *class_)
{
    RtObject *object = rt__object_new(t, &class_->type, class_->instance_size);
    if (rt_unlikely(object == NULL)) return NULL;
    __builtin_memset((char *)object + sizeof(RtObject), 0,
                     class_->instance_size - sizeof(RtObject));
    rt__gc_track(t, object);
    return object;
}

// ------------------------------------------------------------------ attributes

static RtObject *slot_locked(RtThread *t, RtObject *object, RtSlot *slot)
{
    RtHold hold = rt_hold_object(t, object);
    RtObject *value = rt__slot_get(slot) != NULL ? rt__slot_share(t, slot) : NULL;
    rt_let_go(t, hold);
    return value;
}

RtObject *rt__record_read(RtThread *t, RtObject *object, uint32_t offset)
{
    RtSlot *slot = rt__record_slot(object, offset);
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) {
        RtObject *value = rt__slot_try_read(t, slot);
        if (rt_likely(value != NULL)) return value;
        rt_account_add(&t->account, reads_locked, 1);
    }
    return slot_locked(t, object, slot);
}

void rt__record_write(RtThread *t, RtObject *object, uint32_t offset, RtObject *value_steal)
{
    rt_decref_null(t, rt__record_swap_steal(t, object, offset, value_steal));
}

RtObject *rt__record_get(RtThread *t, RtObject *object, RtObject *name)
{
    uint32_t offset = rt__class_slot_offset(rt__class_of_type(object->type), name);
    if (offset != 0) return rt__record_read(t, object, offset);
    RtObject *dict = slot_locked(t, object, &record_of(object)->dict);
    if (dict == NULL) return NULL;
    RtObject *value = NULL;
    if (rt_dict_contains(t, dict, name) > 0) value = rt_dict_get(t, dict, name);
    rt_decref(t, dict);
    return value;
}

// The dict for attributes without a slot, made when it is wanted first.
static RtObject *dict_for(RtThread *t, RtObject *object)
{
    RtSlot *slot = &record_of(object)->dict;
    RtObject *dict = slot_locked(t, object, slot);
    if (dict != NULL) return dict;
    RtObject *made = rt_dict_new(t);
    if (made == NULL) return NULL;
    RtHold hold = rt_hold_object(t, object);
    if (rt__slot_get(slot) == NULL) rt__slot_set(slot, rt_new_ref(t, made));
    dict = rt__slot_share(t, slot);
    rt_let_go(t, hold);
    rt_decref(t, made);
    return dict;
}

static int set_in_dict(RtThread *t, RtObject *object, RtObject *name, RtObject *value)
{
    RtObject *dict = dict_for(t, object);
    if (dict == NULL) return -1;
    int done = 1;
    if (value != NULL)
        done = rt_dict_set(t, dict, name, value) ? 1 : -1;
    else if (rt_dict_contains(t, dict, name) > 0)
        rt_dict_delete(t, dict, name);
    else
        done = 0;
    rt_decref(t, dict);
    return done;
}

static int delete_slot(RtThread *t, RtObject *object, uint32_t offset)
{
    RtObject *old = rt__record_swap_steal(t, object, offset, NULL);
    rt_decref_null(t, old);
    return old != NULL;
}

int rt__record_set(RtThread *t, RtObject *object, RtObject *name, RtObject *value)
{
    RtClass *class_ = rt__class_of_type(object->type);
    uint32_t offset = rt__class_slot_offset(class_, name);
    if (offset == 0 && value != NULL) offset = rt__class_reserve_slot(t, class_, name);
    if (offset == 0) return class_->has_dict ? set_in_dict(t, object, name, value) : 0;
    if (value == NULL) return delete_slot(t, object, offset);
    rt__record_write(t, object, offset, rt_new_ref(t, value));
    return 1;
}

// ------------------------------------------------------------------ special methods

// 1: *result is what the method returned; 0: the class has none; -1.
static int call_special(RtThread *t, RtVmName name, RtObject *const *args, size_t count,
                        RtObject **result)
{
    RtObject *method = rt__special(args[0], name);
    if (method == NULL) return 0;
    *result = rt__call_special(t, method, args, count);
    return *result != NULL ? 1 : -1;
}

// The same of one that has to return a str.
static int call_for_text(RtThread *t, RtVmName name, RtObject *const *args, size_t count,
                         const char *complaint, RtObject **result)
{
    int found = call_special(t, name, args, count, result);
    if (found <= 0 || rt_str_check(*result)) return found;
    rt__error_format(t, RT_ERROR_TYPE, complaint, (*result)->type->name);
    rt_decref(t, *result);
    *result = NULL;
    return -1;
}

int rt__record_str(RtThread *t, RtObject *object, RtObject **text)
{
    return call_for_text(t, RT_NAME_str, &object, 1, "__str__ returned non-string (type %s)",
                         text);
}

int rt__record_repr(RtThread *t, RtObject *object, RtObject **text)
{
    return call_for_text(t, RT_NAME_repr, &object, 1, "__repr__ returned non-string (type %s)",
                         text);
}

static RtObject *special_or(RtThread *t, RtVmName name, RtObject *const *args, size_t count,
                            const char *message)
{
    RtObject *result = NULL;
    if (call_special(t, name, args, count, &result) == 0)
        rt__error_format(t, RT_ERROR_TYPE, message, args[0]->type->name);
    return result;
}

// What is called may be an object of the same class, without end.
static RtObject *call_other(RtThread *t, RtObject *special, RtObject *object,
                            RtObject *const *args, size_t count, RtObject *kwnames)
{
    RtVmThread *vm = rt__vm_thread(t);
    if (vm == NULL || !rt__may_nest(t, vm)) return NULL;
    vm->nesting++;
    RtObject *result = rt__call_bound(t, special, object, args, count, kwnames);
    vm->nesting--;
    return result;
}

static RtObject *call(RtThread *t, RtObject *object, RtObject *const *args, size_t count,
                      RtObject *kwnames)
{
    RtObject *special = rt__special(object, RT_NAME_call);
    if (special == NULL) {
        rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not callable", object->type->name);
        return NULL;
    }
    return rt__is_method(special) ? rt__call_bound(t, special, object, args, count, kwnames)
                                  : call_other(t, special, object, args, count, kwnames);
}

static RtObject *get_item(RtThread *t, RtObject *object, RtObject *key)
{
    RtObject *args[] = {object, key};
    return special_or(t, RT_NAME_getitem, args, 2, "'%s' object is not subscriptable");
}

static bool done(RtThread *t, RtObject *result)
{
    rt_decref_null(t, result);
    return result != NULL;
}

static bool set_item(RtThread *t, RtObject *object, RtObject *key, RtObject *value)
{
    RtObject *args[] = {object, key, value};
    return done(t, special_or(t, RT_NAME_setitem, args, 3,
                              "'%s' object does not support item assignment"));
}

static bool del_item(RtThread *t, RtObject *object, RtObject *key)
{
    RtObject *args[] = {object, key};
    return done(t, special_or(t, RT_NAME_delitem, args, 2,
                              "'%s' object does not support item deletion"));
}

static int truth_of(RtThread *t, RtObject *result)
{
    if (result == NULL) return -1;
    int truth = rt__truth(t, result);
    rt_decref(t, result);
    return truth;
}

static int contains(RtThread *t, RtObject *object, RtObject *item)
{
    RtObject *args[] = {object, item};
    RtObject *result = NULL;
    if (rt__special(object, RT_NAME_contains) == rt_none()) {
        rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not a container",
                         object->type->name);
        return -1;
    }
    int found = call_special(t, RT_NAME_contains, args, 2, &result);
    if (found == 0 && rt__special(object, RT_NAME_iter) == NULL &&
        rt__special(object, RT_NAME_getitem) == NULL) {
        rt__error_format(t, RT_ERROR_TYPE, "argument of type '%s' is not iterable",
                         object->type->name);
        return -1;
    }
    return found != 0 ? truth_of(t, result) : rt__contains_by_iterating(t, object, item);
}

static int64_t length(RtThread *t, RtObject *object)
{
    RtObject *result =
        special_or(t, RT_NAME_len, &object, 1, "object of type '%s' has no len()");
    int64_t value = -1;
    if (result != NULL && rt__as_int(t, result, &value) && value < 0) {
        rt_error_set(t, RT_ERROR_VALUE, "__len__() should return >= 0");
        value = -1;
    }
    rt_decref_null(t, result);
    return value;
}

static int truth(RtThread *t, RtObject *object)
{
    RtObject *result = NULL;
    int found = call_special(t, RT_NAME_bool_, &object, 1, &result);
    if (found > 0 && result->type != &rt__bool_type) {
        rt__error_format(t, RT_ERROR_TYPE, "__bool__ should return bool, returned %s",
                         result->type->name);
        rt_decref(t, result);
        return -1;
    }
    if (found != 0) return truth_of(t, result);
    if (rt__special(object, RT_NAME_len) == NULL) return 1;
    int64_t size = length(t, object);
    return size < 0 ? -1 : size > 0;
}

static bool is_iterator(const RtObject *object)
{
    if (object->type->is_class) return rt__special(object, RT_NAME_next) != NULL;
    return object->type->slots != NULL && object->type->slots->next != NULL;
}

static RtObject *iter(RtThread *t, RtObject *object)
{
    RtObject *special = rt__special(object, RT_NAME_iter);
    if (special == NULL && rt__special(object, RT_NAME_getitem) != NULL)
        return rt__sequence_iterator(t, object);
    if (special == NULL || special == rt_none()) {
        rt__error_format(t, RT_ERROR_TYPE, "'%s' object is not iterable", object->type->name);
        return NULL;
    }
    RtObject *iterator = rt__call_special(t, special, &object, 1);
    if (iterator == NULL || is_iterator(iterator)) return iterator;
    rt__error_format(t, RT_ERROR_TYPE, "iter() returned non-iterator of type '%s'",
                     iterator->type->name);
    rt_decref(t, iterator);
    return NULL;
}

// StopIteration is the end.
static RtObject *next(RtThread *t, RtObject *object)
{
    RtObject *item = special_or(t, RT_NAME_next, &object, 1, "'%s' object is not an iterator");
    if (item == NULL && rt__error_is(t, rt__error_class(t, RT_ERROR_STOP_ITERATION)))
        rt_error_clear(t);
    return item;
}

// Whether the right operand is asked first: its class is derived from the left one's.
static bool right_first(const RtObject *a, const RtObject *b)
{
    return a->type->is_class && a->type != b->type && rt__is_subtype(b->type, a->type);
}

// The reflected method is asked of the right operand; first, if its class is derived from the
// left one's and has a reflected method of its own.
static RtObject *binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    const RtVmName reflected_name = (RtVmName)(RT_NAME_radd + op);
    RtObject *args[] = {a, b}, *reflected[] = {b, a};
    RtObject *result = rt_not_implemented();
    bool asked =
        right_first(a, b) && rt__special(b, reflected_name) != rt__special(a, reflected_name);
    if (asked) call_special(t, reflected_name, reflected, 2, &result);
    if (result == rt_not_implemented() && a->type->is_class)
        call_special(t, (RtVmName)(RT_NAME_add + op), args, 2, &result);
    if (result == rt_not_implemented() && b->type->is_class && a->type != b->type && !asked)
        call_special(t, reflected_name, reflected, 2, &result);
    return result;
}

static RtObject *binary_in_place(RtThread *t, RtBinary op, RtObject *a, RtObject *b)
{
    RtObject *args[] = {a, b};
    RtObject *result = rt_not_implemented();
    if (a->type->is_class) call_special(t, (RtVmName)(RT_NAME_iadd + op), args, 2, &result);
    return result;
}

static RtObject *unary(RtThread *t, RtUnary op, RtObject *object)
{
    RtObject *result = rt_not_implemented();
    call_special(t, (RtVmName)(RT_NAME_neg + op), &object, 1, &result);
    return result;
}

static const RtVmName compare_names[] = {RT_NAME_lt, RT_NAME_le, RT_NAME_eq,
                                         RT_NAME_ne, RT_NAME_gt, RT_NAME_ge};
static const RtVmName mirrored_names[] = {RT_NAME_gt, RT_NAME_ge, RT_NAME_eq,
                                          RT_NAME_ne, RT_NAME_lt, RT_NAME_le};

// object.__ne__ is the contrary of __eq__.
static RtObject *not_equal(RtThread *t, RtObject *a, RtObject *b)
{
    RtObject *args[] = {a, b};
    RtObject *result = rt_not_implemented();
    if (call_special(t, RT_NAME_eq, args, 2, &result) <= 0 || result == rt_not_implemented())
        return result;
    int same = truth_of(t, result);
    return same < 0 ? NULL : rt_bool(!same);
}

static RtObject *compare_by(RtThread *t, RtVmName name, RtObject *a, RtObject *b)
{
    RtObject *args[] = {a, b};
    RtObject *result = rt_not_implemented();
    if (!a->type->is_class) return result;
    int found = call_special(t, name, args, 2, &result);
    return found == 0 && name == RT_NAME_ne ? not_equal(t, a, b) : result;
}

static RtObject *compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b)
{
    bool asked = right_first(a, b);
    RtObject *result = asked ? compare_by(t, mirrored_names[op], b, a) : rt_not_implemented();
    if (result == rt_not_implemented()) result = compare_by(t, compare_names[op], a, b);
    if (result == rt_not_implemented() && !asked)
        result = compare_by(t, mirrored_names[op], b, a);
    return result;
}

static RtObject *str(RtThread *t, RtObject *object)
{
    RtObject *text = NULL;
    return rt__record_str(t, object, &text) != 0 ? text : rt_object_repr(t, object);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    RtObject *text = NULL;
    if (rt__record_repr(t, object, &text) != 0) return text;
    return rt__format(t, "<__main__.%s object at %p>", rt__qualname(object->type),
                      (void *)object);
}

static RtObject *format(RtThread *t, RtObject *object, RtObject *spec)
{
    RtObject *args[] = {object, spec};
    RtObject *result = NULL;
    if (call_for_text(t, RT_NAME_format, args, 2, "__format__ must return a str, not %s",
                      &result) != 0)
        return result;
    size_t size;
    rt_str_bytes_borrowed(spec, &size);
    if (size == 0) return rt__str(t, object);
    rt__error_format(t, RT_ERROR_TYPE, "unsupported format string passed to %s.__format__",
                     object->type->name);
    return NULL;
}

int64_t rt__record_hash(RtThread *t, RtObject *object)
{
    RtObject *result = NULL;
    int found = call_special(t, RT_NAME_hash, &object, 1, &result);
    if (found == 0) return rt__value_hash_identity(object);
    if (result == NULL) return -1;
    int64_t hash = -1;
    if (result->type == &rt__int_type || result->type == &rt__bool_type)
        hash = rt_object_hash(t, result); // its own: it may be a large one
    else
        rt_error_set(t, RT_ERROR_TYPE, "__hash__ method should return an integer");
    rt_decref(t, result);
    return hash;
}

int rt__record_equal(RtThread *t, RtObject *a, RtObject *b)
{
    return rt__compare_truth(t, RT_COMPARE_EQ, a, b);
}

static const RtSlots record_slots = {
    .call = call,
    .get_attr = rt__record_get,
    .set_attr = rt__record_set,
    .get_item = get_item,
    .set_item = set_item,
    .del_item = del_item,
    .contains = contains,
    .length = length,
    .truth = truth,
    .iter = iter,
    .next = next,
    .binary = binary,
    .binary_in_place = binary_in_place,
    .unary = unary,
    .compare = compare,
    .str = str,
    .format = format,
};

// ------------------------------------------------------------------ the runtime's part

// An error in __del__ goes nowhere; the one that is pending stays.
void rt__record_finalize(RtThread *t, RtObject *object)
{
    RtErrorKind kind;
    const char *message;
    RtObject *value = rt__error_take(t, &kind, &message);
    RtObject *result = NULL;
    if (call_special(t, RT_NAME_del, &object, 1, &result) < 0)
        rt__report_unraisable(t, rt__special(object, RT_NAME_del));
    rt_decref_null(t, result);
    t->error_kind = kind;
    t->error_message = message;
    t->error_value = value;
}

void rt__record_finish(RtThread *t, RtObject *object)
{
    uint32_t count;
    RtSlot *slots = slots_of(object, &count);
    rt_decref_null(t, rt__slot_get(&record_of(object)->dict));
    for (uint32_t i = 0; i < count; i++)
        rt_decref_null(t, rt__slot_get(&slots[i]));
}

int rt__record_traverse(RtObject *object, RtVisit visit, void *argument)
{
    uint32_t count;
    RtSlot *slots = slots_of(object, &count);
    RtObject *dict = rt__slot_get(&record_of(object)->dict);
    int stop = dict != NULL ? visit(dict, argument) : 0;
    for (uint32_t i = 0; i < count && stop == 0; i++) {
        RtObject *value = rt__slot_get(&slots[i]);
        if (value != NULL) stop = visit(value, argument);
    }
    return stop;
}

static void clear_slot(RtThread *t, RtObject *object, RtSlot *slot)
{
    RtHold hold = rt_hold_object(t, object);
    RtObject *old = rt__slot_get(slot);
    rt__slot_set(slot, NULL);
    rt_let_go(t, hold);
    rt_decref_null(t, old);
}

void rt__record_clear(RtThread *t, RtObject *object)
{
    uint32_t count;
    RtSlot *slots = slots_of(object, &count);
    clear_slot(t, object, &record_of(object)->dict);
    for (uint32_t i = 0; i < count; i++)
        clear_slot(t, object, &slots[i]);
}

// What every class begins as; rt__class_new fills in the rest.
const RtType rt__record_type = {
    RT_TYPE_BASE,
    .name = "object",
    .slots = &record_slots,
    .finish = rt__record_finish,
    .traverse = rt__record_traverse,
    .clear = rt__record_clear,
    .repr = repr,
    .trash_link = offsetof(RtRecord, trash),
};
