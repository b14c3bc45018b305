// tests_hidden.c: tests of this program: it must be able to say FORBIDDEN, CRASH and HANG.
#include "steps.h"

#include <stdlib.h>

static void do_nothing(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)actor, (void)instance, (void)seen;
}

static void crash(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)actor, (void)instance, (void)seen;
    abort();
}

static void hang(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)instance, (void)seen;
    for (;;)
        rt_blocking_sleep(actor->t, 1000000);
}

static unsigned judge_nothing(Actor *actor, Instance *instance)
{
    (void)actor, (void)instance;
    return 0;
}

#define ALWAYS                                                                                 \
    {                                                                                          \
        {                                                                                      \
            "always", "what always happens", EVERYWHERE(ACCEPTABLE)                            \
        }                                                                                      \
    }

const Test hidden_forbidden = {
    .name = "hidden_forbidden",
    .operation = "pass",
    .question = "Is what is forbidden everywhere called so?",
    .act = {do_nothing, do_nothing},
    .judge = judge_nothing,
    .outcomes = {{"always", "what always happens", EVERYWHERE(FORBIDDEN)}},
};
const Test hidden_crash = {
    .name = "hidden_crash",
    .operation = "os.abort()",
    .question = "Is a crash counted?",
    .act = {do_nothing, crash},
    .judge = judge_nothing,
    .outcomes = ALWAYS,
};
const Test hidden_hang = {
    .name = "hidden_hang",
    .operation = "while True: sleep",
    .question = "Is a hang noticed?",
    .act = {do_nothing, hang},
    .judge = judge_nothing,
    .outcomes = ALWAYS,
};
