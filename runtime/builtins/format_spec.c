// format_spec.c: reading format specs, and laying out what they describe.
#include "builtins/format_spec.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builtins/builtins.h"
#include "object/int_big.h"
#include "object/int_text.h"
#include "object/str.h"
#include "object/utf8.h"

#define MAX_SIZE ((int64_t)1 << 40) // of widths and precisions: more than there is memory

// ------------------------------------------------------------------ reading

static bool is_align(char c)
{
    return c == '<' || c == '>' || c == '^' || c == '=';
}

static const char *read_fill(const char *at, RtFormatSpec *spec)
{
    size_t width = rt__utf8_width(*at);
    if (*at != '\0' && is_align(at[width])) {
        memcpy(spec->fill, at, width);
        spec->align = at[width];
        return at + width + 1;
    }
    if (is_align(*at)) spec->align = *at++;
    return at;
}

// False: more digits than any width has.
static bool read_number(const char **at, int64_t *number)
{
    for (*number = 0; **at >= '0' && **at <= '9'; (*at)++) {
        *number = *number * 10 + (**at - '0');
        if (*number > MAX_SIZE) return false;
    }
    return true;
}

static bool wrong(RtThread *t, const char *message)
{
    rt_error_set(t, RT_ERROR_VALUE, message);
    return false;
}

static bool read_grouping(RtThread *t, const char **at, RtFormatSpec *spec)
{
    for (; **at == ',' || **at == '_'; (*at)++) {
        if (spec->grouping != 0 && spec->grouping != **at)
            return wrong(t, "Cannot specify both ',' and '_'.");
        if (spec->grouping != 0)
            return wrong(t, **at == ',' ? "Cannot specify ',' with ','."
                                        : "Cannot specify '_' with '_'.");
        spec->grouping = **at;
    }
    return true;
}

static bool read_precision(RtThread *t, const char **at, RtFormatSpec *spec)
{
    if (**at != '.') return true;
    (*at)++;
    if (**at < '0' || **at > '9') return wrong(t, "Format specifier missing precision");
    return read_number(at, &spec->precision) ||
           wrong(t, "Too many decimal digits in format string");
}

// A spec without a type means `usual`.
static bool check_grouping(RtThread *t, const RtFormatSpec *spec, char usual)
{
    char type = spec->type != 0 ? spec->type : usual;
    if (spec->grouping == 0 || strchr("deEfFgG%", type) != NULL) return true;
    if (spec->grouping == '_' && strchr("boxX", type) != NULL) return true;
    rt__error_format(t, RT_ERROR_VALUE, "Cannot specify '%c' with '%c'.", spec->grouping, type);
    return false;
}

static bool read_spec(RtThread *t, RtObject *object, RtObject *text, char usual,
                      RtFormatSpec *spec)
{
    *spec = (RtFormatSpec){.precision = -1};
    const char *at = read_fill(rt_str_bytes_borrowed(text, NULL), spec);
    if (*at == '+' || *at == '-' || *at == ' ') spec->sign = *at++;
    spec->unsigned_zero = *at == 'z';
    at += spec->unsigned_zero;
    spec->alternate = *at == '#';
    at += spec->alternate;
    spec->zero = *at == '0';
    at += spec->zero;
    if (!read_number(&at, &spec->width))
        return wrong(t, "Too many decimal digits in format string");
    if (!read_grouping(t, &at, spec) || !read_precision(t, &at, spec)) return false;
    if (*at != '\0' && at[1] != '\0') {
        rt__error_format(t, RT_ERROR_VALUE,
                         "Invalid format specifier '%s' for object of type '%s'",
                         rt_str_bytes_borrowed(text, NULL), object->type->name);
        return false;
    }
    spec->type = *at;
    return check_grouping(t, spec, usual);
}

// ------------------------------------------------------------------ laying out

static void add_fill(RtBuffer *buffer, const char *fill, int64_t count)
{
    size_t size = strlen(fill);
    for (; count > 0 && !buffer->failed; count--)
        rt__buffer_add(buffer, fill, size);
}

// `prefix` and `body` (of `length` characters) in the spec's width.
static void add_padded(RtBuffer *buffer, const RtFormatSpec *spec, const char *prefix,
                       const char *body, size_t size, size_t length, char usual_align)
{
    char align = spec->align != 0 ? spec->align : usual_align;
    const char *fill = spec->fill[0] != '\0' ? spec->fill : spec->zero ? "0" : " ";
    int64_t missing = spec->width - (int64_t)(strlen(prefix) + length);
    if (missing < 0) missing = 0;
    int64_t left = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    if (align != '=') add_fill(buffer, fill, left);
    rt__buffer_add_text(buffer, prefix);
    if (align == '=') add_fill(buffer, fill, missing);
    rt__buffer_add(buffer, body, size);
    if (align != '=') add_fill(buffer, fill, missing - left);
}

// Numbers are padded behind the sign if with zeros.
static char number_align(const RtFormatSpec *spec)
{
    return spec->zero && spec->fill[0] == '\0' ? '=' : '>';
}

static const char *sign_of(bool negative, const RtFormatSpec *spec)
{
    if (negative) return "-";
    return spec->sign == '+' ? "+" : spec->sign == ' ' ? " " : "";
}

static bool unknown_code(RtBuffer *buffer, char code, const char *type)
{
    rt__error_format(buffer->t, RT_ERROR_VALUE,
                     "Unknown format code '%c' for object of type '%s'", code, type);
    rt__buffer_fail(buffer);
    return false;
}

static bool refuse(RtBuffer *buffer, const char *message)
{
    rt_error_set(buffer->t, RT_ERROR_VALUE, message);
    rt__buffer_fail(buffer);
    return false;
}

// Adds digits in groups, the first group as long as is left. `least` is how many characters
// there are to be with zeros in front: where a separator would come first, one more.
static void add_grouped(RtBuffer *buffer, const char *digits, size_t count, char separator,
                        size_t group, int64_t least)
{
    size_t all = count;
    while ((int64_t)(all + (all - 1) / group) < least)
        all++;
    for (size_t i = 0; i < all && !buffer->failed; i++) {
        size_t left = all - i;
        if (i > 0 && left % group == 0) rt__buffer_add(buffer, &separator, 1);
        rt__buffer_add(buffer, left > count ? "0" : &digits[count - left], 1);
    }
}

// A number: its sign and prefix, digits (the first `whole` of which may be grouped) and the
// rest.
static void add_number(RtBuffer *buffer, const RtFormatSpec *spec, const char *prefix,
                       const char *digits, size_t size, size_t whole, size_t group)
{
    if (spec->grouping == 0 || whole == 0) {
        add_padded(buffer, spec, prefix, digits, size, size, number_align(spec));
        return;
    }
    bool zeros = number_align(spec) == '=' && (spec->align == 0 || spec->align == '=');
    int64_t least = zeros ? spec->width - (int64_t)(strlen(prefix) + size - whole) : 0;
    RtBuffer grouped;
    rt__buffer_begin(&grouped, buffer->t);
    add_grouped(&grouped, digits, whole, spec->grouping, group, least);
    rt__buffer_add(&grouped, digits + whole, size - whole);
    RtObject *text = rt__buffer_finish(&grouped);
    if (text == NULL) {
        rt__buffer_fail(buffer);
        return;
    }
    size_t all;
    const char *bytes = rt_str_bytes_borrowed(text, &all);
    add_padded(buffer, spec, prefix, bytes, all, all, number_align(spec));
    rt_decref(buffer->t, text);
}

// ------------------------------------------------------------------ ints

static unsigned base_of(char type)
{
    switch (type) {
    case 'b':
        return 2;
    case 'o':
        return 8;
    case 'x':
    case 'X':
        return 16;
    default:
        return 10;
    }
}

static void make_upper(char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] >= 'a' && bytes[i] <= 'z') bytes[i] -= 'a' - 'A';
    }
}

static void add_character(RtBuffer *buffer, RtObject *number, const RtFormatSpec *spec)
{
    char bytes[4];
    int64_t point;
    if (spec->sign != 0) {
        refuse(buffer, "Sign not allowed with integer format specifier 'c'");
        return;
    }
    if (!rt__as_int(buffer->t, number, &point) || point < 0 || point > 0x10ffff) {
        rt_error_set(buffer->t, RT_ERROR_OVERFLOW, "%c arg not in range(0x110000)");
        rt__buffer_fail(buffer);
        return;
    }
    add_padded(buffer, spec, "", bytes, rt__utf8_put(bytes, (uint32_t)point), 1, '>');
}

// At least 1; the buffer that the digits go to tells if it fails.
static int64_t count_digits(RtThread *t, RtObject *number, unsigned base)
{
    RtBuffer digits;
    rt__buffer_begin(&digits, t);
    rt__int_add_digits(&digits, number, base);
    int64_t count = (int64_t)digits.size;
    rt__buffer_drop(&digits);
    return count;
}

static void add_digits(RtBuffer *buffer, RtObject *number, const RtFormatSpec *spec)
{
    unsigned base = base_of(spec->type);
    char prefix[4] = {0};
    RtBuffer digits;
    rt__buffer_begin(&digits, buffer->t);
    int64_t written = spec->digits > 0 ? count_digits(buffer->t, number, base) : 0;
    add_fill(&digits, "0", spec->digits - written);
    rt__int_add_digits(&digits, number, base);
    const char *sign = sign_of(((const RtInt *)number)->tagged < 0, spec);
    if (spec->alternate && base != 10)
        snprintf(prefix, sizeof prefix, "%s0%c", sign, spec->type);
    else
        prefix[0] = sign[0];
    if (spec->type == 'X') make_upper(digits.bytes, digits.size);
    RtObject *text = rt__buffer_finish(&digits);
    if (text == NULL) {
        rt__buffer_fail(buffer);
        return;
    }
    size_t size;
    const char *bytes = rt_str_bytes_borrowed(text, &size);
    add_number(buffer, spec, prefix, bytes, size, size, base == 10 ? 3 : 4);
    rt_decref(buffer->t, text);
}

static bool is_float_type(char type)
{
    return type != 0 && strchr("eEfFgG%", type) != NULL;
}

void rt__format_int_into(RtBuffer *buffer, RtObject *number, const RtFormatSpec *spec)
{
    if (is_float_type(spec->type)) {
        double value;
        if (rt__as_double(buffer->t, number, &value))
            rt__format_float_into(buffer, value, spec);
        else
            rt__buffer_fail(buffer);
        return;
    }
    if (spec->type != 0 && strchr("bcdnoxX", spec->type) == NULL)
        unknown_code(buffer, spec->type, "int");
    else if (spec->precision >= 0)
        refuse(buffer, "Precision not allowed in integer format specifier");
    else if (spec->unsigned_zero)
        refuse(buffer, "Negative zero coercion (z) not allowed in integer format specifier");
    else if (spec->type == 'c')
        add_character(buffer, number, spec);
    else
        add_digits(buffer, number, spec);
}

// ------------------------------------------------------------------ floats

// A positive double with a printf conversion; a str.
static RtObject *print_double(RtThread *t, double value, char type, bool alternate,
                              int64_t digits)
{
    char format[8];
    snprintf(format, sizeof format, "%%%s.*%c", alternate ? "#" : "", type);
    return rt__format(t, format, (int)(digits < INT32_MAX ? digits : INT32_MAX), value);
}

// 12.0 with two digits: "1.2e+01", as 'g' would not write it yet.
static RtObject *exponential_without_zeros(RtThread *t, double value, int64_t precision)
{
    RtObject *text = print_double(t, value, 'e', false, precision - 1);
    if (text == NULL) return NULL;
    const char *bytes = rt_str_bytes_borrowed(text, NULL);
    const char *exponent = strchr(bytes, 'e'), *end = exponent;
    while (memchr(bytes, '.', (size_t)(exponent - bytes)) != NULL && end[-1] == '0')
        end--;
    if (end[-1] == '.') end--;
    RtObject *shorter = rt__format(t, "%.*s%s", (int)(end - bytes), bytes, exponent);
    rt_decref(t, text);
    return shorter;
}

// Without a type but with a precision: as 'g', with a digit after the point, and exponents from
// where that would be one digit too many.
static RtObject *print_general(RtThread *t, double value, bool alternate, int64_t precision)
{
    if (precision == 0) precision = 1;
    RtObject *exponential = print_double(t, value, 'e', alternate, precision - 1);
    if (exponential == NULL) return NULL;
    int64_t point =
        strtol(strchr(rt_str_bytes_borrowed(exponential, NULL), 'e') + 1, NULL, 10) + 1;
    rt_decref(t, exponential);
    // 'g' with a precision below the exponent prints exponentially what it would not else.
    if (point == precision) return exponential_without_zeros(t, value, precision);
    if (point <= -4 || point > precision)
        return print_double(t, value, 'g', alternate, precision);
    RtObject *text = print_double(t, value, 'g', alternate, precision);
    if (text == NULL || strchr(rt_str_bytes_borrowed(text, NULL), '.') != NULL) return text;
    RtObject *longer = rt__format(t, "%s.0", rt_str_bytes_borrowed(text, NULL));
    rt_decref(t, text);
    return longer;
}

static RtObject *print_positive(RtThread *t, double value, const RtFormatSpec *spec)
{
    int64_t precision = spec->precision >= 0 ? spec->precision : 6;
    if (!isfinite(value) && spec->type == 0)
        return rt_str_new(t, isnan(value) ? "nan" : "inf", 3);
    if (spec->type == '%') return print_double(t, value * 100, 'f', spec->alternate, precision);
    if (spec->type == 'n') return print_double(t, value, 'g', spec->alternate, precision);
    if (spec->type != 0) return print_double(t, value, spec->type, spec->alternate, precision);
    if (spec->precision >= 0) return print_general(t, value, spec->alternate, spec->precision);
    RtObject *number = rt_float_new(t, value);
    RtObject *text = number != NULL ? rt_object_repr(t, number) : NULL;
    rt_decref_null(t, number);
    return text;
}

static size_t leading_digits(const char *text)
{
    size_t count = 0;
    while (text[count] >= '0' && text[count] <= '9')
        count++;
    return count;
}

void rt__format_float_into(RtBuffer *buffer, double value, const RtFormatSpec *spec)
{
    if (spec->type != 0 && strchr("eEfFgGn%", spec->type) == NULL) {
        unknown_code(buffer, spec->type, "float");
        return;
    }
    RtObject *text = print_positive(buffer->t, fabs(value), spec);
    RtBuffer all;
    rt__buffer_begin(&all, buffer->t);
    if (text != NULL)
        rt__buffer_add_str(&all, text);
    else
        rt__buffer_fail(&all);
    if (spec->type == '%') rt__buffer_add_text(&all, "%");
    bool negative = signbit(value) && !isnan(value);
    if (text != NULL && spec->unsigned_zero &&
        strtod(rt_str_bytes_borrowed(text, NULL), NULL) == 0)
        negative = false;
    if (!all.failed)
        add_number(buffer, spec, sign_of(negative, spec), all.bytes, all.size,
                   leading_digits(rt_str_bytes_borrowed(text, NULL)), 3);
    else
        rt__buffer_fail(buffer);
    rt__buffer_drop(&all);
    rt_decref_null(buffer->t, text);
}

// ------------------------------------------------------------------ strings

static bool check_str_spec(RtBuffer *buffer, const RtFormatSpec *spec)
{
    if (spec->type != 0 && spec->type != 's') return unknown_code(buffer, spec->type, "str");
    if (spec->sign == ' ')
        return refuse(buffer, "Space not allowed in string format specifier");
    if (spec->sign != 0) return refuse(buffer, "Sign not allowed in string format specifier");
    if (spec->unsigned_zero)
        return refuse(buffer,
                      "Negative zero coercion (z) not allowed in string format specifier");
    if (spec->alternate)
        return refuse(buffer, "Alternate form (#) not allowed in string format specifier");
    if (spec->align == '=')
        return refuse(buffer, "'=' alignment not allowed in string format specifier");
    return true;
}

void rt__format_str_into(RtBuffer *buffer, RtObject *str, const RtFormatSpec *spec)
{
    if (!check_str_spec(buffer, spec)) return;
    size_t length = rt__str_length(str);
    if (spec->precision >= 0 && (size_t)spec->precision < length)
        length = (size_t)spec->precision;
    const char *bytes = rt_str_bytes_borrowed(str, NULL);
    add_padded(buffer, spec, "", bytes, rt__str_offset(str, length), length, '<');
}

// ------------------------------------------------------------------ slots

RtObject *rt__format_int(RtThread *t, RtObject *number, RtObject *text)
{
    RtFormatSpec spec;
    RtBuffer buffer;
    if (!read_spec(t, number, text, 'd', &spec)) return NULL;
    rt__buffer_begin(&buffer, t);
    rt__format_int_into(&buffer, number, &spec);
    return rt__buffer_finish(&buffer);
}

RtObject *rt__format_float(RtThread *t, RtObject *number, RtObject *text)
{
    RtFormatSpec spec;
    RtBuffer buffer;
    if (!read_spec(t, number, text, 'g', &spec)) return NULL;
    rt__buffer_begin(&buffer, t);
    rt__format_float_into(&buffer, rt_float_value(number), &spec);
    return rt__buffer_finish(&buffer);
}

RtObject *rt__format_str(RtThread *t, RtObject *str, RtObject *text)
{
    RtFormatSpec spec;
    RtBuffer buffer;
    if (!read_spec(t, str, text, 's', &spec)) return NULL;
    rt__buffer_begin(&buffer, t);
    rt__format_str_into(&buffer, str, &spec);
    return rt__buffer_finish(&buffer);
}
