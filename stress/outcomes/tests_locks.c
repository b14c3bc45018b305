// tests_locks.c: two objects, locked by the one actor in the one order, by the other in the
// other.
#include "steps.h"

static void make_accounts(Actor *actor, Instance *instance)
{
    instance->shared[0] = token_list(actor->t, (const int64_t[]){50}, 1);
    instance->shared[1] = token_list(actor->t, (const int64_t[]){50}, 1);
}

static void change(RtThread *t, RtObject *account, int64_t by)
{
    RtObject *balance = token(t, take_token(t, rt_list_get(t, account, 0)) + by);
    must_do(rt_list_set(t, account, 0, balance));
    rt_decref(t, balance);
}

static int64_t balance(Actor *actor, RtObject *account)
{
    return take_token(actor->t, rt_list_get(actor->t, account, 0));
}

// ---------------------------------------------------------------- both at once

// The actors move different amounts in opposite directions.
static void transfer(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    RtObject *from = instance->shared[actor->index];
    RtObject *to = instance->shared[1 - actor->index];
    int64_t amount = actor->index + 1;
    RtSection section;
    rt_lock_objects(actor->t, &section, from, to);
    change(actor->t, from, -amount);
    change(actor->t, to, amount);
    rt_unlock_objects(actor->t, &section);
}

static unsigned judge_transfers(Actor *actor, Instance *instance)
{
    int64_t a = balance(actor, instance->shared[0]), b = balance(actor, instance->shared[1]);
    if (a < 0 || b < 0) return OUTCOME_OTHER;
    if (a == 51 && b == 49) return 0;
    return a + b == 100 ? 1 : 2;
}

const Test two_objects = {
    .name = "two_objects",
    .operation = "section(a, b): move 1 | section(b, a): move 2",
    .question = "Do transfers both ways between two accounts end, and keep the sum?",
    .make = make_accounts,
    .act = {transfer, transfer},
    .judge = judge_transfers,
    .outcomes = {{"51 + 49", "both transfers are done", EVERYWHERE(ACCEPTABLE)},
                 {"100", "the sum is kept, but a transfer is lost", FORBIDDEN_IF_SAFE},
                 {"not 100", "money was made or lost", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- nested

// Only the innermost section is sure to be held, so only its object is changed. With plain
// locks this would be the classic deadlock.
static void change_nested(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    RtSection outer, inner;
    rt_lock_object(actor->t, &outer, instance->shared[actor->index]);
    rt_lock_object(actor->t, &inner, instance->shared[1 - actor->index]);
    change(actor->t, instance->shared[1 - actor->index], 1);
    rt_unlock_object(actor->t, &inner);
    change(actor->t, instance->shared[actor->index], 1);
    rt_unlock_object(actor->t, &outer);
}

static unsigned judge_nested(Actor *actor, Instance *instance)
{
    int64_t a = balance(actor, instance->shared[0]), b = balance(actor, instance->shared[1]);
    if (a == 52 && b == 52) return 0;
    return a > 50 && a <= 52 && b > 50 && b <= 52 ? 1 : OUTCOME_OTHER;
}

const Test two_objects_nested = {
    .name = "two_objects_nested",
    .operation = "section(a): section(b): ... | section(b): section(a): ...",
    .question = "Do sections nested in opposite orders end, and exclude?",
    .make = make_accounts,
    .act = {change_nested, change_nested},
    .judge = judge_nested,
    .outcomes = {{"52, 52", "all four increments count", EVERYWHERE(ACCEPTABLE)},
                 {"lost", "an increment is lost", FORBIDDEN_IF_SAFE}},
};
