// native.h: what native functions, types and modules may ask of the interpreter.
//
// How to write one: a static function of type RtNative, a row in a table of RtBuiltin
// (object/slots.h), and the table as the `methods` of a type's slots, or given to
// rt__module_add_builtins. The number of positional arguments was checked against the row when
// the function is called, and that there are no keywords if the row takes none.
//
// As in rt.h: new references are returned, arguments are borrowed, NULL, false and -1 say that
// there is an error in the thread. The interpreter takes errors of any kind (rt_error_set,
// rt__error_format, rt__error_set_value) and makes exceptions of them.
#ifndef RT_VM_NATIVE_H
#define RT_VM_NATIVE_H

#include "object/error.h"
#include "object/slots.h"
#include "object/types.h"
#include "rt_inline.h"

// ------------------------------------------------------------------ arguments

// The value of keyword `name`, or NULL if it was not given. `args` and `count` as the function
// got them.
RtObject *rt__keyword_borrowed(RtObject *const *args, size_t count, RtObject *kwnames,
                               const char *name);
// False with a TypeError if a keyword is given that is not in the list, which NULL ends.
bool rt__keywords_known(RtThread *t, const char *function, RtObject *kwnames,
                        const char *const *names);

// Whether it is an int or a bool.
bool rt__is_int(const RtObject *object);
// An int or bool as an int; a new reference.
RtObject *rt__plain_int(RtThread *t, RtObject *number);
// The int that an object is or, by its __index__, stands for. NULL with a TypeError.
RtObject *rt__index(RtThread *t, RtObject *object);
// The same as a number; OverflowError beyond 62 bits.
bool rt__as_int(RtThread *t, RtObject *object, int64_t *value);
// The same of a subscript: `words` is what a TypeError says, with %s for the key's type; an int
// that is too large is an IndexError.
bool rt__as_index(RtThread *t, RtObject *key, const char *words, int64_t *index);
// Floats, ints and bools, and what its __float__ or __index__ makes of an object; TypeError for
// others.
bool rt__as_double(RtThread *t, RtObject *object, double *value);

// ------------------------------------------------------------------ operations on any object

RtObject *rt__call(RtThread *t, RtObject *callee, RtObject *const *args, size_t count,
                   RtObject *kwnames);
// object.name(args): args[0] is the object, counted.
RtObject *rt__call_method(RtThread *t, RtObject *name, RtObject *const *args, size_t count);

RtObject *rt__get_attr(RtThread *t, RtObject *object, RtObject *name); // name: a str
bool rt__set_attr(RtThread *t, RtObject *object, RtObject *name, RtObject *value); // NULL: del
// 1 and the attribute, 0 if there is none, -1.
int rt__find_attr(RtThread *t, RtObject *object, RtObject *name, RtObject **value);

RtObject *rt__get_item(RtThread *t, RtObject *object, RtObject *key);
bool rt__set_item(RtThread *t, RtObject *object, RtObject *key, RtObject *value);
bool rt__del_item(RtThread *t, RtObject *object, RtObject *key);
int64_t rt__length(RtThread *t, RtObject *object);                     // TypeError: has no len()
int rt__truth(RtThread *t, RtObject *object);                          // 1, 0, -1
int rt__contains(RtThread *t, RtObject *object, RtObject *item);       // 1, 0, -1
RtObject *rt__iter(RtThread *t, RtObject *object);
RtObject *rt__next(RtThread *t, RtObject *iterator); // NULL without an error: the end
RtObject *rt__str(RtThread *t, RtObject *object);
RtObject *rt__binary(RtThread *t, RtBinary op, RtObject *a, RtObject *b);
RtObject *rt__binary_in_place(RtThread *t, RtBinary op, RtObject *a, RtObject *b);
RtObject *rt__unary(RtThread *t, RtUnary op, RtObject *a);
RtObject *rt__compare(RtThread *t, RtCompare op, RtObject *a, RtObject *b);
int rt__compare_truth(RtThread *t, RtCompare op, RtObject *a, RtObject *b); // 1, 0, -1
RtObject *rt__format_object(RtThread *t, RtObject *object, RtObject *spec); // spec NULL: ""

// Whether `object` is an instance of `type`, or of one derived from it.
bool rt__is_instance(const RtObject *object, const RtType *type);
bool rt__is_subtype(const RtType *type, const RtType *of);

// A new list, or a tuple, of what iterating gives; a tuple itself.
RtObject *rt__list_of(RtThread *t, RtObject *iterable);
RtObject *rt__tuple_of(RtThread *t, RtObject *iterable);

// ------------------------------------------------------------------ errors

// The class of an error, as `except` names it. Immortal, borrowed.
RtObject *rt__error_class(RtThread *t, RtErrorKind kind);
// A class of exceptions derived from `parent`, immortal. Its name begins with its module's, as
// reports have it: "queue.Full".
RtObject *rt__exception_class_new(RtThread *t, const char *name, RtObject *parent);
// Raises an instance of a class, with a message or (NULL) without.
void rt__raise(RtThread *t, RtObject *exception_class, const char *message);
// The same with a class that every program has, by its name.
void rt__raise_named(RtThread *t, const char *class_name, const char *message);
// Raises the OSError that an errno means.
void rt__raise_os(RtThread *t, int error);
// Whether the pending error is of the class derived from OSError that an errno means.
bool rt__error_is_os(RtThread *t, int error);
// Whether the pending error is of this class, so that the caller may clear it.
bool rt__error_is(RtThread *t, RtObject *exception_class);

// The pending error becomes an exception object, which is handed over; the error is cleared.
RtObject *rt__exception_take(RtThread *t);
// It is pending again. Takes the reference over.
void rt__exception_restore_steal(RtThread *t, RtObject *exception);

// Prints the pending error to standard error as CPython does, and clears it: at the end of a
// program, or (`thread` is its name) of a thread.
void rt__report_uncaught(RtThread *t, const char *thread);
// "Exception ignored in: ...", where nobody can be told: in __del__ and callbacks.
void rt__report_unraisable(RtThread *t, RtObject *where);

// ------------------------------------------------------------------ modules and the program

// Makes a module's attributes when it is first imported.
typedef bool (*RtModuleFill)(RtThread *t, RtObject *module);
// The program has ended, its globals are there still. Called whether or not it was imported.
// False: threads run that nobody waits for, so that nothing can be freed.
typedef bool (*RtModuleEnd)(RtThread *t);
typedef struct RtModuleRow {
    const char *name;
    RtModuleFill fill;
    RtModuleEnd end; // or NULL
} RtModuleRow;
// Every module that a program can import (modules/modules.c); a NULL name ends it.
extern const RtModuleRow rt__modules[];
bool rt__module_set(RtThread *t, RtObject *module, const char *name, RtObject *value);
bool rt__module_set_steal(RtThread *t, RtObject *module, const char *name, RtObject *value);
bool rt__module_add_builtins(RtThread *t, RtObject *module, const RtBuiltin *table);

// False, with KeyboardInterrupt, if Ctrl-C was pressed since the last time: it comes to the
// thread that runs the program. For what waits; the eval loop asks at its polls.
bool rt__serve_interrupt(RtThread *t);

// Standard output, buffered. Any attached thread; detached while it writes to the system.
bool rt__output_write(RtThread *t, const char *bytes, size_t size);
bool rt__output_flush(RtThread *t);

#endif
