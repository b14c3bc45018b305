// str_format.c: str.format, and the operator %.
#include <string.h>

#include "builtins/format_spec.h"
#include "builtins/text.h"
#include "object/float.h"
#include "object/tuple.h"
#include "object/utf8.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ str.format

// Arguments, and how fields without a number or name are counted.
typedef struct Fields {
    RtThread *t;
    RtObject *const *args;
    size_t count;
    RtObject *kwnames;
    int64_t next; // the number of the next field without one
    bool by_hand; // fields have numbers
} Fields;

static RtObject *wrong(RtThread *t, const char *message)
{
    rt_error_set(t, RT_ERROR_VALUE, message);
    return NULL;
}

static RtObject *positional(Fields *f, int64_t index)
{
    if (index < (int64_t)f->count) return rt_new_ref(f->t, f->args[index]);
    rt__error_format(f->t, RT_ERROR_INDEX,
                     "Replacement index %lld out of range for positional args tuple",
                     (long long)index);
    return NULL;
}

static RtObject *named(Fields *f, RtText name)
{
    for (size_t i = 0; f->kwnames != NULL && i < rt_tuple_size(f->kwnames); i++) {
        RtText given = rt__text_of(rt__tuple_item(f->kwnames, i));
        if (given.size == name.size && memcmp(given.bytes, name.bytes, name.size) == 0)
            return rt_new_ref(f->t, f->args[f->count + i]);
    }
    RtObject *key = rt_str_new(f->t, name.bytes, name.size);
    if (key != NULL) rt__error_set_value(f->t, RT_ERROR_KEY, key);
    rt_decref_null(f->t, key);
    return NULL;
}

// The number that a text is; -1: it is none.
static int64_t number_of(RtText text)
{
    int64_t number = 0;
    if (text.size == 0 || text.size > 9) return -1;
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9') return -1;
        number = number * 10 + (text.bytes[i] - '0');
    }
    return number;
}

static RtObject *first_value(Fields *f, RtText name)
{
    int64_t number = number_of(name);
    if (name.size > 0 && number < 0) return named(f, name);
    bool by_hand = name.size > 0;
    if (by_hand ? f->next > 0 : f->by_hand)
        return wrong(f->t, by_hand
                               ? "cannot switch from automatic field numbering to manual "
                                 "field specification"
                               : "cannot switch from manual field specification to automatic "
                                 "field numbering");
    f->by_hand = by_hand;
    return positional(f, by_hand ? number : f->next++);
}

// Moves `text` past what was read.
static RtText take(RtText *text, size_t size)
{
    RtText taken = {text->bytes, size};
    text->bytes += size;
    text->size -= size;
    return taken;
}

// strchr() would find the end of `characters`, too.
static bool is_one_of(char character, const char *characters)
{
    return character != '\0' && strchr(characters, character) != NULL;
}

// Up to one of the characters in `ends`, or all.
static RtText take_until(RtText *text, const char *ends)
{
    size_t size = 0;
    while (size < text->size && !is_one_of(text->bytes[size], ends))
        size++;
    return take(text, size);
}

static RtObject *attribute(RtThread *t, RtObject *object, RtText name)
{
    RtObject *str = rt_str_new(t, name.bytes, name.size);
    RtObject *value = str != NULL ? rt__get_attr(t, object, str) : NULL;
    rt_decref_null(t, str);
    return value;
}

static RtObject *item(RtThread *t, RtObject *object, RtText text)
{
    int64_t number = number_of(text);
    RtObject *key = number >= 0 ? rt_int_new(t, number) : rt_str_new(t, text.bytes, text.size);
    RtObject *value = key != NULL ? rt__get_item(t, object, key) : NULL;
    rt_decref_null(t, key);
    return value;
}

static RtObject *one_step(RtThread *t, RtObject *object, RtText *path)
{
    bool subscript = *take(path, 1).bytes == '[';
    RtText name = take_until(path, subscript ? "]" : ".[");
    if (name.size == 0) return wrong(t, "Empty attribute in format string");
    if (!subscript) return attribute(t, object, name);
    if (path->size == 0) return wrong(t, "Missing ']' in format string");
    take(path, 1);
    if (path->size > 0 && *path->bytes != '.' && *path->bytes != '[')
        return wrong(t, "Only '.' or '[' may follow ']' in format field specifier");
    return item(t, object, name);
}

// What a field's name is the name of: name.attribute[item]
static RtObject *value_of(Fields *f, RtText path)
{
    RtObject *value = first_value(f, take_until(&path, ".["));
    while (value != NULL && path.size > 0) {
        RtObject *next = one_step(f->t, value, &path);
        rt_decref(f->t, value);
        value = next;
    }
    return value;
}

static RtObject *converted_steal(RtThread *t, RtObject *value, char conversion)
{
    if (conversion == 0) return value;
    RtObject *result = NULL;
    if (is_one_of(conversion, "sra"))
        result = rt__format_value(t, value, NULL, (uint32_t)conversion);
    else
        rt__error_format(t, RT_ERROR_VALUE, "Unknown conversion specifier %c", conversion);
    rt_decref(t, value);
    return result;
}

static bool add_text(RtBuffer *buffer, Fields *f, RtText text, unsigned depth);

// The spec may have fields itself.
static RtObject *spec_of(Fields *f, RtText text, unsigned depth)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, f->t);
    if (depth == 0) {
        wrong(f->t, "Max string recursion exceeded");
        rt__buffer_fail(&buffer);
    } else if (!add_text(&buffer, f, text, depth - 1)) {
        rt__buffer_fail(&buffer);
    }
    return rt__buffer_finish(&buffer);
}

// name!conversion:spec
static bool add_field(RtBuffer *buffer, Fields *f, RtText field, unsigned depth)
{
    char conversion = 0;
    RtText name = take_until(&field, "!:");
    RtObject *value = value_of(f, name);
    if (value == NULL) return false;
    if (field.size > 0 && *field.bytes == '!') {
        take(&field, 1);
        conversion = field.size > 0 ? *take(&field, 1).bytes : '?';
    }
    value = converted_steal(f->t, value, conversion);
    if (value == NULL) return false;
    if (field.size > 0) take(&field, 1);
    RtObject *spec = spec_of(f, field, depth);
    RtObject *text = spec != NULL ? rt__format_object(f->t, value, spec) : NULL;
    if (text != NULL) rt__buffer_add_str(buffer, text);
    rt_decref_null(f->t, spec);
    rt_decref_null(f->t, text);
    rt_decref(f->t, value);
    return text != NULL;
}

// The size of the field at the beginning of the text, up to its '}'; SIZE_MAX: there is none.
static size_t field_size(RtText text)
{
    unsigned open = 1;
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '{') open++;
        if (text.bytes[i] == '}' && --open == 0) return i;
    }
    return SIZE_MAX;
}

static const char *unclosed(RtText field)
{
    take_until(&field, "!:");
    return field.size > 0 ? "unmatched '{' in format spec"
                          : "expected '}' before end of string";
}

static bool add_text(RtBuffer *buffer, Fields *f, RtText text, unsigned depth)
{
    while (text.size > 0) {
        RtText plain = take_until(&text, "{}");
        rt__buffer_add(buffer, plain.bytes, plain.size);
        if (text.size == 0) return true;
        char brace = *take(&text, 1).bytes;
        if (text.size > 0 && *text.bytes == brace) { // written twice, it stands for itself
            rt__buffer_add(buffer, take(&text, 1).bytes, 1);
            continue;
        }
        if (brace == '}') return wrong(f->t, "Single '}' encountered in format string") != NULL;
        if (text.size == 0)
            return wrong(f->t, "Single '{' encountered in format string") != NULL;
        size_t size = field_size(text);
        if (size == SIZE_MAX) return wrong(f->t, unclosed(text)) != NULL;
        if (!add_field(buffer, f, take(&text, size), depth)) return false;
        take(&text, 1);
    }
    return true;
}

STR_METHOD(format)
{
    Fields fields = {t, args + 1, count - 1, kwnames, 0, false};
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    if (!add_text(&buffer, &fields, rt__text_of(args[0]), 2)) rt__buffer_fail(&buffer);
    return rt__buffer_finish(&buffer);
}

// ------------------------------------------------------------------ %

// What is formatted: the items of a tuple one after the other, those of a mapping by name, or
// one object.
typedef struct Operands {
    RtThread *t;
    RtObject *all;
    size_t next;
    bool by_name;
} Operands;

static size_t operand_count(const Operands *o)
{
    return o->all->type == &rt__tuple_type ? rt_tuple_size(o->all) : 1;
}

// The next operand: a new reference.
static RtObject *next_operand(Operands *o)
{
    if (o->next >= operand_count(o)) {
        rt_error_set(o->t, RT_ERROR_TYPE, "not enough arguments for format string");
        return NULL;
    }
    size_t index = o->next++;
    if (o->all->type != &rt__tuple_type) return rt_new_ref(o->t, o->all);
    return rt_new_ref(o->t, rt__tuple_item(o->all, index));
}

// What has items by key or number, but for those that are formatted as a whole.
static bool is_mapping(const RtObject *object)
{
    const RtSlots *slots = object->type->slots;
    if (object->type == &rt__dict_type || object->type == &rt__list_type) return true;
    if (object->type->is_class) return rt__special(object, RT_NAME_getitem) != NULL;
    return slots != NULL && slots->get_item != NULL && object->type != &rt__str_type;
}

static RtObject *operand_named(Operands *o, RtText name)
{
    if (o->all->type == &rt__tuple_type || !is_mapping(o->all)) {
        rt_error_set(o->t, RT_ERROR_TYPE, "format requires a mapping");
        return NULL;
    }
    o->by_name = true;
    RtObject *key = rt_str_new(o->t, name.bytes, name.size);
    RtObject *value = key != NULL ? rt__get_item(o->t, o->all, key) : NULL;
    rt_decref_null(o->t, key);
    return value;
}

static bool read_flag(char c, RtFormatSpec *spec)
{
    switch (c) {
    case '-':
        spec->align = '<';
        return true;
    case '+':
        spec->sign = '+';
        return true;
    case ' ':
        spec->sign = spec->sign != 0 ? spec->sign : ' ';
        return true;
    case '#':
        spec->alternate = true;
        return true;
    case '0':
        spec->zero = true;
        return true;
    default:
        return false;
    }
}

// A number, or '*': the next operand is the number. False with an error.
static bool read_number(Operands *o, RtText *text, int64_t *number)
{
    if (text->size > 0 && *text->bytes == '*') {
        take(text, 1);
        RtObject *given = next_operand(o);
        bool good = given != NULL && rt__is_int(given) && rt__as_int(o->t, given, number);
        if (given != NULL && !good) rt_error_set(o->t, RT_ERROR_TYPE, "* wants int");
        rt_decref_null(o->t, given);
        return good;
    }
    for (*number = 0; text->size > 0 && *text->bytes >= '0' && *text->bytes <= '9';) {
        *number = *number * 10 + (*take(text, 1).bytes - '0');
        if (*number > INT32_MAX) {
            rt_error_set(o->t, RT_ERROR_VALUE, "width too big");
            return false;
        }
    }
    return true;
}

// Flags, width and precision, and the letter that follows.
static bool read_spec(Operands *o, RtText *text, RtFormatSpec *spec)
{
    *spec = (RtFormatSpec){.precision = -1};
    while (text->size > 0 && read_flag(*text->bytes, spec))
        take(text, 1);
    if (!read_number(o, text, &spec->width)) return false;
    if (spec->width < 0) {
        spec->align = '<';
        spec->width = -spec->width;
    }
    if (text->size > 0 && *text->bytes == '.') {
        take(text, 1);
        if (!read_number(o, text, &spec->precision)) return false;
    }
    while (text->size > 0 && is_one_of(*text->bytes, "lLh"))
        take(text, 1);
    if (text->size == 0) {
        rt_error_set(o->t, RT_ERROR_VALUE, "incomplete format");
        return false;
    }
    spec->type = *take(text, 1).bytes;
    if (spec->align == '<') spec->zero = false;
    return true;
}

static bool add_str(RtBuffer *buffer, RtObject *value, RtFormatSpec *spec)
{
    RtObject *text = rt__format_value(buffer->t, value, NULL, (uint32_t)spec->type);
    if (text == NULL) return false;
    RtFormatSpec as_str = {.align = spec->align == '<' ? '<' : '>',
                           .width = spec->width,
                           .precision = spec->precision};
    rt__format_str_into(buffer, text, &as_str);
    rt_decref(buffer->t, text);
    return true;
}

// The int for %d, of a float too, or for %x. NULL with an error.
static RtObject *int_operand(RtThread *t, RtObject *value, char code)
{
    bool decimal = code == 'd' || code == 'i' || code == 'u';
    if (rt__is_int(value)) return rt_new_ref(t, value);
    if (decimal && value->type == &rt__float_type)
        return rt__int_slots.construct(t, &rt__int_type, &value, 1, NULL);
    rt__error_format(t, RT_ERROR_TYPE, "%%%c format: %s is required, not %s", code,
                     decimal ? "a real number" : "an integer", value->type->name);
    return NULL;
}

static bool add_int(RtBuffer *buffer, RtObject *value, RtFormatSpec *spec)
{
    RtObject *number = int_operand(buffer->t, value, spec->type);
    if (number == NULL) return false;
    if (spec->type == 'i' || spec->type == 'u') spec->type = 'd';
    spec->digits = spec->precision;
    spec->precision = -1;
    rt__format_int_into(buffer, number, spec);
    rt_decref(buffer->t, number);
    return true;
}

static bool add_character(RtBuffer *buffer, RtObject *value, RtFormatSpec *spec)
{
    RtFormatSpec padding = {
        .align = spec->align == '<' ? '<' : '>', .width = spec->width, .precision = -1};
    if (rt_str_check(value) && rt__str_length(value) == 1) {
        rt__format_str_into(buffer, value, &padding);
        return true;
    }
    if (!rt__is_int(value)) {
        rt_error_set(buffer->t, RT_ERROR_TYPE, "%c requires int or char");
        return false;
    }
    padding.type = 'c';
    rt__format_int_into(buffer, value, &padding);
    return true;
}

static bool add_operand(RtBuffer *buffer, RtObject *value, RtFormatSpec *spec, size_t index)
{
    double number;
    switch (spec->type) {
    case 's':
    case 'r':
    case 'a':
        return add_str(buffer, value, spec);
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
        return add_int(buffer, value, spec);
    case 'c':
        return add_character(buffer, value, spec);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        if (!rt__as_double(buffer->t, value, &number)) return false;
        rt__format_float_into(buffer, number, spec);
        return true;
    default:
        rt__error_format(buffer->t, RT_ERROR_VALUE,
                         "unsupported format character '%c' (0x%x) at index %zu", spec->type,
                         (unsigned char)spec->type, index);
        return false;
    }
}

// (name)flags width .precision letter
static bool add_conversion(RtBuffer *buffer, Operands *o, RtText *text, const char *begin)
{
    RtObject *value = NULL;
    RtFormatSpec spec;
    if (text->size > 0 && *text->bytes == '(') {
        take(text, 1);
        RtText name = take_until(text, ")");
        if (text->size == 0) return wrong(o->t, "incomplete format key") != NULL;
        take(text, 1);
        value = operand_named(o, name);
        if (value == NULL) return false;
    }
    bool good = read_spec(o, text, &spec);
    if (good && spec.type == '%') {
        rt__buffer_add_text(buffer, "%");
    } else if (good) {
        if (value == NULL) value = next_operand(o);
        good = value != NULL &&
               add_operand(buffer, value, &spec, (size_t)(text->bytes - begin) - 1);
    }
    rt_decref_null(o->t, value);
    return good;
}

static bool add_formatted(RtBuffer *buffer, Operands *o, RtText text)
{
    const char *begin = text.bytes;
    while (text.size > 0) {
        RtText plain = take_until(&text, "%");
        rt__buffer_add(buffer, plain.bytes, plain.size);
        if (text.size == 0) break;
        take(&text, 1);
        if (!add_conversion(buffer, o, &text, begin)) return false;
    }
    bool all = o->by_name || o->next >= operand_count(o) ||
               (o->all->type != &rt__tuple_type && is_mapping(o->all));
    if (!all)
        rt_error_set(o->t, RT_ERROR_TYPE,
                     "not all arguments converted during string formatting");
    return all;
}

RtObject *rt__str_percent(RtThread *t, RtObject *format, RtObject *arguments)
{
    Operands operands = {t, arguments, 0, false};
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    if (!add_formatted(&buffer, &operands, rt__text_of(format))) rt__buffer_fail(&buffer);
    return rt__buffer_finish(&buffer);
}
