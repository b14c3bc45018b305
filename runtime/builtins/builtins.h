// builtins.h: what the files of the builtin types share.
//
// Each file has a type's methods, and as its slots what operators do to it (object/slots.h); or
// builtin functions, in a table that functions.c enters into the module.
#ifndef RT_BUILTINS_BUILTINS_H
#define RT_BUILTINS_BUILTINS_H

#include "vm/native.h"

// A native function: the parameters as RtNative has them, to be used or not.
#define NATIVE(name)                                                                           \
    static RtObject *name(                                                                     \
        RtThread *t __attribute__((unused)), RtObject *const *args __attribute__((unused)),    \
        size_t count __attribute__((unused)), RtObject *kwnames __attribute__((unused)))

// ------------------------------------------------------------------ arguments

// Fills values[i] with the argument for names[i], given by place or by name; NULL if it was
// not. The names end with NULL, and an empty one goes by place only. False with a TypeError for
// a name that is not there or was given twice; too many by place were refused before.
bool rt__arguments(RtThread *t, const char *function, RtObject *const *args, size_t count,
                   RtObject *kwnames, const char *const *names, RtObject **values);

// For constructors, which no table row checks: at most so many arguments, and no keywords.
// False with a TypeError.
bool rt__accepts(RtThread *t, const char *type, size_t count, size_t most, RtObject *kwnames);

// A pair of bounds of an index or a search, as slices have them: from 0 and to `size` if not
// given or None, counted from the end if negative, and clipped. False with an error.
bool rt__bounds(RtThread *t, RtObject *from, RtObject *to, int64_t size, int64_t *first,
                int64_t *end);

// ------------------------------------------------------------------ sequences

// One of the operands of a multiplication is a sequence of `type`: finds it, and how often the
// other, an int or bool, says to repeat it. False with a TypeError; or without one, *sequence
// NULL, if it is for the other's class to say.
bool rt__repeat_operands(RtThread *t, const RtType *type, RtObject *a, RtObject *b,
                         RtObject **sequence, int64_t *times);
// 'can only concatenate list (not "int") to list', or NotImplemented if it is for b's class to
// say.
RtObject *rt__cannot_concatenate(RtThread *t, RtObject *a, RtObject *b);

// An item of a list or tuple: a new reference, or NULL without an error: the end.
typedef RtObject *(*RtItem)(RtThread *t, RtObject *sequence, size_t index);
RtObject *rt__sequence_compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b,
                               RtItem item);
// The index of the first item from `first` on that equals, -1: none, -2: an error.
int64_t rt__sequence_find(RtThread *t, RtObject *sequence, RtItem item, RtObject *wanted,
                          size_t first, size_t end);
RtObject *rt__sequence_count(RtThread *t, RtObject *sequence, RtItem item, RtObject *wanted);

// ------------------------------------------------------------------ what types offer each
// other

// Sorts a list, stably. `key` NULL or None: by the items themselves.
bool rt__list_sort(RtThread *t, RtObject *list, RtObject *key, bool reverse);
// a ** b for ints and floats; NULL with an error.
RtObject *rt__power(RtThread *t, RtObject *a, RtObject *b);
// A double rounded to an int, ties to even.
RtObject *rt__round_double(RtThread *t, double value);
// A set of what iterating gives.
RtObject *rt__set_of(RtThread *t, RtObject *iterable);
// A view of a dict: its keys, values or items.
typedef enum RtViewKind { RT_VIEW_KEYS, RT_VIEW_VALUES, RT_VIEW_ITEMS } RtViewKind;
RtObject *rt__dict_view(RtThread *t, RtObject *dict, RtViewKind kind);
RtObject *rt__dict_iterator(RtThread *t, RtObject *dict, RtViewKind kind);
// dict.update for a mapping or an iterable of pairs.
bool rt__dict_update(RtThread *t, RtObject *dict, RtObject *other);

// Functions and types for the module (functions.c); NULL ends the latter.
extern const RtBuiltin rt__number_functions[];
extern const RtType *const rt__iterator_types[];

#endif
