// steps_hidden.c: steps that do what no runtime may, to show that it would be found
// (tests/test_faults.py). Taken last, and only when asked for by name.
#include "faults.h"

#include "platform/platform.h"

// The call whose failure these steps get wrong.
static void *ask(void)
{
    return rt_array_alloc(16);
}

static bool say_nothing(Scene *scene)
{
    (void)scene;
    rt_array_free(ask());
    return true;
}

static bool say_another(Scene *scene)
{
    void *array = ask();
    if (array == NULL) rt_error_set(scene->t, RT_ERROR_KEY, "no key");
    rt_array_free(array);
    return array != NULL;
}

static bool leak_array(Scene *scene)
{
    void *kept = rt_array_alloc(16);
    void *array = ask();
    if (kept != NULL && array != NULL) {
        rt_array_free(kept);
        rt_array_free(array);
        return true;
    }
    rt_array_free(array);
    rt_error_set(scene->t, RT_ERROR_MEMORY, "out of memory");
    return false;
}

static bool leak_object(Scene *scene)
{
    RtObject *list = rt_list_new(scene->t, 0);
    if (list != NULL && rt_list_append(scene->t, list, rt_none())) rt_decref(scene->t, list);
    return rt_error_kind(scene->t) == RT_ERROR_NONE;
}

static bool crash(Scene *scene)
{
    (void)scene;
    char *array = ask();
    RT_CHECK(array != NULL, "what a careless caller does");
    rt_array_free(array);
    return true;
}

const Step faults_hidden_steps[] = {
    {"silent", say_nothing, false}, {"another", say_another, false},
    {"array", leak_array, false},   {"object", leak_object, false},
    {"crash", crash, false},        {0},
};
