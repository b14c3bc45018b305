// keys.c: each worker's own keys, in a dict that all share and in one of its own, against a
// model: an array of what each key must have.
//
// Others insert, delete and resize around them, so an entry that is lost, doubled or moved
// wrongly shows at once. Keys are made afresh for every call: found by value, not identity.
#include "torture.h"

#include <stdio.h>
#include <stdlib.h>

#define KEYS 48

typedef struct Model {
    RtObject *dict;
    bool is_private;
    size_t present;
    int64_t values[KEYS]; // 0: absent
} Model;

static RtObject *pair_key(RtThread *t, int64_t worker, int64_t key)
{
    RtObject *pair = torture_must(t, rt_tuple_new(t, 2));
    rt_tuple_set_steal(pair, 0, torture_int(t, worker));
    rt_tuple_set_steal(pair, 1, torture_int(t, key));
    return pair;
}

static RtObject *key_of(RtThread *t, unsigned worker, unsigned key)
{
    char bytes[40];
    switch (key % 4) {
    case 0:
        return torture_int(t, (int64_t)worker * 100000 + key + 1000);
    case 1:
        return torture_must(t, rt_float_new(t, worker + (key + 1) / 128.0));
    case 2: {
        int size = snprintf(bytes, sizeof bytes, "worker %u, key %u", worker, key);
        return torture_must(t, rt_str_new(t, bytes, (size_t)size));
    }
    default:
        return pair_key(t, worker, key);
    }
}

// ------------------------------------------------------------------ operations

static void require_value(RtThread *t, RtObject *found, int64_t expected)
{
    TORTURE_REQUIRE("keys", (found != NULL) == (expected != 0),
                    expected != 0 ? "an own key is gone" : "a deleted key is back");
    if (found == NULL) {
        TORTURE_REQUIRE("keys", rt_error_kind(t) == RT_ERROR_KEY, "no KEY error");
        rt_error_clear(t);
        return;
    }
    TORTURE_REQUIRE("keys", rt_int_check(found) && rt_int_value(found) == expected,
                    "an own key has another value");
    rt_decref(t, found);
}

static void set(RtThread *t, Model *model, RtObject *key, int64_t *value, int64_t to)
{
    RtObject *object = torture_int(t, to);
    torture_done(t, rt_dict_set(t, model->dict, key, object));
    rt_decref(t, object);
    model->present += *value == 0;
    *value = to;
}

static void set_default(RtThread *t, Model *model, RtObject *key, int64_t *value, int64_t to)
{
    RtObject *object = torture_int(t, to);
    RtObject *found = rt_dict_setdefault(t, model->dict, key, object);
    rt_decref(t, object);
    model->present += *value == 0;
    if (*value == 0) *value = to;
    require_value(t, found, *value);
}

static void erase(RtThread *t, Model *model, RtObject *key, int64_t *value)
{
    bool deleted = rt_dict_delete(t, model->dict, key);
    TORTURE_REQUIRE("keys", deleted == (*value != 0), "a deletion went wrong");
    if (!deleted) rt_error_clear(t);
    model->present -= deleted;
    *value = 0;
}

static void operate(Worker *worker, Model *model)
{
    RtThread *t = worker->t;
    unsigned index = (unsigned)torture_draw(worker, KEYS);
    int64_t *value = &model->values[index];
    int64_t to = (int64_t)torture_draw(worker, 1u << 30) + 1;
    RtObject *key = key_of(t, worker->index, index);
    switch (torture_draw(worker, 8)) {
    case 0:
        erase(t, model, key, value);
        break;
    case 1:
        set_default(t, model, key, value, to);
        break;
    case 2:
        TORTURE_REQUIRE("keys", rt_dict_contains(t, model->dict, key) == (*value != 0),
                        "contains says otherwise");
        break;
    case 3:
    case 4:
        require_value(t, rt_dict_get(t, model->dict, key), *value);
        break;
    default:
        set(t, model, key, value, to);
        break;
    }
    rt_decref(t, key);
    if (model->is_private)
        TORTURE_REQUIRE("keys", rt_dict_size(t, model->dict) == model->present,
                        "a private dict has another size");
}

// Compares all keys, deletes them, and finds them deleted.
static void compare_and_delete(Worker *worker, Model *model)
{
    RtThread *t = worker->t;
    for (unsigned i = 0; i < KEYS; i++) {
        RtObject *key = key_of(t, worker->index, i);
        require_value(t, rt_dict_get(t, model->dict, key), model->values[i]);
        erase(t, model, key, &model->values[i]);
        rt_decref(t, key);
    }
}

// ------------------------------------------------------------------ the shared dict

static void set_up(RtThread *t, Field *field)
{
    field->shared[SUBJECT_KEYS] = torture_must(t, rt_dict_new(t));
}

static void begin(Worker *worker)
{
    Model *model = calloc(1, sizeof *model);
    model->dict = worker->field->shared[SUBJECT_KEYS];
    worker->own[SUBJECT_KEYS] = model;
}

static void step(Worker *worker)
{
    operate(worker, worker->own[SUBJECT_KEYS]);
}

static void settle(Worker *worker)
{
    compare_and_delete(worker, worker->own[SUBJECT_KEYS]);
    free(worker->own[SUBJECT_KEYS]);
}

static void verify(RtThread *t, Field *field)
{
    RtObject *dict = field->shared[SUBJECT_KEYS];
    TORTURE_REQUIRE("keys", rt_dict_size(t, dict) == 0, "the shared dict is not empty");
    rt_decref(t, dict);
}

const Subject torture_keys = {"keys", 20, set_up, begin, step, settle, verify};

// ------------------------------------------------------------------ the private dict

static void begin_private(Worker *worker)
{
    Model *model = calloc(1, sizeof *model);
    model->dict = torture_must(worker->t, rt_dict_new(worker->t));
    model->is_private = true;
    worker->own[SUBJECT_PRIVATE] = model;
}

static void step_private(Worker *worker)
{
    operate(worker, worker->own[SUBJECT_PRIVATE]);
}

static void settle_private(Worker *worker)
{
    Model *model = worker->own[SUBJECT_PRIVATE];
    compare_and_delete(worker, model);
    rt_decref(worker->t, model->dict);
    free(model);
}

const Subject torture_private = {"private",      10,  NULL, begin_private, step_private,
                                 settle_private, NULL};
