// slots.h: what Python's operators, calls and attribute accesses do to a type's objects.
//
// RtType says what the runtime itself needs of a type; this is what the interpreter and the
// modules need. A type without slots, or with NULL in one, cannot do that: the interpreter says so
// in CPython's words (vm/).
//
// Unless it says otherwise, a slot borrows its arguments, returns a new reference or NULL with
// an error, and takes the critical sections it needs itself.
#ifndef RT_OBJECT_SLOTS_H
#define RT_OBJECT_SLOTS_H

#include "object/object.h"

// ------------------------------------------------------------------ native functions

// `args`: positional arguments first, then the values of the keywords, whose names are in
// `kwnames`, a tuple of str, or NULL. `count` counts the positional ones. A method's object is
// args[0], and counted. All are borrowed.
typedef RtObject *(*RtNative)(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames);

// A native function or method as an object. Static constants: immortal.
typedef struct RtBuiltin {
    RtObject base;
    // As errors print it: "len", "list.append"; the name itself is the end. A method without its
    // type's name checks what it is called on.
    const char *name;
    RtNative function;
    uint8_t least;    // positional arguments, a method's object not counted
    uint8_t most;     // RT_ANY_COUNT: no limit
    bool is_method;
    bool takes_keywords;
} RtBuiltin;

#define RT_ANY_COUNT 255
#define RT_STATIC_OBJECT(of) {.ref = RT_REF_IMMORTAL, .type = (of)}

// Rows of a table; RT_BUILTIN_END ends it.
#define RT_FUNCTION(text, f, from, to)                                                           \
    {RT_STATIC_OBJECT(&rt__builtin_type), text, f, from, to, false, false}
#define RT_FUNCTION_KW(text, f, from, to)                                                        \
    {RT_STATIC_OBJECT(&rt__builtin_type), text, f, from, to, false, true}
#define RT_METHOD(text, f, from, to)                                                             \
    {RT_STATIC_OBJECT(&rt__builtin_type), text, f, from, to, true, false}
#define RT_METHOD_KW(text, f, from, to)                                                          \
    {RT_STATIC_OBJECT(&rt__builtin_type), text, f, from, to, true, true}
#define RT_BUILTIN_END {.name = NULL}

// ------------------------------------------------------------------ operators

typedef enum RtBinary {
    RT_BINARY_ADD,
    RT_BINARY_SUB,
    RT_BINARY_MUL,
    RT_BINARY_TRUEDIV,
    RT_BINARY_FLOORDIV,
    RT_BINARY_MOD,
    RT_BINARY_POW,
    RT_BINARY_LSHIFT,
    RT_BINARY_RSHIFT,
    RT_BINARY_AND,
    RT_BINARY_OR,
    RT_BINARY_XOR,
    RT_BINARY_COUNT,
} RtBinary;

typedef enum RtUnary { RT_UNARY_NEG, RT_UNARY_POS, RT_UNARY_INVERT } RtUnary;

typedef enum RtCompare {
    RT_COMPARE_LT,
    RT_COMPARE_LE,
    RT_COMPARE_EQ,
    RT_COMPARE_NE,
    RT_COMPARE_GT,
    RT_COMPARE_GE,
} RtCompare;

// What a comparison says of operands in an order: negative, zero or positive.
static inline bool rt__order_is(int order, RtCompare op)
{
    switch (op) {
    case RT_COMPARE_LT: return order < 0;
    case RT_COMPARE_LE: return order <= 0;
    case RT_COMPARE_EQ: return order == 0;
    case RT_COMPARE_NE: return order != 0;
    case RT_COMPARE_GT: return order > 0;
    default: return order >= 0;
    }
}

struct RtSlots {
    // The object is called. NULL: not callable.
    RtObject *(*call)(RtThread *t, RtObject *callee, RtObject *const *args, size_t count,
                      RtObject *kwnames);
    // The type is called: int("3"). NULL: its objects cannot be made so.
    RtObject *(*construct)(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames);

    // Attributes that are not in `methods`; `name` is interned. NULL without an error: there is
    // none.
    RtObject *(*get_attr)(RtThread *t, RtObject *object, RtObject *name);
    // `value` NULL: deletes it. 1: done; 0 without an error: there is no such attribute; -1.
    int (*set_attr)(RtThread *t, RtObject *object, RtObject *name, RtObject *value);

    RtObject *(*get_item)(RtThread *t, RtObject *object, RtObject *key);
    bool (*set_item)(RtThread *t, RtObject *object, RtObject *key, RtObject *value);
    bool (*del_item)(RtThread *t, RtObject *object, RtObject *key);
    int (*contains)(RtThread *t, RtObject *object, RtObject *item); // 1, 0, -1. NULL: by iterating
    int64_t (*length)(RtThread *t, RtObject *object);               // -1 with an error
    int (*truth)(RtThread *t, RtObject *object); // 1, 0, -1. NULL: by length, else true

    RtObject *(*iter)(RtThread *t, RtObject *object);
    RtObject *(*next)(RtThread *t, RtObject *iterator); // NULL without an error: the end

    // `a`'s type is asked first, then `b`'s, if it is another; the one that does not know the
    // combination returns rt_not_implemented(). `compare` NULL: == and != by rt_object_equal.
    RtObject *(*binary)(RtThread *t, RtBinary op, RtObject *a, RtObject *b);
    RtObject *(*binary_in_place)(RtThread *t, RtBinary op, RtObject *a, RtObject *b);
    RtObject *(*unary)(RtThread *t, RtUnary op, RtObject *object);
    RtObject *(*compare)(RtThread *t, RtCompare op, RtObject *a, RtObject *b);

    RtObject *(*str)(RtThread *t, RtObject *object); // NULL: as repr
    RtObject *(*format)(RtThread *t, RtObject *object, RtObject *spec); // NULL: str, if spec is ""

    const RtBuiltin *methods; // or NULL
};

// What the builtin types have (builtins/).
#pragma GCC visibility push(hidden)
extern const RtSlots rt__bool_slots;
extern const RtSlots rt__int_slots;
extern const RtSlots rt__float_slots;
extern const RtSlots rt__str_slots;
extern const RtSlots rt__bytes_slots;
extern const RtSlots rt__tuple_slots;
extern const RtSlots rt__list_slots;
extern const RtSlots rt__dict_slots;
extern const RtSlots rt__set_slots;
extern const RtSlots rt__weakref_slots; // modules/weakref.c
#pragma GCC visibility pop

// Immortal, as None.
RtObject *rt_not_implemented(void);
RtObject *rt__ellipsis(void);

#endif
