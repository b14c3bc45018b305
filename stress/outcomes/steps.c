// steps.c: tokens, names, and checks.
#include "steps.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_TOKEN 1000 // beyond the cached ints
#define TOKENS      100

// A racing actor has nobody to report to: what must not fail and does is a crash.
RtObject *must(RtObject *object)
{
    if (object == NULL) abort();
    return object;
}

void must_do(bool done)
{
    if (!done) abort();
}

// ---------------------------------------------------------------- names

static RtObject *name(RtThread *t, const char *text)
{
    return must(rt_str_intern(t, text, strlen(text)));
}

void names_make(RtThread *t, Names *names)
{
    static const char *const keys[] = {"red",  "orange", "yellow", "green",
                                       "cyan", "blue",   "violet", "grey"};
    names->value = name(t, "value");
    names->ready = name(t, "ready");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        names->keys[i] = name(t, keys[i]);
}

void names_drop(RtThread *t, Names *names)
{
    rt_decref(t, names->value);
    rt_decref(t, names->ready);
    for (size_t i = 0; i < sizeof names->keys / sizeof *names->keys; i++)
        rt_decref(t, names->keys[i]);
}

// ---------------------------------------------------------------- tokens

RtObject *token(RtThread *t, int64_t what)
{
    return must(rt_int_new(t, FIRST_TOKEN + what));
}

int64_t take_token(RtThread *t, RtObject *object)
{
    if (object == NULL) {
        rt_error_clear(t);
        return ABSENT;
    }
    int64_t what = rt_int_check(object) ? rt_int_value(object) - FIRST_TOKEN : BAD;
    rt_decref(t, object);
    return what >= 0 && what < TOKENS ? what : BAD;
}

RtObject *token_list(RtThread *t, const int64_t *tokens, size_t count)
{
    RtObject *list = must(rt_list_new(t, 0));
    for (size_t i = 0; i < count; i++)
        append_token(t, list, tokens[i]);
    return list;
}

void append_token(RtThread *t, RtObject *list, int64_t what)
{
    RtObject *item = token(t, what);
    must_do(rt_list_append(t, list, item));
    rt_decref(t, item);
}

void put_token(RtThread *t, RtObject *dict, RtObject *key, int64_t what)
{
    RtObject *value = token(t, what);
    must_do(rt_dict_set(t, dict, key, value));
    rt_decref(t, value);
}

int64_t list_digits(RtThread *t, RtObject *list)
{
    int64_t digits = 0;
    size_t size = rt_list_size(t, list);
    for (size_t i = 0; i < size; i++) {
        int64_t what = take_token(t, rt_list_get(t, list, i));
        if (what < 0 || what > 9 || i > 15) return BAD;
        digits = digits * 10 + what;
    }
    return digits;
}
