// tests.c: the table of tests, in the order of the summary.
#include "outcomes.h"

#include <string.h>

extern const Test attribute_increment, attribute_increment_call, attribute_increment_locked;
extern const Test attribute_increment_locked_call, list_increment, list_increment_locked;
extern const Test dict_increment, dict_increment_locked;
extern const Test list_append_append, list_append_pop, list_extend_append, list_extend_extend;
extern const Test list_iterate_mutate;
extern const Test dict_set_set, dict_set_get, dict_set_delete, dict_get_delete, dict_grow_get;
extern const Test dict_iterate_insert, dict_setdefault;
extern const Test check_then_act, check_then_act_call, check_then_act_locked;
extern const Test publish_attribute, publish_list, publish_dict;
extern const Test two_objects, two_objects_nested;
extern const Test weak_get_last_drop, weak_get_reuse, list_get_grow;
extern const Test slot_get_replace, last_drop_try, last_drops, references_taken;
extern const Test message_passing, store_buffering, raw_increment;
extern const Test hidden_forbidden, hidden_crash, hidden_hang;

const Test *const all_tests[] = {
    &attribute_increment,
    &attribute_increment_call,
    &attribute_increment_locked,
    &attribute_increment_locked_call,
    &list_increment,
    &list_increment_locked,
    &dict_increment,
    &dict_increment_locked,
    &list_append_append,
    &list_append_pop,
    &list_extend_append,
    &list_extend_extend,
    &list_iterate_mutate,
    &dict_set_set,
    &dict_set_get,
    &dict_set_delete,
    &dict_get_delete,
    &dict_grow_get,
    &dict_iterate_insert,
    &dict_setdefault,
    &check_then_act,
    &check_then_act_call,
    &check_then_act_locked,
    &publish_attribute,
    &publish_list,
    &publish_dict,
    &two_objects,
    &two_objects_nested,
    &slot_get_replace,
    &list_get_grow,
    &last_drop_try,
    &weak_get_last_drop,
    &weak_get_reuse,
    &last_drops,
    &references_taken,
    &message_passing,
    &store_buffering,
    &raw_increment,
    NULL,
};

const Test *const hidden_tests[] = {&hidden_forbidden, &hidden_crash, &hidden_hang, NULL};

static const Test *find(const Test *const *tests, const char *name)
{
    for (; *tests != NULL; tests++)
        if (strcmp((*tests)->name, name) == 0) return *tests;
    return NULL;
}

const Test *test_named(const char *name)
{
    const Test *test = find(all_tests, name);
    return test != NULL ? test : find(hidden_tests, name);
}
