// float.c: doubles.
#include "object/float.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object/format.h"
#include "object/slots.h"
#include "object/value.h"
#include "rt_inline.h"

RtObject *rt_float_new(RtThread *t, double value)
{
    RtFloat *object = (RtFloat *)rt__object_new(t, &rt__float_type, sizeof(RtFloat));
    if (rt_unlikely(object == NULL)) return NULL;
    object->value = value;
    return &object->base;
}

bool rt_float_check(const RtObject *object)
{
    return rt__is_type(object, &rt__float_type);
}

double rt_float_value(const RtObject *object)
{
    return ((const RtFloat *)object)->value;
}

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t;
    return rt__value_hash_float(object);
}

// ------------------------------------------------------------------ repr

// Makes the last digit of "1.23e4" one more. False if it carries through all of them.
static bool increment(char *text)
{
    for (char *at = strchr(text, 'e'); at-- > text;) {
        if (*at >= '0' && *at < '9') {
            ++*at;
            return true;
        }
        if (*at == '9') *at = '0'; // the point is the locale's
    }
    return false;
}

// The doubles below a power of two lie twice as close as those above: where the nearest decimal
// is below and reads back as another double, the next one above may be the same.
static bool reads_back(char *text, double value)
{
    if (strtod(text, NULL) == value) return true;
    int exponent;
    if (fabs(frexp(value, &exponent)) != 0.5) return false;
    return increment(text) && strtod(text, NULL) == value;
}

// The fewest significant digits that read back as the same double; 17 always do. Fills
// `digits` without a point and returns the decimal exponent of the first.
static int shortest_digits(double value, char digits[32])
{
    char text[40];
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, value);
        if (reads_back(text, value)) break;
    }
    char *out = digits;
    const char *in = text;
    for (; *in != 'e'; in++) {
        if (*in >= '0' && *in <= '9') *out++ = *in; // the point is the locale's
    }
    *out = '\0';
    return (int)strtol(in + 1, NULL, 10);
}

static void add_zeros(RtBuffer *buffer, int count)
{
    for (; count > 0; count--)
        rt__buffer_add_text(buffer, "0");
}

static void add_exponential(RtBuffer *buffer, const char *digits, int exponent)
{
    char text[16];
    rt__buffer_add(buffer, digits, 1);
    if (digits[1] != '\0') {
        rt__buffer_add_text(buffer, ".");
        rt__buffer_add_text(buffer, digits + 1);
    }
    snprintf(text, sizeof text, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
    rt__buffer_add_text(buffer, text);
}

// `whole` digits stand before the point; it may be none or negative, or more than there are.
static void add_positional(RtBuffer *buffer, const char *digits, int whole)
{
    int count = (int)__builtin_strlen(digits);
    if (whole <= 0) {
        rt__buffer_add_text(buffer, "0.");
        add_zeros(buffer, -whole);
        rt__buffer_add_text(buffer, digits);
        return;
    }
    int before = whole < count ? whole : count;
    rt__buffer_add(buffer, digits, (size_t)before);
    add_zeros(buffer, whole - before);
    rt__buffer_add_text(buffer, ".");
    rt__buffer_add_text(buffer, before < count ? digits + before : "0");
}

// Python's notation: positional from 1e-4 to below 1e16, with ".0" for whole numbers.
static RtObject *repr(RtThread *t, RtObject *object)
{
    double value = rt_float_value(object);
    if (__builtin_isnan(value)) return rt_str_new(t, "nan", 3);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    if (__builtin_signbit(value)) rt__buffer_add_text(&buffer, "-");
    if (__builtin_isinf(value)) {
        rt__buffer_add_text(&buffer, "inf");
        return rt__buffer_finish(&buffer);
    }
    char digits[32];
    int exponent = shortest_digits(__builtin_fabs(value), digits);
    if (exponent < -4 || exponent >= 16)
        add_exponential(&buffer, digits, exponent);
    else
        add_positional(&buffer, digits, exponent + 1);
    return rt__buffer_finish(&buffer);
}

// No `equal`: rt_object_equal compares numbers of all types before it asks a type.
const RtType rt__float_type = {RT_TYPE_BASE, .name = "float", .slots = &rt__float_slots, .hash = hash, .repr = repr};
