// eval.c: the loop that runs code.
//
// An instruction does here what is common and short; all else is in a function of the file for
// its subject (vm/operations.h). `ip` points past the word just fetched, and, when a function may
// fail, past the whole instruction: ip - 1 is in it, which is what handlers and lines go by.
//
// A call of one of the program's functions pushes a frame and goes on in the same loop; only
// native code that calls back enters it anew.
#include <math.h>
#include <string.h>

#include "object/float.h"
#include "object/int.h"
#include "object/track.h"
#include "object/tuple.h"
#include "vm/iterator.h"
#include "vm/module.h"
#include "vm/operations.h"

#define INLINE static inline __attribute__((always_inline))
#define OUTLINE static __attribute__((noinline))

// The operands of the word.
#define A  (word >> 8 & 0xff)
#define B  (word >> 16 & 0xff)
#define C  (word >> 24)
#define BX (word >> 16)
#define RA R[word >> 8 & 0x7f]
#define RB R[word >> 16 & 0x7f]
#define RC R[word >> 24 & 0x7f]
#define A_LAST (word & RT_LAST_USE << 8)
#define B_LAST (word & RT_LAST_USE << 16)
#define C_LAST (word & RT_LAST_USE << 24)
#define SIGNED_C ((int64_t)(int8_t)(word >> 24))

// ------------------------------------------------------------------ registers

OUTLINE void free_number(RtThread *t, RtObject *object)
{
    rt__object_free(t, object);
}

// Numbers are most of what dies here, and dying is simple for them.
OUTLINE void die(RtThread *t, RtObject *object)
{
    if (object->type == &rt__int_type || object->type == &rt__float_type)
        rt__object_free(t, object);
    else
        rt__object_destroy_object(t, object);
}

INLINE void drop(RtThread *t, RtObject *object)
{
    if (rt_ref_decref(t, &object->ref)) die(t, object);
}

INLINE void drop_null(RtThread *t, RtObject *object)
{
    if (object != NULL) drop(t, object);
}

INLINE void set(RtThread *t, RtObject **reg, RtObject *value_steal)
{
    RtObject *old = *reg;
    *reg = value_steal;
    drop_null(t, old);
}

INLINE void empty(RtThread *t, RtObject **reg)
{
    RtObject *old = *reg;
    *reg = NULL;
    drop_null(t, old);
}

// A reference of one's own to what an operand has: the operand's, at its last use.
INLINE RtObject *own(RtThread *t, RtObject **reg, uint32_t last)
{
    RtObject *object = *reg;
    if (last)
        *reg = NULL;
    else
        rt_incref(t, object);
    return object;
}

static void drop_registers(RtThread *t, RtObject **registers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (registers[i] != NULL) empty(t, &registers[i]);
    }
}

// ------------------------------------------------------------------ numbers

INLINE void empty_number(RtThread *t, RtObject **reg)
{
    RtObject *object = *reg;
    *reg = NULL;
    if (object != NULL && rt_ref_decref(t, &object->ref)) free_number(t, object);
}

// Sets register a, once the operands are dropped that are used for the last time.
INLINE void finish(RtThread *t, RtObject **R, uint32_t word, RtObject *result_steal, bool has_c)
{
    if (B_LAST) empty(t, &RB);
    if (has_c && C_LAST) empty(t, &RC);
    set(t, &RA, result_steal);
}

// The same if both operands are numbers.
INLINE void finish_number(RtThread *t, RtObject **R, uint32_t word, RtObject *result_steal,
                          bool has_c)
{
    if (B_LAST) empty_number(t, &RB);
    if (has_c && C_LAST) empty_number(t, &RC);
    set(t, &RA, result_steal);
}

// An object that a result can be written into, taken out of its register: an operand that is
// used for the last time, or what the destination has, if there is no other reference to it. NULL:
// none. The operands are of this type.
INLINE RtObject *take_number(RtThread *t, RtObject **R, uint32_t word, const RtType *type,
                             bool has_c)
{
    RtObject **from = &RB;
    if (B_LAST && rt_is_unique(t, *from)) goto found;
    from = &RC;
    if (has_c && C_LAST && rt_is_unique(t, *from)) goto found;
    from = &RA;
    if (*from != NULL && (*from)->type == type && rt_is_unique(t, *from)) goto found;
    return NULL;
found:;
    RtObject *object = *from;
    *from = NULL;
    return object;
}

INLINE bool finish_int(RtThread *t, RtObject **R, uint32_t word, int64_t tagged, bool has_c)
{
    RtObject *result = rt__int_shared(tagged);
    if (result == NULL) {
        result = take_number(t, R, word, &rt__int_type, has_c);
        if (result == NULL) result = rt__object_new(t, &rt__int_type, sizeof(RtInt));
        if (rt_unlikely(result == NULL)) return false;
        ((RtInt *)result)->tagged = tagged;
    }
    finish_number(t, R, word, result, has_c);
    return true;
}

INLINE bool finish_float(RtThread *t, RtObject **R, uint32_t word, double value, bool has_c)
{
    RtObject *result = take_number(t, R, word, &rt__float_type, has_c);
    if (result == NULL) result = rt__object_new(t, &rt__float_type, sizeof(RtFloat));
    if (rt_unlikely(result == NULL)) return false;
    ((RtFloat *)result)->value = value;
    finish_number(t, R, word, result, has_c);
    return true;
}

INLINE int64_t tagged_of(const RtObject *object)
{
    return ((const RtInt *)object)->tagged;
}

INLINE bool are_ints(const RtObject *x, const RtObject *y)
{
    return x->type == &rt__int_type && y->type == &rt__int_type &&
           ((tagged_of(x) | tagged_of(y)) & 3) == 0;
}

INLINE bool is_int(const RtObject *x)
{
    return x->type == &rt__int_type && (tagged_of(x) & 3) == 0;
}

INLINE bool are_floats(const RtObject *x, const RtObject *y)
{
    return x->type == &rt__float_type && y->type == &rt__float_type;
}

INLINE double double_of(const RtObject *object)
{
    return ((const RtFloat *)object)->value;
}

OUTLINE RtObject *binary_with_int(RtThread *t, RtBinary op, RtObject *x, int64_t number,
                                  bool in_place)
{
    RtObject *y = rt_int_new(t, number); // small: it cannot fail
    return in_place ? rt__binary_in_place(t, op, x, y) : rt__binary(t, op, x, y);
}

// A global or builtin by its cache, or NULL. What is immortal needs no count, and so no second
// look: it is what the slot has at the one time that it is looked at.
INLINE RtObject *global_at(RtThread *t, RtTable *globals, RtObject *name, const RtCache *cache)
{
    RtKeys *keys = rt_atomic_load_acquire(&globals->keys);
    uint32_t filled = rt_atomic_load_acquire(&keys->filled);
    if (rt_likely(cache->kind == RT_CACHE_TABLE)) {
        if (rt_unlikely(cache->index >= filled)) return NULL;
        RtEntry *entry = &rt__table_entries(keys)[cache->index];
        if (rt_likely(cache->object != NULL && rt__slot_peek(&entry->value) == cache->object &&
                      rt__slot_peek(&entry->key) == name))
            return cache->object;
        return rt__table_hinted(t, globals, cache->index, name);
    }
    bool same = cache->kind == RT_CACHE_CONSTANT && cache->type == (const RtType *)(void *)keys &&
                cache->index == filled && cache->epoch == rt__table_stamp(keys);
    return same ? cache->object : NULL;
}

// ------------------------------------------------------------------ slow paths

// The handler for an error in the instruction that has the word before `offset`; NULL: none.
static const RtHandler *find_handler(const RtCode *code, uint32_t offset)
{
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const RtHandler *handler = &code->handlers[i];
        if (offset > handler->start && offset <= handler->end) return handler;
    }
    return NULL;
}

static uint32_t line_at(const RtCode *code, const uint32_t *ip)
{
    return code->lines[ip - code->words - 1];
}

OUTLINE void leave_frame(RtThread *t, RtVmThread *vm, RtFrame *frame)
{
    drop_registers(t, frame->registers, frame->code->reg_count);
    drop_null(t, frame->constructed);
    drop_null(t, frame->function);
    if (vm->handled_count > frame->handled) rt__exception_leave_handlers(t, frame->handled);
    vm->frame = frame - 1;
}

// Serves what waits for the thread. False with an error: KeyboardInterrupt.
OUTLINE bool serve(RtThread *t)
{
    rt__poll_slow(t);
    return rt__serve_interrupt(t);
}

INLINE bool wants_service(RtThread *t)
{
    return rt_unlikely(rt_atomic_load_relaxed(&t->breaker) != 0);
}

OUTLINE void unbound_local(RtThread *t, RtObject *name)
{
    rt__error_format(t, RT_ERROR_UNBOUND_LOCAL,
                     "cannot access local variable '%s' where it is not associated with a value",
                     rt_str_bytes_borrowed(name, NULL));
}

OUTLINE void empty_free(RtThread *t, RtObject *name)
{
    rt__error_format(t, RT_ERROR_NAME,
                     "cannot access free variable '%s' where it is not associated with a value in "
                     "enclosing scope",
                     rt_str_bytes_borrowed(name, NULL));
}

OUTLINE bool is_cell(RtThread *t, const RtObject *object)
{
    if (rt_likely(object->type == &rt__cell_type)) return true;
    rt_error_set(t, RT_ERROR_SYSTEM, "a cell is expected");
    return false;
}

static RtObject *free_cell(const RtFrame *frame, uint32_t number)
{
    return rt__tuple_item(rt__function_of(frame->function)->closure, number);
}

OUTLINE bool unpack(RtThread *t, RtObject **R, RtObject *iterable_steal, size_t first,
                    size_t before, size_t after, bool has_rest)
{
    RtObject *items[2 * RT_MAX_REGISTERS] = {NULL};
    size_t count = has_rest ? before + 1 + after : before;
    bool good = has_rest ? rt__unpack_rest(t, iterable_steal, items, before, after)
                         : rt__unpack(t, iterable_steal, items, count);
    rt_decref(t, iterable_steal);
    for (size_t i = 0; i < count; i++) {
        if (good)
            set(t, &R[first + i], items[i]);
        else
            rt_decref_null(t, items[i]);
    }
    return good;
}

// Elements that registers give up become those of a new object.
OUTLINE RtObject *build_list(RtThread *t, RtObject **from, size_t count)
{
    RtObject *list = rt_list_new(t, count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        rt_list_append(t, list, from[i]); // there is room
        empty(t, &from[i]);
    }
    return list;
}

OUTLINE RtObject *build_tuple(RtThread *t, RtObject **from, size_t count)
{
    RtObject *tuple = rt_tuple_new(t, count);
    for (size_t i = 0; tuple != NULL && i < count; i++) {
        rt_tuple_set_steal(tuple, i, from[i]);
        from[i] = NULL;
    }
    return tuple;
}

OUTLINE RtObject *build_dict(RtThread *t, RtObject **from, size_t pairs)
{
    RtObject *dict = rt_dict_new(t);
    for (size_t i = 0; dict != NULL && i < pairs; i++) {
        if (rt__set_item(t, dict, from[2 * i], from[2 * i + 1])) continue;
        rt_decref(t, dict);
        return NULL;
    }
    drop_registers(t, from, 2 * pairs);
    return dict;
}

OUTLINE RtObject *build_set(RtThread *t, RtObject **from, size_t count)
{
    RtObject *set_ = rt__set_new(t);
    for (size_t i = 0; set_ != NULL && i < count; i++) {
        if (rt__set_add(t, set_, from[i])) continue;
        rt_decref(t, set_);
        return NULL;
    }
    drop_registers(t, from, count);
    return set_;
}

OUTLINE bool wrong_container(RtThread *t)
{
    rt_error_set(t, RT_ERROR_SYSTEM, "a display adds to something else");
    return false;
}

OUTLINE bool is_exception(RtThread *t, const RtObject *object)
{
    if (rt__is_exception(object)) return true;
    rt_error_set(t, RT_ERROR_SYSTEM, "an exception is expected");
    return false;
}

OUTLINE void fail_assertion(RtThread *t, RtObject *message)
{
    if (message != NULL)
        rt__error_set_value(t, RT_ERROR_ASSERTION, message);
    else
        rt_error_set(t, RT_ERROR_ASSERTION, "");
}

// ------------------------------------------------------------------ calls

// A call of anything but a function of the program, with its arguments from window[0] on.
OUTLINE RtObject *call_other(RtThread *t, RtObject *callee, RtObject **window, size_t count,
                             RtObject *kwnames)
{
    size_t keywords = kwnames != NULL ? rt_tuple_size(kwnames) : 0;
    if (keywords > count) {
        rt_error_set(t, RT_ERROR_SYSTEM, "more keywords than arguments");
        return NULL;
    }
    return rt__call(t, callee, window, count - keywords, kwnames);
}

// The result of an __init__ is the instance. NULL with an error.
OUTLINE RtObject *constructed(RtThread *t, RtFrame *frame, RtObject *result_steal)
{
    RtObject *object = frame->constructed;
    frame->constructed = NULL;
    if (rt_likely(result_steal == rt_none())) return object;
    rt__error_format(t, RT_ERROR_TYPE, "__init__() should return None, not '%s'",
                     result_steal->type->name);
    rt_decref(t, result_steal);
    rt_decref(t, object);
    return NULL;
}

// The function that a call of a class goes on in, with the new instance in *self; NULL without
// an error: it is not that simple.
INLINE RtObject *begin_construct(RtThread *t, RtObject *callee, RtObject **self)
{
    const RtType *type = rt__type_of_class(callee);
    if (!type->is_class) return NULL;
    RtClass *class_ = rt__class_of_type(type);
    RtObject *init = rt_atomic_load_acquire(&class_->parts->specials[RT_NAME_init]);
    if (init == NULL || init->type != &rt__function_type || class_->is_exception) return NULL;
    *self = rt__record_new(t, class_);
    return *self != NULL ? init : NULL;
}

// ------------------------------------------------------------------ the loop

#define NEXT()                                                                                 \
    do {                                                                                       \
        word = *ip++;                                                                          \
        goto *labels[word & 0xff];                                                             \
    } while (0)
#define CASE(name) do_##name:

#define ENTER(new_frame)                                                                       \
    do {                                                                                       \
        frame = (new_frame);                                                                   \
        R = frame->registers;                                                                  \
        K = frame->code->constants;                                                            \
        caches = vm->caches + frame->code->cache_base;                                         \
        ip = frame->ip;                                                                        \
    } while (0)

#define CACHE(extra) (&caches[(extra) >> 16])
#define NAME(extra)  K[(extra)&0xffff]

// d = first op second, where the fast paths leave with NEXT.
#define BINARY(name, op, slow, INTS, FLOATS)                                                   \
    CASE(name)                                                                                 \
    {                                                                                          \
        RtObject *x = RB, *y = RC;                                                             \
        INTS FLOATS result = slow(t, RT_BINARY_##op, x, y);                                    \
        if (rt_unlikely(result == NULL)) goto error;                                           \
        finish(t, R, word, result, true);                                                      \
        NEXT();                                                                                \
    }
#define BINARY_BOTH(op, INTS, FLOATS)                                                          \
    BINARY(op, op, rt__binary, INTS, FLOATS)                                                   \
    BINARY(I##op, op, rt__binary_in_place, INTS, FLOATS)

#define CHECKED_INTS(overflows)                                                                  \
    if (rt_likely(are_ints(x, y))) {                                                           \
        int64_t tagged;                                                                        \
        if (rt_likely(!overflows(tagged_of(x), tagged_of(y), &tagged))) {                        \
            if (rt_unlikely(!finish_int(t, R, word, tagged, true))) goto error;                \
            NEXT();                                                                            \
        }                                                                                      \
    }
#define PLAIN_INTS(expression)                                                                 \
    if (rt_likely(are_ints(x, y))) {                                                           \
        int64_t v = tagged_of(x);                                                              \
        int64_t w = tagged_of(y);                                                              \
        if (rt_unlikely(!finish_int(t, R, word, (expression), true))) goto error;              \
        NEXT();                                                                                \
    }
// Of numbers that are not negative, where the machine rounds as Python does.
#define NATURAL_INTS(operator, scale)                                                          \
    if (rt_likely(are_ints(x, y)) && tagged_of(x) >= 0 && tagged_of(y) > 0) {                  \
        int64_t tagged = (tagged_of(x) operator tagged_of(y)) * (scale);                       \
        if (rt_unlikely(!finish_int(t, R, word, tagged, true))) goto error;                    \
        NEXT();                                                                                \
    }
#define PLAIN_FLOATS(operator)                                                                 \
    if (rt_likely(are_floats(x, y))) {                                                         \
        double value = double_of(x) operator double_of(y);                                     \
        if (rt_unlikely(!finish_float(t, R, word, value, true))) goto error;                   \
        NEXT();                                                                                \
    }
#define DIVIDED_FLOATS                                                                         \
    if (rt_likely(are_floats(x, y)) && double_of(y) != 0) {                                    \
        double value = double_of(x) / double_of(y);                                            \
        if (rt_unlikely(!finish_float(t, R, word, value, true))) goto error;                   \
        NEXT();                                                                                \
    }
#define NO_INTS
#define NO_FLOATS

static inline bool multiply_tagged(int64_t x, int64_t y, int64_t *result)
{
    return __builtin_mul_overflow(x >> 2, y, result);
}

#define IMMEDIATE(name, op, in_place, INTS, FLOATS)                                            \
    CASE(name)                                                                                 \
    {                                                                                          \
        RtObject *x = RB;                                                                      \
        int64_t number = SIGNED_C;                                                             \
        INTS FLOATS result =                                                                   \
            binary_with_int(t, RT_BINARY_##op, x, number, in_place);                           \
        if (rt_unlikely(result == NULL)) goto error;                                           \
        finish(t, R, word, result, false);                                                     \
        NEXT();                                                                                \
    }
#define IMMEDIATE_CHECKED(overflows)                                                             \
    if (rt_likely(is_int(x))) {                                                                \
        int64_t tagged;                                                                        \
        if (rt_likely(!overflows(tagged_of(x), number * 4, &tagged))) {                          \
            if (rt_unlikely(!finish_int(t, R, word, tagged, false))) goto error;               \
            NEXT();                                                                            \
        }                                                                                      \
    }
#define IMMEDIATE_IF(condition, expression)                                                    \
    if (rt_likely(is_int(x)) && (condition)) {                                                 \
        int64_t v = tagged_of(x);                                                              \
        if (rt_unlikely(!finish_int(t, R, word, (expression), false))) goto error;             \
        NEXT();                                                                                \
    }
#define IMMEDIATE_FLOAT(operator)                                                              \
    if (x->type == &rt__float_type) {                                                          \
        double value = double_of(x) operator(double) number;                                   \
        if (rt_unlikely(!finish_float(t, R, word, value, false))) goto error;                  \
        NEXT();                                                                                \
    }

#define COMPARE(name, operator)                                                                \
    CASE(name)                                                                                 \
    {                                                                                          \
        RtObject *x = RB, *y = RC;                                                             \
        if (rt_likely(are_ints(x, y)))                                                         \
            result = rt__bool(tagged_of(x) operator tagged_of(y));                              \
        else if (are_floats(x, y))                                                             \
            result = rt__bool(double_of(x) operator double_of(y));                              \
        else                                                                                   \
            result = rt__compare(t, RT_COMPARE_##name, x, y);                                  \
        if (rt_unlikely(result == NULL)) goto error;                                           \
        finish(t, R, word, result, true);                                                      \
        NEXT();                                                                                \
    }

#define JUMP_IF(truth)                                                                         \
    do {                                                                                       \
        int32_t offset = (int32_t)ip[-1];                                                      \
        if ((truth) == (int)A) ip += offset;                                                   \
        NEXT();                                                                                \
    } while (0)

#define JUMP_COMPARE(name, operator)                                                           \
    CASE(J##name)                                                                              \
    {                                                                                          \
        RtObject *x = RB, *y = RC;                                                             \
        int truth;                                                                             \
        ip++;                                                                                  \
        if (rt_likely(are_ints(x, y)))                                                         \
            truth = tagged_of(x) operator tagged_of(y);                                        \
        else if (are_floats(x, y))                                                             \
            truth = double_of(x) operator double_of(y);                                        \
        else if ((truth = rt__compare_truth(t, RT_COMPARE_##name, x, y)) < 0)                  \
            goto error;                                                                        \
        if (B_LAST) empty(t, &RB);                                                             \
        if (C_LAST) empty(t, &RC);                                                             \
        JUMP_IF(truth);                                                                        \
    }                                                                                          \
    CASE(J##name##I)                                                                           \
    {                                                                                          \
        RtObject *x = RB;                                                                      \
        int truth;                                                                             \
        ip++;                                                                                  \
        if (rt_likely(is_int(x)))                                                              \
            truth = tagged_of(x) operator SIGNED_C * 4;                                        \
        else if ((truth = rt__compare_truth(t, RT_COMPARE_##name, x,                           \
                                            rt_int_new(t, SIGNED_C))) < 0)                     \
            goto error;                                                                        \
        if (B_LAST) empty(t, &RB);                                                             \
        JUMP_IF(truth);                                                                        \
    }

RtObject *rt__eval(RtThread *t, RtVmThread *vm)
{
    static const void *const labels[RT_OP_COUNT] = {
#define OP(name, format, effect) &&do_##name,
#include "vm/opcodes.def"
#undef OP
    };
    RtVm *const shared = rt__vm(t);
    RtFrame *frame;
    RtObject **R;
    RtObject **K;
    RtCache *caches;
    const uint32_t *ip;
    uint32_t word;

    // Of the call that is being made, for the labels below the instructions.
    RtObject *callee;
    RtObject **window;
    RtObject *kwnames;
    RtObject *self;
    size_t count;
    RtObject *result;

    vm->nesting++;
    ENTER(vm->frame);
    if (wants_service(t) && !serve(t)) goto error_at_entry;
    NEXT();

    // ---- moves

    CASE(MOVE)
    {
        RtObject *value = own(t, &RB, B_LAST);
        set(t, &RA, value);
        NEXT();
    }
    CASE(LOADK)
    {
        set(t, &RA, K[BX]); // constants are immortal
        NEXT();
    }
    CASE(LOADI)
    {
        RtObject *value = rt_int_new(t, (int16_t)BX);
        if (rt_unlikely(value == NULL)) goto error;
        set(t, &RA, value);
        NEXT();
    }
    CASE(CLEAR)
    {
        empty(t, &RA);
        NEXT();
    }
    CASE(CHECK)
    {
        if (rt_likely(RA != NULL)) NEXT();
        unbound_local(t, K[BX]);
        goto error;
    }

    // ---- cells

    CASE(MAKECELL)
    {
        RtObject *cell = rt__cell_new(t, RA);
        if (rt_unlikely(cell == NULL)) goto error;
        set(t, &RA, cell);
        NEXT();
    }
    CASE(LOADCELL)
    {
        if (!is_cell(t, RB)) goto error;
        RtObject *value = rt__cell_get(t, RB);
        if (rt_unlikely(value == NULL)) {
            unbound_local(t, frame->code->local_names[B & 0x7f]);
            goto error;
        }
        if (B_LAST) empty(t, &RB);
        set(t, &RA, value);
        NEXT();
    }
    CASE(STORECELL)
    {
        if (!is_cell(t, RA)) goto error;
        RtObject *value = own(t, &RB, B_LAST);
        drop_null(t, rt__cell_swap_steal(t, RA, value));
        if (A_LAST) empty(t, &RA);
        NEXT();
    }
    CASE(DELCELL)
    {
        if (!is_cell(t, RA)) goto error;
        RtObject *old = rt__cell_swap_steal(t, RA, NULL);
        if (rt_unlikely(old == NULL)) {
            unbound_local(t, frame->code->local_names[A & 0x7f]);
            goto error;
        }
        drop(t, old);
        NEXT();
    }
    CASE(LOADFREE)
    {
        RtObject *value = rt__cell_get(t, free_cell(frame, BX));
        if (rt_unlikely(value == NULL)) {
            empty_free(t, frame->code->free_names[BX]);
            goto error;
        }
        set(t, &RA, value);
        NEXT();
    }
    CASE(STOREFREE)
    {
        RtObject *value = own(t, &RA, A_LAST);
        drop_null(t, rt__cell_swap_steal(t, free_cell(frame, BX), value));
        NEXT();
    }
    CASE(DELFREE)
    {
        RtObject *old = rt__cell_swap_steal(t, free_cell(frame, word >> 16), NULL);
        if (rt_unlikely(old == NULL)) {
            empty_free(t, frame->code->free_names[word >> 16]);
            goto error;
        }
        drop(t, old);
        NEXT();
    }
    CASE(FREECELL)
    {
        set(t, &RA, rt_new_ref(t, free_cell(frame, BX)));
        NEXT();
    }

    // ---- globals and namespaces

    CASE(LOADGLOBAL)
    {
        uint32_t extra = *ip++;
        RtCache *cache = CACHE(extra);
        RtObject *value = global_at(t, shared->globals, NAME(extra), cache);
        if (rt_unlikely(value == NULL)) {
            value = rt__load_global(t, NAME(extra), cache);
            if (rt_unlikely(value == NULL)) goto error;
        }
        set(t, &RA, value);
        NEXT();
    }
    CASE(STOREGLOBAL)
    {
        uint32_t extra = *ip++;
        if (!rt__store_global(t, NAME(extra), RA)) goto error;
        if (A_LAST) empty(t, &RA);
        NEXT();
    }
    CASE(DELGLOBAL)
    {
        uint32_t extra = *ip++;
        if (!rt__store_global(t, NAME(extra), NULL)) goto error;
        NEXT();
    }
    CASE(LOADNAME)
    {
        uint32_t extra = *ip++;
        RtObject *value = rt__load_name(t, R[0], NAME(extra));
        if (value == NULL) goto error;
        set(t, &RA, value);
        NEXT();
    }
    CASE(STORENAME)
    {
        uint32_t extra = *ip++;
        if (!rt__store_name(t, R[0], NAME(extra), RA)) goto error;
        if (A_LAST) empty(t, &RA);
        NEXT();
    }
    CASE(DELNAME)
    {
        uint32_t extra = *ip++;
        if (!rt__store_name(t, R[0], NAME(extra), NULL)) goto error;
        NEXT();
    }

    // ---- attributes and items

    CASE(LOADATTR)
    {
        uint32_t extra = *ip++;
        RtCache *cache = CACHE(extra);
        RtObject *object = RB;
        RtObject *value = NULL;
        if (rt_likely(cache->type == object->type && cache->kind == RT_CACHE_SLOT))
            value = rt__record_peek(t, object, cache->index);
        if (rt_unlikely(value == NULL)) {
            value = rt__load_attr(t, object, NAME(extra), cache);
            if (rt_unlikely(value == NULL)) goto error;
        }
        if (B_LAST) empty(t, &RB);
        set(t, &RA, value);
        NEXT();
    }
    CASE(STOREATTR)
    {
        uint32_t extra = *ip++;
        RtCache *cache = CACHE(extra);
        if (rt_likely(cache->type == RA->type && cache->kind == RT_CACHE_SLOT)) {
            RtObject *value = own(t, &RB, B_LAST);
            drop_null(t, rt__record_swap_steal(t, RA, cache->index, value));
        } else {
            if (!rt__store_attr(t, RA, NAME(extra), RB, cache)) goto error;
            if (B_LAST) empty(t, &RB);
        }
        if (A_LAST) empty(t, &RA);
        NEXT();
    }
    CASE(DELATTR)
    {
        uint32_t extra = *ip++;
        if (!rt__set_attr(t, RA, NAME(extra), NULL)) goto error;
        if (A_LAST) empty(t, &RA);
        NEXT();
    }
    CASE(GETITEM)
    {
        RtObject *object = RB, *key = RC, *value = NULL;
        if (object->type == &rt__list_type && is_int(key) && tagged_of(key) >= 0)
            value = rt__list_item(t, object, (size_t)(tagged_of(key) >> 2));
        if (value == NULL) {
            value = rt__get_item(t, object, key);
            if (rt_unlikely(value == NULL)) goto error;
        }
        finish(t, R, word, value, true);
        NEXT();
    }
    CASE(SETITEM)
    {
        if (rt_unlikely(!rt__set_item(t, RA, RB, RC))) goto error;
        if (C_LAST) empty(t, &RC);
        if (B_LAST) empty(t, &RB);
        if (A_LAST) empty(t, &RA);
        NEXT();
    }
    CASE(DELITEM)
    {
        if (!rt__del_item(t, RA, RB)) goto error;
        if (B_LAST) empty(t, &RB);
        if (A_LAST) empty(t, &RA);
        NEXT();
    }
    CASE(SLICE)
    {
        RtObject **parts = &R[B];
        RtObject *slice = rt__build_slice(t, parts[0], parts[1], parts[2]);
        if (slice == NULL) goto error;
        drop_registers(t, parts, 3);
        set(t, &RA, slice);
        NEXT();
    }

    // ---- arithmetic

    BINARY_BOTH(ADD, CHECKED_INTS(__builtin_add_overflow), PLAIN_FLOATS(+))
    BINARY_BOTH(SUB, CHECKED_INTS(__builtin_sub_overflow), PLAIN_FLOATS(-))
    BINARY_BOTH(MUL, CHECKED_INTS(multiply_tagged), PLAIN_FLOATS(*))
    BINARY_BOTH(TRUEDIV, NO_INTS, DIVIDED_FLOATS)
    BINARY_BOTH(FLOORDIV, NATURAL_INTS(/, 4), NO_FLOATS)
    BINARY_BOTH(MOD, NATURAL_INTS(%, 1), NO_FLOATS)
    BINARY_BOTH(POW, NO_INTS, NO_FLOATS)
    BINARY_BOTH(LSHIFT, NO_INTS, NO_FLOATS)
    BINARY_BOTH(RSHIFT, NO_INTS, NO_FLOATS)
    BINARY_BOTH(AND, PLAIN_INTS(v & w), NO_FLOATS)
    BINARY_BOTH(OR, PLAIN_INTS(v | w), NO_FLOATS)
    BINARY_BOTH(XOR, PLAIN_INTS(v ^ w), NO_FLOATS)
    IMMEDIATE(ADDI, ADD, false, IMMEDIATE_CHECKED(__builtin_add_overflow), IMMEDIATE_FLOAT(+))
    IMMEDIATE(SUBI, SUB, false, IMMEDIATE_CHECKED(__builtin_sub_overflow), IMMEDIATE_FLOAT(-))
    IMMEDIATE(MULI, MUL, false, IMMEDIATE_CHECKED(multiply_tagged), IMMEDIATE_FLOAT(*))
    IMMEDIATE(IADDI, ADD, true, IMMEDIATE_CHECKED(__builtin_add_overflow), IMMEDIATE_FLOAT(+))
    IMMEDIATE(ISUBI, SUB, true, IMMEDIATE_CHECKED(__builtin_sub_overflow), IMMEDIATE_FLOAT(-))
    IMMEDIATE(IMULI, MUL, true, IMMEDIATE_CHECKED(multiply_tagged), IMMEDIATE_FLOAT(*))
    IMMEDIATE(FLOORDIVI, FLOORDIV, false,
              IMMEDIATE_IF(number > 0 && tagged_of(x) >= 0, v / (number * 4) * 4), NO_FLOATS)
    IMMEDIATE(MODI, MOD, false, IMMEDIATE_IF(number > 0 && tagged_of(x) >= 0, v % (number * 4)),
              NO_FLOATS)
    IMMEDIATE(ANDI, AND, false, IMMEDIATE_IF(true, v & (number * 4)), NO_FLOATS)
    IMMEDIATE(LSHIFTI, LSHIFT, false, NO_INTS, NO_FLOATS)
    IMMEDIATE(RSHIFTI, RSHIFT, false,
              IMMEDIATE_IF(number >= 0 && number < 62, (v >> number) & ~(int64_t)3), NO_FLOATS)

    CASE(NEG)
    {
        result = rt__unary(t, RT_UNARY_NEG, RB);
        goto unary;
    }
    CASE(POS)
    {
        result = rt__unary(t, RT_UNARY_POS, RB);
        goto unary;
    }
    CASE(INVERT)
    {
        result = rt__unary(t, RT_UNARY_INVERT, RB);
        goto unary;
    }
    CASE(NOT)
    {
        int truth = rt__truth(t, RB);
        result = truth < 0 ? NULL : rt__bool(!truth);
        goto unary;
    }
unary:
    if (rt_unlikely(result == NULL)) goto error;
    finish(t, R, word, result, false);
    NEXT();

    // ---- comparisons

    COMPARE(LT, <)
    COMPARE(LE, <=)
    COMPARE(EQ, ==)
    COMPARE(NE, !=)
    COMPARE(GT, >)
    COMPARE(GE, >=)
    CASE(IS)
    {
        finish(t, R, word, rt__bool(RB == RC), true);
        NEXT();
    }
    CASE(ISNOT)
    {
        finish(t, R, word, rt__bool(RB != RC), true);
        NEXT();
    }
    CASE(IN)
    {
        int found = rt__contains(t, RC, RB);
        if (rt_unlikely(found < 0)) goto error;
        finish(t, R, word, rt__bool(found), true);
        NEXT();
    }
    CASE(NOTIN)
    {
        int found = rt__contains(t, RC, RB);
        if (rt_unlikely(found < 0)) goto error;
        finish(t, R, word, rt__bool(!found), true);
        NEXT();
    }
    CASE(MATCHEXC)
    {
        if (!is_exception(t, RB)) goto error;
        int found = rt__exception_matches(t, RB, RC);
        if (found < 0) goto error;
        finish(t, R, word, rt__bool(found), true);
        NEXT();
    }

    // ---- jumps

    CASE(JUMP)
    {
        ip += (int32_t)word >> 8;
        NEXT();
    }
    CASE(LOOP)
    {
        if (wants_service(t) && !serve(t)) goto error;
        ip += (int32_t)word >> 8;
        NEXT();
    }
    CASE(JTRUE)
    {
        RtObject *value = RA;
        int truth = value == rt__bool(true)    ? 1
                    : value == rt__bool(false) ? 0
                                              : rt__truth(t, value);
        if (rt_unlikely(truth < 0)) goto error;
        if (A_LAST) empty(t, &RA);
        if (truth) ip += (int16_t)BX;
        NEXT();
    }
    CASE(JFALSE)
    {
        RtObject *value = RA;
        int truth = value == rt__bool(true)    ? 1
                    : value == rt__bool(false) ? 0
                                              : rt__truth(t, value);
        if (rt_unlikely(truth < 0)) goto error;
        if (A_LAST) empty(t, &RA);
        if (!truth) ip += (int16_t)BX;
        NEXT();
    }
    JUMP_COMPARE(LT, <)
    JUMP_COMPARE(LE, <=)
    JUMP_COMPARE(EQ, ==)
    JUMP_COMPARE(NE, !=)
    JUMP_COMPARE(GT, >)
    JUMP_COMPARE(GE, >=)
    CASE(JIS)
    {
        int32_t offset = (int32_t)*ip++;
        bool same = RA == RB;
        if (A_LAST) empty(t, &RA);
        if (B_LAST) empty(t, &RB);
        if (same) ip += offset;
        NEXT();
    }
    CASE(JISNOT)
    {
        int32_t offset = (int32_t)*ip++;
        bool same = RA == RB;
        if (A_LAST) empty(t, &RA);
        if (B_LAST) empty(t, &RB);
        if (!same) ip += offset;
        NEXT();
    }

    // ---- iteration

    CASE(ITER)
    {
        RtObject *iterator = rt__iter(t, RB);
        if (rt_unlikely(iterator == NULL)) goto error;
        finish(t, R, word, iterator, false);
        NEXT();
    }
    CASE(FORITER)
    {
        int32_t offset = (int32_t)*ip++;
        RtObject *iterator = RB;
        if (iterator->type == &rt__range_iterator_type) {
            RtRangeIterator *range = (RtRangeIterator *)iterator;
            int64_t left = rt_atomic_load_relaxed(&range->left);
            if (rt_likely(left > 0)) {
                int64_t value = rt_atomic_load_relaxed(&range->next);
                rt_atomic_store_relaxed(&range->left, left - 1);
                if (left > 1) rt_atomic_store_relaxed(&range->next, value + range->step);
                if (rt_unlikely(!finish_int(t, R, word & ~(RT_LAST_USE << 16), value * 4, false)))
                    goto error;
                NEXT();
            }
        } else {
            RtObject *item = rt__next(t, iterator);
            if (rt_likely(item != NULL)) {
                set(t, &RA, item);
                NEXT();
            }
            if (rt_unlikely(rt_error_kind(t) != RT_ERROR_NONE)) goto error;
        }
        empty(t, &RB);
        ip += offset;
        NEXT();
    }

    // ---- building

    CASE(LIST)
    {
        result = build_list(t, &R[B], C);
        goto built;
    }
    CASE(TUPLE)
    {
        result = build_tuple(t, &R[B], C);
        goto built;
    }
    CASE(SET)
    {
        result = build_set(t, &R[B], C);
        goto built;
    }
    CASE(DICT)
    {
        result = build_dict(t, &R[B], C);
        goto built;
    }
    CASE(STRING)
    {
        result = rt__build_string(t, &R[B], C);
        if (rt_likely(result != NULL)) drop_registers(t, &R[B], C);
        goto built;
    }
built:
    if (rt_unlikely(result == NULL)) goto error;
    set(t, &RA, result);
    NEXT();
    CASE(LISTADD)
    {
        bool good = RA->type == &rt__list_type ? rt_list_append(t, RA, RB) : wrong_container(t);
        if (rt_unlikely(!good)) goto error;
        if (B_LAST) empty(t, &RB);
        NEXT();
    }
    CASE(SETADD)
    {
        bool good = RA->type == &rt__set_type ? rt__set_add(t, RA, RB) : wrong_container(t);
        if (rt_unlikely(!good)) goto error;
        if (B_LAST) empty(t, &RB);
        NEXT();
    }
    CASE(DICTADD)
    {
        bool good = RA->type == &rt__dict_type ? rt__set_item(t, RA, RB, RC) : wrong_container(t);
        if (rt_unlikely(!good)) goto error;
        if (C_LAST) empty(t, &RC);
        if (B_LAST) empty(t, &RB);
        NEXT();
    }
    CASE(UNPACK)
    {
        RtObject *iterable = own(t, &RB, B_LAST);
        if (!unpack(t, R, iterable, A, C, 0, false)) goto error;
        NEXT();
    }
    CASE(UNPACKEX)
    {
        uint32_t after = *ip++;
        RtObject *iterable = own(t, &RB, B_LAST);
        if (!unpack(t, R, iterable, A, C, after, true)) goto error;
        NEXT();
    }
    CASE(FORMAT)
    {
        uint32_t conversion = *ip++;
        bool has_spec = C != RT_NO_REGISTER;
        result = rt__format_value(t, RB, has_spec ? RC : NULL, conversion);
        if (rt_unlikely(result == NULL)) goto error;
        finish(t, R, word, result, has_spec);
        NEXT();
    }

    // ---- calls

    CASE(CALL)
    {
        callee = R[B];
        window = &R[B + 1];
        count = C;
        if (rt_likely(callee->type == &rt__function_type)) {
            R[B] = NULL;
            goto call_function;
        }
        if (callee->type == &rt__type_type) {
            RtObject *init = begin_construct(t, callee, &self);
            if (init != NULL) {
                callee = init;
                R[B] = self; // a class is immortal: its reference counts for nothing
                window = &R[B];
                count++;
                goto call_init;
            }
        }
        kwnames = NULL;
        goto call_object;
    }
    CASE(CALLKW)
    {
        kwnames = NAME(*ip);
        ip++;
        callee = R[B];
        window = &R[B + 1];
        count = C;
        if (callee->type != &rt__function_type) goto call_object;
        R[B] = NULL;
        goto call_keywords;
    }
    CASE(CALLM)
    {
        uint32_t extra = *ip++;
        RtCache *cache = CACHE(extra);
        RtObject *object = R[B];
        bool with_self = true;
        if (rt_likely(cache->type == object->type && cache->kind == RT_CACHE_METHOD &&
                      cache->epoch == rt_atomic_load_relaxed(&shared->epoch) &&
                      rt__slot_peek(&((RtRecord *)object)->dict) == NULL)) {
            callee = cache->object;
        } else if (cache->type == object->type && cache->kind == RT_CACHE_BUILTIN) {
            const RtBuiltin *builtin = (const RtBuiltin *)(const void *)cache->object;
            if (!rt__builtin_accepts(t, builtin, (size_t)C + 1, NULL)) goto error;
            result = builtin->function(t, &R[B], (size_t)C + 1, NULL);
            if (rt_unlikely(result == NULL)) goto error;
            drop_registers(t, &R[B], (size_t)C + 1);
            set(t, &RA, result);
            NEXT();
        } else {
            callee = rt__load_method(t, object, NAME(extra), cache, &with_self);
            if (rt_unlikely(callee == NULL)) goto error;
        }
        window = &R[B + !with_self];
        count = (size_t)C + with_self;
        if (!with_self) empty(t, &R[B]);
        kwnames = NULL;
        if (rt_likely(callee->type == &rt__function_type)) goto call_function;
        goto call_other_steal;
    }
    CASE(CALLMKW)
    {
        uint32_t extra = *ip++;
        kwnames = NAME(*ip);
        ip++;
        bool with_self = true;
        callee = rt__load_method(t, R[B], NAME(extra), CACHE(extra), &with_self);
        if (rt_unlikely(callee == NULL)) goto error;
        window = &R[B + !with_self];
        count = (size_t)C + with_self;
        if (!with_self) empty(t, &R[B]);
        if (rt_likely(callee->type == &rt__function_type)) goto call_keywords;
        goto call_other_steal;
    }

    // The callee stays in its register meanwhile.
call_object:
    result = call_other(t, callee, window, count, kwnames);
    if (rt_unlikely(result == NULL)) goto error;
    drop_registers(t, window - 1, count + 1);
    set(t, &RA, result);
    NEXT();

    // The callee is ours.
call_other_steal:
    result = call_other(t, callee, window, count, kwnames);
    drop(t, callee);
    if (rt_unlikely(result == NULL)) goto error;
    drop_registers(t, window, count);
    set(t, &RA, result);
    NEXT();

    // A function of the program, which is ours, and becomes the frame's.
call_keywords:
    if (!rt__function_bind_keywords(t, rt__function_of(callee), window, count, kwnames))
        goto bind_failed;
    count = rt__function_of(callee)->code->arg_count;
call_function: {
    const RtCode *code = ((RtFunction *)callee)->code;
    if (rt_unlikely(count != code->arg_count) &&
        !rt__function_bind(t, (RtFunction *)callee, window, count))
        goto bind_failed;
    frame->ip = ip;
    RtFrame *next = frame + 1;
    if (rt_unlikely(next >= vm->frame_limit)) {
        rt__frame_push(t, vm, code, callee, window);
        goto error;
    }
    next->code = code;
    next->function = callee;
    next->ip = code->words;
    next->registers = window;
    next->constructed = NULL;
    next->handled = vm->handled_count;
    next->destination = (uint8_t)A;
    next->flags = 0;
    vm->frame = next;
    ENTER(next);
    if (wants_service(t) && !serve(t)) goto error_at_entry;
    NEXT();
}

call_init:
    if (rt_unlikely(count != ((RtFunction *)callee)->code->arg_count) &&
        !rt__function_bind(t, (RtFunction *)callee, window, count))
        goto bind_failed;
    frame->ip = ip;
    if (rt_unlikely(!rt__frame_push(t, vm, ((RtFunction *)callee)->code, callee, window)))
        goto error;
    vm->frame->constructed = rt_new_ref(t, self);
    vm->frame->destination = (uint8_t)A;
    vm->frame->flags = RT_FRAME_CONSTRUCT;
    ENTER(vm->frame);
    if (wants_service(t) && !serve(t)) goto error_at_entry;
    NEXT();

bind_failed:
    // Arguments may stand in places of parameters beyond those that were given.
    if (count < ((RtFunction *)callee)->code->arg_count)
        count = ((RtFunction *)callee)->code->arg_count;
    drop_registers(t, window, count);
    drop(t, callee);
    goto error;

    CASE(RETURN)
    {
        result = own(t, &RA, true);
        goto leave;
    }
    CASE(RETURNK)
    {
        result = K[BX];
        goto leave;
    }
leave: {
    RtObject **end = R + frame->code->reg_count;
    for (RtObject **reg = R; reg < end; reg++) {
        if (*reg != NULL) empty(t, reg);
    }
    drop_null(t, frame->function);
    if (rt_unlikely(vm->handled_count > frame->handled))
        rt__exception_leave_handlers(t, frame->handled);
    RtFrame *left = frame;
    vm->frame = frame - 1;
    if (rt_unlikely(left->flags != 0)) {
        if (left->flags & RT_FRAME_CONSTRUCT) result = constructed(t, left, result);
        if (left->flags & RT_FRAME_ENTRY) {
            vm->nesting--;
            return result;
        }
        if (rt_unlikely(result == NULL)) {
            ENTER(frame - 1);
            goto error;
        }
    }
    ENTER(frame - 1);
    set(t, &R[left->destination], result);
    NEXT();
}

    // ---- functions and classes

    CASE(FUNCTION)
    {
        RtObject *code = NAME(*ip);
        ip++;
        RtObject *defaults = B != RT_NO_REGISTER ? RB : NULL;
        RtObject *closure = C != RT_NO_REGISTER ? RC : NULL;
        result = rt__function_make(t, code, defaults, closure);
        if (rt_unlikely(result == NULL)) goto error;
        if (defaults != NULL && B_LAST) empty(t, &RB);
        if (closure != NULL && C_LAST) empty(t, &RC);
        set(t, &RA, result);
        NEXT();
    }
    CASE(CLASS)
    {
        frame->ip = ip;
        result = rt__build_class(t, &R[B], C);
        if (result == NULL) goto error;
        drop_registers(t, &R[B], (size_t)C + 2);
        set(t, &RA, result);
        NEXT();
    }
    CASE(IMPORT)
    {
        uint32_t extra = *ip++;
        result = rt__import(t, NAME(extra));
        goto built;
    }
    CASE(IMPORTFROM)
    {
        uint32_t extra = *ip++;
        result = rt__import_from(t, RB, NAME(extra));
        if (result == NULL) goto error;
        finish(t, R, word, result, false);
        NEXT();
    }

    // ---- exceptions

    CASE(RAISE)
    {
        rt__raise_from(t, RA, B != RT_NO_REGISTER ? RB : NULL);
        goto error;
    }
    CASE(RERAISE)
    {
        if (!is_exception(t, RA)) goto error;
        result = own(t, &RA, true);
        goto unwind;
    }
    CASE(ENTERHANDLER)
    {
        if (!is_exception(t, RA) || !rt__exception_enter_handler(t, RA)) goto error;
        NEXT();
    }
    CASE(LEAVEHANDLER)
    {
        if (vm->handled_count > frame->handled)
            rt__exception_leave_handlers(t, vm->handled_count - 1);
        NEXT();
    }
    CASE(RAISECURRENT)
    {
        rt__raise_again(t);
        goto error;
    }
    CASE(ASSERTFAIL)
    {
        fail_assertion(t, A != RT_NO_REGISTER ? RA : NULL);
        goto error;
    }

    // ---- with

    CASE(WITHENTER)
    {
        result = rt__with_enter(t, RB);
        goto built;
    }
    CASE(WITHEXIT)
    {
        int swallows = rt__with_exit(t, RB, C != RT_NO_REGISTER ? RC : NULL);
        if (swallows < 0) goto error;
        finish(t, R, word, rt__bool(swallows), C != RT_NO_REGISTER);
        NEXT();
    }

error_at_entry:
    ip++; // as if in the first instruction
error:
    result = rt__exception_take(t);
    rt__exception_add_line(t, result, frame->code, line_at(frame->code, ip));
unwind:
    for (;;) {
        const RtHandler *handler =
            find_handler(frame->code, (uint32_t)(ip - frame->code->words));
        if (handler != NULL) {
            drop_registers(t, &R[handler->reg], frame->code->reg_count - handler->reg);
            R[handler->reg] = result;
            ip = frame->code->words + handler->target;
            NEXT();
        }
        uint8_t flags = frame->flags;
        leave_frame(t, vm, frame);
        if (flags & RT_FRAME_ENTRY) {
            vm->nesting--;
            rt__exception_restore_steal(t, result);
            return NULL;
        }
        ENTER(vm->frame);
        rt__exception_add_line(t, result, frame->code, line_at(frame->code, ip));
    }
}
