// tokens.c: a fixed set of tokens passed about between queues and threads: none is lost,
// none is there twice.
#include "torture.h"

#include <stdlib.h>
#include <string.h>

#define TOKENS 96
#define QUEUES 3
#define HELD   4

typedef struct Tokens {
    RtObject *queues[QUEUES];
} Tokens;

typedef struct Hold {
    RtObject *tokens[HELD];
    unsigned count;
} Hold;

static void set_up(RtThread *t, Field *field)
{
    Tokens *tokens = calloc(1, sizeof *tokens);
    field->shared[SUBJECT_TOKENS] = tokens;
    for (unsigned i = 0; i < QUEUES; i++)
        tokens->queues[i] = torture_must(t, rt_list_new(t, 0));
    for (int64_t i = 0; i < TOKENS; i++) {
        RtObject *token = torture_must(t, rt_tuple_new(t, 1));
        rt_tuple_set_steal(token, 0, torture_int(t, i));
        torture_done(t, rt_list_append(t, tokens->queues[i % QUEUES], token));
        rt_decref(t, token);
    }
}

static void begin(Worker *worker)
{
    worker->own[SUBJECT_TOKENS] = calloc(1, sizeof(Hold));
}

static RtObject *pop(RtThread *t, RtObject *queue)
{
    RtObject *token = rt_list_pop(t, queue);
    if (token != NULL) return token;
    TORTURE_REQUIRE("tokens", rt_error_kind(t) == RT_ERROR_INDEX, "an odd error from pop");
    rt_error_clear(t);
    return NULL;
}

// Under a section on both queues their sizes change by this thread's hand only.
static void move(RtThread *t, RtObject *from, RtObject *to)
{
    RtSection section;
    rt_lock_objects(t, &section, from, to);
    size_t before = rt_list_size(t, from) + rt_list_size(t, to);
    RtObject *token = pop(t, from);
    if (token != NULL) torture_done(t, rt_list_append(t, to, token));
    size_t after = rt_list_size(t, from) + rt_list_size(t, to);
    rt_unlock_objects(t, &section);
    TORTURE_REQUIRE("tokens", before == after, "a queue changed inside its section");
    rt_decref_null(t, token);
}

static void step(Worker *worker)
{
    RtThread *t = worker->t;
    Tokens *tokens = worker->field->shared[SUBJECT_TOKENS];
    Hold *held = worker->own[SUBJECT_TOKENS];
    RtObject *queue = tokens->queues[torture_draw(worker, QUEUES)];
    uint64_t draw = torture_draw(worker, 3);
    if (draw == 0) {
        move(t, queue, tokens->queues[torture_draw(worker, QUEUES)]);
    } else if (draw == 1 && held->count < HELD) {
        RtObject *token = pop(t, queue);
        if (token != NULL) held->tokens[held->count++] = token;
    } else if (held->count > 0) {
        RtObject *token = held->tokens[--held->count];
        torture_done(t, rt_list_append(t, queue, token));
        rt_decref(t, token);
    }
}

static void settle(Worker *worker)
{
    Tokens *tokens = worker->field->shared[SUBJECT_TOKENS];
    Hold *held = worker->own[SUBJECT_TOKENS];
    while (held->count > 0) {
        RtObject *token = held->tokens[--held->count];
        torture_done(worker->t, rt_list_append(worker->t, tokens->queues[0], token));
        rt_decref(worker->t, token);
    }
    free(held);
}

static void drain(RtThread *t, RtObject *queue, bool *seen)
{
    RtObject *token;
    while ((token = pop(t, queue)) != NULL) {
        RtObject *number = torture_must(t, rt_tuple_get(t, token, 0));
        int64_t which = rt_int_value(number);
        TORTURE_REQUIRE("tokens", which >= 0 && which < TOKENS, "a token has another number");
        TORTURE_REQUIRE("tokens", !seen[which], "a token is there twice");
        seen[which] = true;
        rt_decref(t, number);
        rt_decref(t, token);
    }
}

static void verify(RtThread *t, Field *field)
{
    Tokens *tokens = field->shared[SUBJECT_TOKENS];
    bool seen[TOKENS] = {false};
    for (unsigned i = 0; i < QUEUES; i++) {
        drain(t, tokens->queues[i], seen);
        rt_decref(t, tokens->queues[i]);
    }
    TORTURE_REQUIRE("tokens", memchr(seen, false, sizeof seen) == NULL, "a token is lost");
    free(tokens);
}

const Subject torture_tokens = {"tokens", 15, set_up, begin, step, settle, verify};
