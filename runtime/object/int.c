// int.c: ints of 62 bits, and the type of all.
//
// Arithmetic works on the tagged words: a sum of tagged words is the tagged sum, and the
// processor's overflow flag is the range check. What does not fit goes to int_big.c.
#include "object/int.h"

#include "object/int_big.h"
#include "object/int_text.h"
#include "object/slots.h"
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

// The one way to a small int: shared if small, else a new object.
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
    if (rt_likely(!__builtin_mul_overflow(value, (int64_t)4, &tagged)))
        return from_tagged(t, tagged);
    mp_limb_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    return rt__int_from_limbs(t, &magnitude, 1, value < 0);
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

static inline bool are_small(int64_t x, int64_t y)
{
    return ((x | y) & 3) == 0;
}

RtObject *rt_int_add(RtThread *t, RtObject *a, RtObject *b)
{
    int64_t x, y, result;
    if (!operands(t, a, b, &x, &y)) return NULL;
    if (rt_unlikely(!are_small(x, y) || __builtin_add_overflow(x, y, &result)))
        return rt__big_add(t, a, b);
    return from_tagged(t, result);
}

RtObject *rt_int_sub(RtThread *t, RtObject *a, RtObject *b)
{
    int64_t x, y, result;
    if (!operands(t, a, b, &x, &y)) return NULL;
    if (rt_unlikely(!are_small(x, y) || __builtin_sub_overflow(x, y, &result)))
        return rt__big_sub(t, a, b);
    return from_tagged(t, result);
}

// One factor loses its tag bits, so that the product has them once.
RtObject *rt_int_mul(RtThread *t, RtObject *a, RtObject *b)
{
    int64_t x, y, result;
    if (!operands(t, a, b, &x, &y)) return NULL;
    if (rt_unlikely(!are_small(x, y) || __builtin_mul_overflow(x >> 2, y, &result)))
        return rt__big_mul(t, a, b);
    return from_tagged(t, result);
}

// ------------------------------------------------------------------ the type

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t;
    return rt__int_hash(object);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    return rt__int_to_str(t, object, 10);
}

// No `equal`: rt_object_equal compares numbers of all types before it asks a type.
const RtType rt__int_type = {RT_TYPE_BASE, .name = "int", .slots = &rt__int_slots, .hash = hash, .repr = repr};
