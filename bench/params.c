// params.c: the names of parameters and of their values.
#include "params.h"

#include <stddef.h>

static const char *const poll_names[] = {"edge", "call"};
static const char *const sharing_names[] = {"private", "read", "disjoint", "contended"};
static const char *const size_names[] = {"mixed"};
static const char *const order_names[] = {"linear", "random"};
static const char *const kind_names[] = {"int",  "float",    "str",      "tuple",  "list",
                                         "dict", "instance", "immortal", "counted"};

// The first values have names: `named` of them, the others are numbers.
#define NAMES(list) list, sizeof(list) / sizeof *(list)
static const struct {
    const char *name;
    const char *const *values;
    unsigned named;
} params[GB_PARAM_COUNT] = {
    [GB_SHARE] = {"share", NULL, 0},
    [GB_SECTION] = {"section", NULL, 0},
    [GB_INTERVAL] = {"interval", NULL, 0},
    [GB_CALL] = {"call", NULL, 0},
    [GB_IO] = {"io", NULL, 0},
    [GB_POLL] = {"poll", NAMES(poll_names)},
    [GB_SHARING] = {"sharing", NAMES(sharing_names)},
    [GB_SIZE] = {"size", NAMES(size_names)},
    [GB_LIVE] = {"live", NULL, 0},
    [GB_OBJECTS] = {"objects", NULL, 0},
    [GB_ORDER] = {"order", NAMES(order_names)},
    [GB_KIND] = {"kind", NAMES(kind_names)},
};

const char *gb_param_name(GbParam param)
{
    return params[param].name;
}

const char *gb_param_value_name(GbParam param, unsigned value)
{
    return value < params[param].named ? params[param].values[value] : NULL;
}
