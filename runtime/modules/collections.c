// collections.c: the module collections: deque, and defaultdict, a dict that makes what it is
// asked for and does not have.
#include "modules/modules.h"
#include "object/dict.h"
#include "object/format.h"

extern const RtType rt__deque_type;
static const RtType defaultdict_type;

typedef struct RtDefaultDict {
    RtDict dict;
    RtObject *factory; // constant until `clear`: called for missing values; None: there is none
} RtDefaultDict;

static inline RtDefaultDict *defaultdict_of(RtObject *object)
{
    return (RtDefaultDict *)object;
}

// Another thread may have set it meanwhile: as in CPython, the last one counts.
static RtObject *make_missing(RtThread *t, RtObject *object, RtObject *key)
{
    RtObject *value = rt__call(t, defaultdict_of(object)->factory, NULL, 0, NULL);
    if (value != NULL && rt_dict_set(t, object, key, value)) return value;
    rt_decref_null(t, value);
    return NULL;
}

static RtObject *get_item(RtThread *t, RtObject *object, RtObject *key)
{
    RtObject *value = rt_dict_get(t, object, key);
    if (value != NULL) return value;
    if (rt_error_kind(t) != RT_ERROR_KEY) return NULL;
    if (defaultdict_of(object)->factory == rt_none()) {
        rt__error_set_value(t, RT_ERROR_KEY, key);
        return NULL;
    }
    rt_error_clear(t);
    return make_missing(t, object, key);
}

static bool set_item(RtThread *t, RtObject *object, RtObject *key, RtObject *value)
{
    return rt_dict_set(t, object, key, value);
}

static bool del_item(RtThread *t, RtObject *object, RtObject *key)
{
    bool done = rt_dict_delete(t, object, key);
    if (!done && rt_error_kind(t) == RT_ERROR_KEY) rt__error_set_value(t, RT_ERROR_KEY, key);
    return done;
}

static int contains(RtThread *t, RtObject *object, RtObject *key)
{
    return rt_dict_contains(t, object, key);
}

static int64_t length(RtThread *t, RtObject *object)
{
    return (int64_t)rt_dict_size(t, object);
}

static RtObject *iter(RtThread *t, RtObject *object)
{
    return rt__dict_iterator(t, object, RT_VIEW_KEYS);
}

// defaultdict([factory[, what dict() takes]])
static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)type;
    RtObject *factory = count > 0 ? args[0] : rt_none();
    if (!rt__accepts(t, "defaultdict", count, 2, kwnames)) return NULL;
    bool calls = factory->type->is_class || rt__is_class(factory) ||
                 (factory->type->slots != NULL && factory->type->slots->call != NULL);
    if (factory != rt_none() && !calls) {
        rt_error_set(t, RT_ERROR_TYPE, "first argument must be callable or None");
        return NULL;
    }
    RtObject *object = rt__object_new(t, &defaultdict_type, sizeof(RtDefaultDict));
    if (object == NULL) return NULL;
    rt__table_init(&((RtDict *)object)->table);
    defaultdict_of(object)->factory = rt_new_ref(t, factory);
    rt__gc_track(t, object);
    if (count < 2 || rt__dict_update(t, object, args[1])) return object;
    rt_decref(t, object);
    return NULL;
}

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    if (!rt__str_is(name, "default_factory", 15)) return NULL;
    return rt_new_ref(t, defaultdict_of(object)->factory);
}

NATIVE(defaultdict_copy)
{
    RtObject *given[] = {defaultdict_of(args[0])->factory, args[0]};
    return construct(t, &defaultdict_type, given, 2, NULL);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    RtObject *factory = rt_object_repr(t, defaultdict_of(object)->factory);
    RtObject *items = factory != NULL ? rt__dict_type.repr(t, object) : NULL;
    RtObject *text = NULL;
    if (items != NULL)
        text = rt__format(t, "defaultdict(%s, %s)", rt_str_bytes_borrowed(factory, NULL),
                          rt_str_bytes_borrowed(items, NULL));
    rt_decref_null(t, factory);
    rt_decref_null(t, items);
    return text;
}

// ------------------------------------------------------------------ the type

static void finish(RtThread *t, RtObject *object)
{
    RtObject *factory = defaultdict_of(object)->factory;
    rt__dict_type.finish(t, object);
    rt_decref(t, factory);
}

static void free_arrays(RtObject *object)
{
    rt__dict_type.free_arrays(object);
}

static size_t array_size(RtThread *t, RtObject *object)
{
    return rt__dict_type.array_size(t, object);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    int stop = visit(defaultdict_of(object)->factory, argument);
    return stop != 0 ? stop : rt__dict_type.traverse(object, visit, argument);
}

static void clear(RtThread *t, RtObject *object)
{
    RtObject *factory = defaultdict_of(object)->factory;
    defaultdict_of(object)->factory = rt_none();
    rt_decref(t, factory);
    rt_dict_clear(t, object);
}

static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    return rt__dict_type.equal(t, a, b);
}

static const RtBuiltin methods[] = {
    RT_METHOD("defaultdict.copy", defaultdict_copy, 0, 0),
    RT_BUILTIN_END,
};

static const RtSlots slots = {
    .construct = construct,
    .get_attr = get_attr,
    .get_item = get_item,
    .set_item = set_item,
    .del_item = del_item,
    .contains = contains,
    .length = length,
    .iter = iter,
    .methods = methods,
};

static const RtType defaultdict_type = {
    RT_TYPE_BASE,
    .name = "collections.defaultdict",
    .parent = &rt__dict_type,
    .slots = &slots,
    .finish = finish,
    .free_arrays = free_arrays,
    .array_size = array_size,
    .traverse = traverse,
    .clear = clear,
    .equal = equal,
    .repr = repr,
    .trash_link = offsetof(RtDict, table.used),
};

bool rt__collections_fill(RtThread *t, RtObject *module)
{
    return rt__module_add_type(t, module, "deque", &rt__deque_type) &&
           rt__module_add_type(t, module, "defaultdict", &defaultdict_type);
}
