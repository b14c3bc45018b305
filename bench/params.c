// params.c: the names of parameters and of their values.
#include "params.h"

#include <stddef.h>

static const char *const poll_names[] = {"edge", "call"};
static const char *const sharing_names[] = {"private", "read", "disjoint", "contended"};

static const struct {
    const char *name;
    const char *const *values;
} params[GB_PARAM_COUNT] = {
    [GB_SHARE] = {"share", NULL},
    [GB_SECTION] = {"section", NULL},
    [GB_INTERVAL] = {"interval", NULL},
    [GB_CALL] = {"call", NULL},
    [GB_IO] = {"io", NULL},
    [GB_POLL] = {"poll", poll_names},
    [GB_SHARING] = {"sharing", sharing_names},
};

const char *gb_param_name(GbParam param)
{
    return params[param].name;
}

const char *gb_param_value_name(GbParam param, unsigned value)
{
    return params[param].values != NULL ? params[param].values[value] : NULL;
}
