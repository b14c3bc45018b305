// arguments.c: arguments of native functions that come by name, or as bounds.
#include <string.h>

#include "builtins/builtins.h"
#include "object/tuple.h"
#include "vm/iterator.h"

static bool place_keyword(RtThread *t, const char *function, RtObject *name, RtObject *value,
                          const char *const *names, RtObject **values)
{
    const char *given = rt_str_bytes_borrowed(name, NULL);
    size_t i = 0;
    while (names[i] != NULL && strcmp(names[i], given) != 0)
        i++;
    if (names[i] == NULL) {
        rt__error_format(t, RT_ERROR_TYPE, "'%s' is an invalid keyword argument for %s()",
                         given, function);
        return false;
    }
    if (values[i] != NULL) {
        rt__error_format(t, RT_ERROR_TYPE,
                         "argument for %s() given by name ('%s') and position (%zu)", function,
                         given, i + 1);
        return false;
    }
    values[i] = value;
    return true;
}

bool rt__arguments(RtThread *t, const char *function, RtObject *const *args, size_t count,
                   RtObject *kwnames, const char *const *names, RtObject **values)
{
    for (size_t i = 0; names[i] != NULL; i++)
        values[i] = i < count ? args[i] : NULL;
    size_t keywords = kwnames != NULL ? rt_tuple_size(kwnames) : 0;
    for (size_t i = 0; i < keywords; i++) {
        RtObject *name = rt__tuple_item(kwnames, i);
        if (!place_keyword(t, function, name, args[count + i], names, values)) return false;
    }
    return true;
}

bool rt__accepts(RtThread *t, const char *type, size_t count, size_t most, RtObject *kwnames)
{
    if (kwnames != NULL && rt_tuple_size(kwnames) > 0)
        rt__error_format(t, RT_ERROR_TYPE, "%s() takes no keyword arguments", type);
    else if (count > most && most > 1)
        rt__error_format(t, RT_ERROR_TYPE, "%s() takes at most %zu arguments (%zu given)", type,
                         most, count);
    else if (count > most)
        rt__error_format(t, RT_ERROR_TYPE, "%s expected at most 1 argument, got %zu", type,
                         count);
    else
        return true;
    return false;
}

static bool bound(RtThread *t, RtObject *given, int64_t size, int64_t *value)
{
    if (given == NULL) return true;
    if (!rt__slice_bound(t, given, value)) return false;
    if (*value < 0) *value += size;
    if (*value < 0) *value = 0;
    if (*value > size) *value = size;
    return true;
}

bool rt__bounds(RtThread *t, RtObject *from, RtObject *to, int64_t size, int64_t *first,
                int64_t *end)
{
    *first = 0;
    *end = size;
    return bound(t, from, size, first) && bound(t, to, size, end);
}
