// steps.h: what the tests' operations are put together from.
#ifndef OUTCOMES_STEPS_H
#define OUTCOMES_STEPS_H

#include "outcomes.h"

// Interned strings, one life of a runtime long.
struct Names {
    RtObject *value, *ready; // attributes and keys that tests use
    RtObject *keys[8];       // more keys
};
void names_make(RtThread *t, Names *names);
void names_drop(RtThread *t, Names *names);

// Not NULL or not false: nothing here may fail, so a failure is a CRASH of the test.
RtObject *must(RtObject *object);
void must_do(bool done);

// Ints beyond the cached ones, so that each is an object with a count; `what` tells them apart.
RtObject *token(RtThread *t, int64_t what);
// Which token it is; drops the reference. BAD: no token at all; ABSENT: it was NULL (the error
// is cleared).
enum { ABSENT = -1, BAD = -2 };
int64_t take_token(RtThread *t, RtObject *object);

// A list of tokens.
RtObject *token_list(RtThread *t, const int64_t *tokens, size_t count);
// Appends, sets or puts a new token, and keeps no reference to it.
void append_token(RtThread *t, RtObject *list, int64_t what);
void put_token(RtThread *t, RtObject *dict, RtObject *key, int64_t what);

// The list's tokens as digits, most significant first: [1, 2, 3] is 123; BAD if any is bad.
int64_t list_digits(RtThread *t, RtObject *list);

#endif
