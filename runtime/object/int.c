// int.c: ints of 62 bits.
//
// Arithmetic works on the tagged words: a sum of tagged words is the tagged sum, and the
// processor's overflow flag is the range check.
#include "object/int.h"

#include "object/format.h"
#include "object/value.h"
#include "rt_inline.h"

#define SMALL(v)                                                                               \
    {                                                                                          \
        .base = {.ref = RT_REF_IMMORTAL, .type = &rt__int_type}, .tagged = (int64_t)(v)*4      \
    }
#define SMALL_4(v)  SMALL(v), SMALL((v) + 1), SMALL((v) + 2), SMALL((v) + 3)
#define SMALL_16(v) SMALL_4(v), SMALL_4((v) + 4), SMALL_4((v) + 8), SMALL_4((v) + 12)
#define SMALL_64(v) SMALL_16(v), SMALL_16((v) + 16), SMALL_16((v) + 32), SMALL_16((v) + 48)

// In read-only memory: a count that were written would be found at once.
const RtInt rt__small_ints[] = {
    SMALL(-5), SMALL_4(-4), SMALL_64(0), SMALL_64(64), SMALL_64(128), SMALL_64(192), SMALL(256),
};
static RtObject *overflow(RtThread *t)
{
    rt_error_set(t, RT_ERROR_OVERFLOW, "int beyond 62 bits");
    return NULL;
}

// The one way to an int: shared if small, else a new object.
static inline RtObject *from_tagged(RtThread *t, int64_t tagged)
{
    RtObject *shared = rt__int_shared(tagged);
    if (shared != NULL) return shared;
    RtInt *object = (RtInt *)rt__object_new(t, &rt__int_type, sizeof(RtInt));
    if (rt_unlikely(object == NULL)) return NULL;
    object->tagged = tagged;
    return &object->base;
}

RtObject *rt_int_new(RtThread *t, int64_t value)
{
    int64_t tagged;
    if (rt_unlikely(__builtin_mul_overflow(value, (int64_t)4, &tagged))) return overflow(t);
    return from_tagged(t, tagged);
}

bool rt_int_check(const RtObject *object)
{
    return rt__is_type(object, &rt__int_type);
}

int64_t rt_int_value(const RtObject *object)
{
    return rt__int_value(object);
}

// ------------------------------------------------------------------ arithmetic

static inline bool is_integer(const RtObject *object)
{
    return rt__is_type(object, &rt__int_type) || rt__is_type(object, &rt__bool_type);
}

// The tagged words of two ints or bools; false with a TYPE error for anything else.
static inline bool operands(RtThread *t, RtObject *a, RtObject *b, int64_t *x, int64_t *y)
{
    if (rt_unlikely(!is_integer(a) || !is_integer(b))) {
        rt_error_set(t, RT_ERROR_TYPE, "int arithmetic on something else than ints");
        return false;
    }
    *x = ((const RtInt *)a)->tagged;
    *y = ((const RtInt *)b)->tagged;
    return true;
}

RtObject *rt_int_add(RtThread *t, RtObject *a, RtObject *b)
{
    int64_t x, y, result;
    if (!operands(t, a, b, &x, &y)) return NULL;
    if (rt_unlikely(__builtin_add_overflow(x, y, &result))) return overflow(t);
    return from_tagged(t, result);
}

RtObject *rt_int_sub(RtThread *t, RtObject *a, RtObject *b)
{
    int64_t x, y, result;
    if (!operands(t, a, b, &x, &y)) return NULL;
    if (rt_unlikely(__builtin_sub_overflow(x, y, &result))) return overflow(t);
    return from_tagged(t, result);
}

// One factor loses its tag bits, so that the product has them once.
RtObject *rt_int_mul(RtThread *t, RtObject *a, RtObject *b)
{
    int64_t x, y, result;
    if (!operands(t, a, b, &x, &y)) return NULL;
    if (rt_unlikely(__builtin_mul_overflow(x >> 2, y, &result))) return overflow(t);
    return from_tagged(t, result);
}

// ------------------------------------------------------------------ the type

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t;
    return rt__value_hash_int(rt__int_value(object));
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    return rt__format(t, "%lld", (long long)rt__int_value(object));
}

// No `equal`: rt_object_equal compares numbers of all types before it asks a type.
const RtType rt__int_type = {RT_TYPE_BASE, .name = "int", .hash = hash, .repr = repr};
