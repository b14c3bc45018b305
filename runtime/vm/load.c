// load.c: from assembly text to code objects.
//
// Whatever the text is, the result is an error that says where and what, or code that cannot do
// harm: every operand is checked here against what it may be, and rt__verify proves that no
// register is read that may be empty. What is left to the eval loop are the types of objects.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object/array.h"
#include "object/bytes.h"
#include "object/format.h"
#include "object/tuple.h"
#include "object/utf8.h"
#include "vm/operations.h"

// Far beyond any program, and small enough that sizes cannot overflow.
#define MAX_NUMBER 1000000

#define FORMAT 2 // of the assembly: FORMAT of translate/source.py

typedef struct Vector {
    char *items;
    uint32_t count;
    uint32_t capacity;
} Vector;

// A jump whose label may not be known yet.
typedef struct Fixup {
    uint32_t word;  // where the distance goes
    uint32_t after; // what it is counted from: the end of the instruction
    uint32_t label;
    uint32_t line; // of the text
    char letter;   // the operand's
    bool goes_back;
} Fixup;

typedef struct Loader {
    RtThread *t;
    const char *name;
    const char *at;
    const char *end;
    uint32_t line;
    RtObject *file; // the source's, interned
    Vector codes;   // RtCode *, by number
    RtCode *code;   // the one being read
    int64_t number; // of that
    Vector words, lines, constants, locals, free, cells, handlers;
    Vector labels; // uint32_t offsets, or UNKNOWN
    Vector fixups;
    Vector text_lines; // of each word, for messages
    uint32_t source_line;
    uint32_t caches;
} Loader;

#define UNKNOWN UINT32_MAX

// ------------------------------------------------------------------ errors and memory

// The first error counts.
static bool fail_at(Loader *l, uint32_t line, const char *sentence)
{
    if (rt_error_kind(l->t) == RT_ERROR_NONE)
        rt__error_format(l->t, RT_ERROR_VALUE, "%s:%u: %s", l->name, line, sentence);
    return false;
}

static bool fail(Loader *l, const char *sentence)
{
    return fail_at(l, l->line, sentence);
}

static bool push(Loader *l, Vector *vector, const void *item, size_t size)
{
    if (vector->count == vector->capacity) {
        uint32_t capacity = vector->capacity * 2 + 16;
        char *items = rt__array_new(l->t, 0, capacity, size);
        if (items == NULL) return false;
        if (vector->count > 0) memcpy(items, vector->items, vector->count * size);
        rt_array_free(vector->items);
        vector->items = items;
        vector->capacity = capacity;
    }
    memcpy(vector->items + vector->count++ * size, item, size);
    return true;
}

#define PUSH(vector, value)     push(l, &l->vector, &(value), sizeof(value))
#define AT(vector, type, index) (((type *)(void *)l->vector.items)[index])

static void *give(Vector *vector)
{
    void *items = vector->items;
    *vector = (Vector){NULL, 0, 0};
    return items;
}

static void forget(Vector *vector)
{
    rt_array_free(give(vector));
}

// ------------------------------------------------------------------ words of the text

static void skip_blanks(Loader *l)
{
    while (l->at < l->end && (*l->at == ' ' || *l->at == '\t' || *l->at == '\r'))
        l->at++;
    if (l->at < l->end && *l->at == ';') {
        while (l->at < l->end && *l->at != '\n')
            l->at++;
    }
}

// To the first word of the next line that has one. False: the text is at its end.
static bool next_line(Loader *l)
{
    for (skip_blanks(l); l->at < l->end && *l->at == '\n'; skip_blanks(l)) {
        l->at++;
        l->line++;
    }
    return l->at < l->end;
}

static bool at_line_end(Loader *l)
{
    skip_blanks(l);
    return l->at == l->end || *l->at == '\n';
}

static bool end_line(Loader *l)
{
    return at_line_end(l) || fail(l, "there is more on the line than belongs there");
}

static bool is_word_char(char c)
{
    return c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '[' && c != ']' &&
           c != '"' && c != ';' && c != '\0';
}

static bool word(Loader *l, char *buffer, size_t size)
{
    skip_blanks(l);
    size_t length = 0;
    while (l->at < l->end && is_word_char(*l->at)) {
        if (length + 1 == size) return fail(l, "a word is too long");
        buffer[length++] = *l->at++;
    }
    buffer[length] = '\0';
    return length > 0 || fail(l, "a word is missing");
}

static bool keyword(Loader *l, const char *wanted)
{
    char text[32], sentence[64];
    if (!word(l, text, sizeof text)) return false;
    if (strcmp(text, wanted) == 0) return true;
    snprintf(sentence, sizeof sentence, "'%s' is expected", wanted);
    return fail(l, sentence);
}

static bool take(Loader *l, char wanted)
{
    skip_blanks(l);
    if (l->at < l->end && *l->at == wanted) {
        l->at++;
        return true;
    }
    return false;
}

static bool to_number(Loader *l, const char *text, int64_t least, int64_t most, int64_t *value)
{
    char *end;
    if (*text != '-' && (*text < '0' || *text > '9')) return fail(l, "a number is expected");
    *value = strtol(text, &end, 10);
    if (*end != '\0') return fail(l, "a number is expected");
    return (*value >= least && *value <= most) || fail(l, "a number is out of its range");
}

static bool number(Loader *l, int64_t least, int64_t most, int64_t *value)
{
    char text[32];
    return word(l, text, sizeof text) && to_number(l, text, least, most, value);
}

static bool small_number(Loader *l, const char *before, uint32_t most, uint32_t *value)
{
    int64_t number_;
    if (!keyword(l, before) || !number(l, 0, most, &number_)) return false;
    *value = (uint32_t)number_;
    return true;
}

// A word that begins with `letter` and goes on with a number below `limit`.
static bool numbered(Loader *l, char letter, uint32_t limit, const char *what, uint32_t *value)
{
    char text[32];
    int64_t number_;
    if (!word(l, text, sizeof text)) return false;
    if (text[0] != letter) return fail(l, what);
    if (!to_number(l, text + 1, 0, (int64_t)limit - 1, &number_)) return false;
    *value = (uint32_t)number_;
    return true;
}

// ------------------------------------------------------------------ strings

static bool hex(Loader *l, unsigned digits, uint32_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < digits; i++) {
        char c = l->at < l->end ? *l->at : '\0';
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 16;
        if (digit == 16) return fail(l, "a digit from 0 to f is expected");
        *value = *value * 16 + digit;
        l->at++;
    }
    return true;
}

// After "\u". A pair of surrogates is one character; half of one is none.
static bool unicode_escape(Loader *l, RtBuffer *buffer)
{
    uint32_t point, low;
    if (!hex(l, 4, &point)) return false;
    if (point >= 0xd800 && point < 0xdc00) {
        if (l->end - l->at < 2 || l->at[0] != '\\' || l->at[1] != 'u')
            return fail(l, "half a surrogate pair");
        l->at += 2;
        if (!hex(l, 4, &low)) return false;
        if (low < 0xdc00 || low > 0xdfff) return fail(l, "half a surrogate pair");
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    } else if (point >= 0xdc00 && point <= 0xdfff) {
        return fail(l, "half a surrogate pair");
    }
    char bytes[4];
    rt__buffer_add(buffer, bytes, rt__utf8_put(bytes, point));
    return true;
}

static bool escape(Loader *l, RtBuffer *buffer)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char c = l->at < l->end ? *l->at++ : '\0';
    if (c == 'u') return unicode_escape(l, buffer);
    const char *letter = c != '\0' ? strchr(letters, c) : NULL;
    if (letter == NULL) return fail(l, "an escape that JSON does not have");
    rt__buffer_add(buffer, &meanings[letter - letters], 1);
    return true;
}

static bool string_contents(Loader *l, RtBuffer *buffer)
{
    while (l->at < l->end && *l->at != '"') {
        if (*l->at == '\\') {
            l->at++;
            if (!escape(l, buffer)) return false;
            continue;
        }
        size_t length = rt__utf8_check(l->at, l->end);
        if (*l->at == '\n' || length == 0)
            return fail(l, "a string is not closed or not UTF-8");
        rt__buffer_add(buffer, l->at, length);
        l->at += length;
    }
    return l->at < l->end || fail(l, "a string is not closed or not UTF-8");
}

// Interned.
static bool string(Loader *l, RtObject **str)
{
    if (!take(l, '"')) return fail(l, "a string is expected");
    RtBuffer buffer;
    rt__buffer_begin(&buffer, l->t);
    bool good = string_contents(l, &buffer);
    if (!good) rt__buffer_fail(&buffer);
    RtObject *made = rt__buffer_finish(&buffer);
    if (made == NULL) return false;
    l->at++;
    *str = rt__intern_str(l->t, made);
    if (*str != made) rt_decref(l->t, made);
    return *str != NULL;
}

static bool strings(Loader *l, Vector *to, uint32_t limit)
{
    if (!take(l, '[')) return fail(l, "'[' is expected");
    while (!take(l, ']')) {
        RtObject *str;
        if (to->count == limit) return fail(l, "there are too many names");
        if (!string(l, &str) || !push(l, to, &str, sizeof str)) return false;
    }
    return end_line(l);
}

// ------------------------------------------------------------------ constants

// More digits than the machine's ints have are int()'s business.
static bool int_constant(Loader *l, RtObject **value)
{
    skip_blanks(l);
    const char *start = l->at;
    while (l->at < l->end && is_word_char(*l->at))
        l->at++;
    RtObject *text = rt_str_new(l->t, start, (size_t)(l->at - start));
    if (text == NULL) return false;
    char *end;
    long small = strtol(start, &end, 10);
    if (end == l->at && end > start && end - start < 18)
        *value = rt_int_new(l->t, small);
    else
        *value = rt__construct(l->t, rt__class_object(&rt__int_type), &text, 1, NULL);
    rt_decref(l->t, text);
    if (*value != NULL || rt_error_kind(l->t) == RT_ERROR_MEMORY) return *value != NULL;
    rt_error_clear(l->t);
    return fail(l, "an int is expected");
}

static bool float_constant(Loader *l, RtObject **value)
{
    char text[64], *end;
    if (!word(l, text, sizeof text)) return false;
    double number_ = strtod(text, &end);
    if (*end != '\0') return fail(l, "a float is expected");
    *value = rt_float_new(l->t, number_);
    return *value != NULL;
}

static bool constant_index(Loader *l, uint32_t *index)
{
    return numbered(l, 'k', l->constants.count, "a constant is expected", index);
}

static bool tuple_constant(Loader *l, RtObject **value)
{
    Vector items = {NULL, 0, 0};
    bool good = take(l, '[') || fail(l, "'[' is expected");
    while (good && !take(l, ']')) {
        uint32_t index;
        good = constant_index(l, &index) &&
               push(l, &items, &AT(constants, RtObject *, index), sizeof(RtObject *));
    }
    *value = good ? rt_tuple_new(l->t, items.count) : NULL;
    for (uint32_t i = 0; *value != NULL && i < items.count; i++)
        rt_tuple_set_steal(*value, i, ((RtObject **)(void *)items.items)[i]); // immortal
    forget(&items);
    return *value != NULL;
}

// "00ff"
static bool bytes_constant(Loader *l, RtObject **value)
{
    RtBuffer buffer;
    uint32_t byte;
    if (!take(l, '"')) return fail(l, "a string is expected");
    rt__buffer_begin(&buffer, l->t);
    bool good = true;
    while (good && !take(l, '"')) {
        good = hex(l, 2, &byte);
        rt__buffer_add(&buffer, &(char){(char)byte}, 1);
    }
    *value = good && !buffer.failed ? rt__bytes_new(l->t, buffer.bytes, buffer.size) : NULL;
    rt__buffer_drop(&buffer);
    return *value != NULL;
}

// Codes are numbered from the outside in, so none contains itself.
static bool code_constant(Loader *l, RtObject **value)
{
    int64_t index;
    if (!number(l, l->number + 1, (int64_t)l->codes.count - 1, &index)) return false;
    *value = &AT(codes, RtCode *, index)->base;
    return true;
}

static bool constant_value(Loader *l, const char *kind, RtObject **value)
{
    if (strcmp(kind, "int") == 0) return int_constant(l, value);
    if (strcmp(kind, "float") == 0) return float_constant(l, value);
    if (strcmp(kind, "str") == 0) return string(l, value);
    if (strcmp(kind, "bytes") == 0) return bytes_constant(l, value);
    if (strcmp(kind, "tuple") == 0) return tuple_constant(l, value);
    if (strcmp(kind, "code") == 0) return code_constant(l, value);
    *value = strcmp(kind, "none") == 0       ? rt_none()
             : strcmp(kind, "true") == 0     ? rt_bool(true)
             : strcmp(kind, "false") == 0    ? rt_bool(false)
             : strcmp(kind, "ellipsis") == 0 ? rt__ellipsis()
                                             : NULL;
    return *value != NULL || fail(l, "a constant of no known kind");
}

// Its number was read. Constants are immortal: all threads load them without counting.
static bool constant(Loader *l, const char *name)
{
    int64_t index;
    char kind[16];
    RtObject *value;
    if (!to_number(l, name + 1, 0, 0xffff, &index)) return false;
    if (index != l->constants.count) return fail(l, "constants are not numbered in order");
    if (!word(l, kind, sizeof kind) || !constant_value(l, kind, &value)) return false;
    if (!rt_ref_is_immortal(&value->ref)) rt_ref_make_immortal(&value->ref);
    return PUSH(constants, value) && end_line(l);
}

// ------------------------------------------------------------------ operands

static bool register_number(Loader *l, const char *text, uint32_t *value)
{
    int64_t number_;
    if (text[0] != 'r') return fail(l, "a register is expected");
    if (!to_number(l, text + 1, 0, (int64_t)l->code->reg_count - 1, &number_)) return false;
    *value = (uint32_t)number_;
    return true;
}

static bool read_register(Loader *l, char letter, uint32_t *value)
{
    char text[32];
    if (!word(l, text, sizeof text)) return false;
    size_t length = strlen(text);
    if (letter == 'o' && strcmp(text, "-") == 0) {
        *value = RT_NO_REGISTER;
        return true;
    }
    bool last = text[length - 1] == '!';
    if (last && letter == 'd') return fail(l, "a register that is written has no last use");
    if (last) text[length - 1] = '\0';
    if (!register_number(l, text, value)) return false;
    // The last register's last use would look like no register.
    if (letter == 'o' && last && *value == RT_NO_REGISTER - RT_LAST_USE)
        return fail(l, "register 127 cannot be used here");
    if (last) *value |= RT_LAST_USE;
    return true;
}

static bool add_fixup(Loader *l, char letter, uint32_t at, uint32_t after, bool goes_back)
{
    Fixup fixup = {at, after, 0, l->line, letter, goes_back};
    return numbered(l, 'L', MAX_NUMBER, "a label is expected", &fixup.label) &&
           PUSH(fixups, fixup);
}

static bool is_str(const RtObject *object)
{
    return object->type == &rt__str_type;
}

static bool is_names(const RtObject *object)
{
    if (object->type != &rt__tuple_type) return false;
    for (size_t i = 0; i < rt_tuple_size(object); i++) {
        if (!is_str(rt__tuple_item(object, i))) return false;
    }
    return true;
}

// What the constant of a `y` must be, by the instruction.
static bool check_constant(Loader *l, RtOp op, uint32_t index)
{
    RtObject *value = AT(constants, RtObject *, index);
    if (op == RT_OP_FUNCTION)
        return value->type == &rt__code_type || fail(l, "the constant is no code");
    return is_names(value) || fail(l, "the constant is no tuple of names");
}

static bool name_index(Loader *l, uint32_t *index)
{
    if (!constant_index(l, index)) return false;
    return is_str(AT(constants, RtObject *, *index)) || fail(l, "the constant is no name");
}

static bool conversion_or_number(Loader *l, RtOp op, uint32_t *value)
{
    int64_t number_;
    if (!number(l, 0, RT_MAX_REGISTERS, &number_)) return false;
    *value = (uint32_t)number_;
    if (op != RT_OP_FORMAT || *value == 0 || *value == 's' || *value == 'r' || *value == 'a')
        return true;
    return fail(l, "a conversion is 0, 115, 114 or 97");
}

typedef struct Instruction {
    RtOp op;
    uint32_t words[3];
    uint32_t count; // words so far
    unsigned shift; // where the next operand goes in the first
    uint32_t operands[6];
    unsigned read;
} Instruction;

static void put(Instruction *in, uint32_t value, unsigned bits)
{
    in->words[0] |= (value & ((1u << bits) - 1)) << in->shift;
    in->shift += bits;
}

static bool wide_operand(Loader *l, Instruction *in, char letter, uint32_t *value)
{
    int64_t number_ = 0;
    bool good;
    if (letter == 'k')
        good = in->op == RT_OP_CHECK ? name_index(l, value) : constant_index(l, value);
    else if (letter == 'N')
        good = l->free.count > 0 ? number(l, 0, (int64_t)l->free.count - 1, &number_)
                                 : fail(l, "the code has no free variables");
    else
        good = number(l, INT16_MIN, INT16_MAX, &number_);
    if (good && letter != 'k') *value = (uint32_t)number_;
    in->shift = 16;
    put(in, *value, 16);
    return good;
}

static bool byte_operand(Loader *l, Instruction *in, char letter, uint32_t *value)
{
    int64_t number_ = 0;
    bool good = true;
    if (letter == 'n' || letter == 'i') {
        good =
            number(l, letter == 'n' ? 0 : INT8_MIN, letter == 'n' ? 255 : INT8_MAX, &number_);
        *value = (uint32_t)number_;
    } else {
        good = read_register(l, letter, value);
    }
    put(in, *value, 8);
    return good;
}

static bool extra_operand(Loader *l, Instruction *in, char letter, uint32_t *value)
{
    bool good = letter == 'x'   ? name_index(l, value)
                : letter == 'y' ? constant_index(l, value) && check_constant(l, in->op, *value)
                                : conversion_or_number(l, in->op, value);
    if (good && letter == 'x') {
        if (l->caches > 0xffff) return fail(l, "the code has too many caches");
        *value |= l->caches++ << 16;
    }
    in->words[in->count++] = *value;
    return good;
}

static bool operand(Loader *l, Instruction *in, char letter, uint32_t after)
{
    uint32_t value = 0;
    bool good;
    if (letter == 'J' || letter == 'S' || letter == 'W') {
        if (letter == 'W') in->words[in->count++] = 0;
        uint32_t at = l->words.count + (letter == 'W' ? in->count - 1 : 0);
        return add_fixup(l, letter, at, after, in->op == RT_OP_LOOP);
    }
    if (letter == 'k' || letter == 'I' || letter == 'N')
        good = wide_operand(l, in, letter, &value);
    else if (letter == 'x' || letter == 'y' || letter == 'w')
        good = extra_operand(l, in, letter, &value);
    else
        good = byte_operand(l, in, letter, &value);
    in->operands[in->read++] = value;
    return good;
}

// ------------------------------------------------------------------ instructions

static bool in_window(Loader *l, uint32_t first, uint32_t count)
{
    return first + count <= l->code->reg_count ||
           fail(l, "the instruction uses more registers than the code has");
}

// What operands must be together.
static bool check_operands(Loader *l, const Instruction *in)
{
    const uint32_t *o = in->operands;
    switch (in->op) {
    case RT_OP_SLICE:
        return in_window(l, o[1], 3);
    case RT_OP_LIST:
    case RT_OP_TUPLE:
    case RT_OP_SET:
    case RT_OP_STRING:
        return in_window(l, o[1], o[2]);
    case RT_OP_DICT:
        return in_window(l, o[1], 2 * o[2]);
    case RT_OP_UNPACK:
        return in_window(l, o[0], o[2]);
    case RT_OP_UNPACKEX:
        return in_window(l, o[0], o[2] + 1 + o[3]);
    case RT_OP_CALL:
    case RT_OP_CALLM:
        return in_window(l, o[1], 1 + o[2]);
    case RT_OP_CALLKW:
    case RT_OP_CALLMKW: {
        RtObject *names = AT(constants, RtObject *, o[in->read - 1]);
        if (rt_tuple_size(names) > o[2]) return fail(l, "there are more names than arguments");
        return in_window(l, o[1], 1 + o[2]);
    }
    case RT_OP_CLASS:
        return in_window(l, o[1], 2 + o[2]);
    case RT_OP_LOADCELL:
        return (o[1] & 0x7f) < l->locals.count || fail(l, "a cell is a local variable's");
    case RT_OP_DELCELL:
        return (o[0] & 0x7f) < l->locals.count || fail(l, "a cell is a local variable's");
    default:
        return true;
    }
}

static bool emit(Loader *l, const Instruction *in)
{
    for (uint32_t i = 0; i < in->count; i++) {
        if (!PUSH(words, in->words[i]) || !PUSH(lines, l->source_line) ||
            !PUSH(text_lines, l->line))
            return false;
    }
    return l->words.count <= MAX_NUMBER * 4 || fail(l, "the code is too long");
}

static bool instruction(Loader *l, const char *name)
{
    Instruction in = {.op = 0, .count = 1, .shift = 8};
    while (in.op < RT_OP_COUNT && strcmp(rt__ops[in.op].name, name) != 0)
        in.op++;
    if (in.op == RT_OP_COUNT) return fail(l, "there is no such instruction");
    in.words[0] = in.op;
    uint32_t after = l->words.count + rt__op_words(in.op);
    for (const char *letter = rt__ops[in.op].format; *letter != '\0'; letter++) {
        if (!operand(l, &in, *letter, after)) return false;
    }
    return end_line(l) && check_operands(l, &in) && emit(l, &in);
}

static bool label(Loader *l, const char *text)
{
    size_t length = strlen(text);
    char digits[32];
    int64_t index;
    memcpy(digits, text + 1, length - 2);
    digits[length - 2] = '\0';
    if (!to_number(l, digits, 0, MAX_NUMBER - 1, &index)) return false;
    uint32_t unknown = UNKNOWN;
    while (l->labels.count <= index) {
        if (!PUSH(labels, unknown)) return false;
    }
    if (AT(labels, uint32_t, index) != UNKNOWN) return fail(l, "the label stands twice");
    AT(labels, uint32_t, index) = l->words.count;
    return end_line(l);
}

static bool find_label(Loader *l, uint32_t index, uint32_t line, uint32_t *offset)
{
    *offset = index < l->labels.count ? AT(labels, uint32_t, index) : UNKNOWN;
    return *offset != UNKNOWN || fail_at(l, line, "there is no such label");
}

static bool fix(Loader *l, const Fixup *fixup)
{
    uint32_t target;
    if (!find_label(l, fixup->label, fixup->line, &target)) return false;
    if (target >= l->words.count) return fail_at(l, fixup->line, "a jump leads past the end");
    int64_t distance = (int64_t)target - fixup->after;
    uint32_t *word_ = &AT(words, uint32_t, fixup->word);
    if ((distance < 0) != fixup->goes_back)
        return fail_at(l, fixup->line, "LOOP goes backward, and nothing else does");
    if (fixup->letter == 'W') {
        *word_ = (uint32_t)distance;
        return true;
    }
    int64_t limit = fixup->letter == 'J' ? 1 << 15 : 1 << 23;
    if (distance >= limit || distance < -limit)
        return fail_at(l, fixup->line, "a jump is too long");
    *word_ |= (uint32_t)distance << (fixup->letter == 'J' ? 16 : 8);
    return true;
}

// Labels are resolved later; until then the handler has their numbers.
static bool handler(Loader *l)
{
    RtHandler handler_;
    char text[32];
    if (!numbered(l, 'L', MAX_NUMBER, "a label is expected", &handler_.start) ||
        !numbered(l, 'L', MAX_NUMBER, "a label is expected", &handler_.end) ||
        !numbered(l, 'L', MAX_NUMBER, "a label is expected", &handler_.target) ||
        !word(l, text, sizeof text) || !register_number(l, text, &handler_.reg))
        return false;
    return PUSH(handlers, handler_) && end_line(l);
}

static bool fix_handler(Loader *l, RtHandler *handler_)
{
    if (!find_label(l, handler_->start, l->line, &handler_->start) ||
        !find_label(l, handler_->end, l->line, &handler_->end) ||
        !find_label(l, handler_->target, l->line, &handler_->target))
        return false;
    return (handler_->start <= handler_->end && handler_->target < l->words.count) ||
           fail(l, "a handler's labels are in no order");
}

// ------------------------------------------------------------------ a code

static RtObject *last_part(RtThread *t, RtObject *qualname)
{
    const char *text = rt_str_bytes_borrowed(qualname, NULL);
    const char *dot = strrchr(text, '.');
    if (dot == NULL) return qualname;
    return rt_str_intern(t, dot + 1, strlen(dot + 1));
}

// code 3 "f.<locals>.g" args 1 defaults 0 locals 2 regs 5 line 7; `code` was read.
static bool header(Loader *l)
{
    int64_t index;
    if (!number(l, 0, (int64_t)l->codes.count - 1, &index)) return false;
    RtCode *code = l->code = AT(codes, RtCode *, index);
    l->number = index;
    if (code->qualname != NULL) return fail(l, "the code's number stands twice");
    if (!string(l, &code->qualname) || !small_number(l, "args", 128, &code->arg_count) ||
        !small_number(l, "defaults", 128, &code->default_count) ||
        !small_number(l, "locals", 128, &code->local_count) ||
        !small_number(l, "regs", RT_MAX_REGISTERS, &code->reg_count) ||
        !small_number(l, "line", INT32_MAX, &code->first_line) || !end_line(l))
        return false;
    code->name = last_part(l->t, code->qualname);
    code->file = rt_str_bytes_borrowed(l->file, NULL);
    if (code->name == NULL) return false;
    if (code->default_count > code->arg_count || code->arg_count > code->local_count ||
        code->local_count > code->reg_count)
        return fail(l, "arguments are locals and locals are registers: there are too few");
    l->source_line = code->first_line;
    return true;
}

static bool cells(Loader *l)
{
    if (!take(l, '[')) return fail(l, "'[' is expected");
    while (!take(l, ']')) {
        int64_t index;
        if (!number(l, 0, (int64_t)l->code->local_count - 1, &index)) return false;
        uint32_t local = (uint32_t)index;
        if (!PUSH(cells, local)) return false;
    }
    return end_line(l);
}

static bool source_line(Loader *l)
{
    int64_t line;
    if (!number(l, 0, INT32_MAX, &line)) return false;
    l->source_line = (uint32_t)line;
    return end_line(l);
}

static bool item(Loader *l, const char *text)
{
    size_t length = strlen(text);
    if (strcmp(text, "names") == 0) return strings(l, &l->locals, l->code->local_count);
    if (strcmp(text, "cells") == 0) return cells(l);
    if (strcmp(text, "free") == 0) return strings(l, &l->free, 0xffff);
    if (strcmp(text, "line") == 0) return source_line(l);
    if (strcmp(text, "handler") == 0) return handler(l);
    if (text[0] == 'k') return constant(l, text);
    if (text[0] == 'L' && text[length - 1] == ':' && length > 2) return label(l, text);
    return instruction(l, text);
}

static bool resolve(Loader *l)
{
    if (l->locals.count != l->code->local_count) return fail(l, "every local has a name");
    if (l->words.count == 0) return fail(l, "the code has no instructions");
    for (uint32_t i = 0; i < l->fixups.count; i++) {
        if (!fix(l, &AT(fixups, Fixup, i))) return false;
    }
    for (uint32_t i = 0; i < l->handlers.count; i++) {
        if (!fix_handler(l, &AT(handlers, RtHandler, i))) return false;
    }
    return true;
}

// The code takes over what was collected.
static void hand_over(Loader *l)
{
    RtCode *code = l->code;
    RtVm *vm = rt__vm(l->t);
    code->word_count = l->words.count;
    code->constant_count = l->constants.count;
    code->free_count = l->free.count;
    code->cell_count = l->cells.count;
    code->handler_count = l->handlers.count;
    code->cache_count = l->caches;
    code->cache_base = vm->cache_count;
    vm->cache_count += l->caches;
    code->words = give(&l->words);
    code->lines = give(&l->lines);
    code->constants = give(&l->constants);
    code->local_names = give(&l->locals);
    code->free_names = give(&l->free);
    code->cells = give(&l->cells);
    code->handlers = give(&l->handlers);
}

static bool verify(Loader *l)
{
    char sentence[128];
    uint32_t at;
    if (rt__verify(l->t, l->code, sentence, sizeof sentence, &at)) return true;
    return fail_at(l, AT(text_lines, uint32_t, at), sentence);
}

static void clear_code(Loader *l)
{
    Vector *vectors[] = {&l->words, &l->lines,  &l->constants, &l->locals,   &l->free,
                         &l->cells, &l->labels, &l->fixups,    &l->handlers, &l->text_lines};
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
        forget(vectors[i]);
    l->caches = 0;
}

static bool body(Loader *l)
{
    char text[32];
    for (;;) {
        if (!next_line(l)) return fail(l, "the code has no end");
        if (!word(l, text, sizeof text)) return false;
        if (strcmp(text, "end") == 0) break;
        if (!item(l, text)) return false;
    }
    if (!end_line(l) || !resolve(l)) return false;
    hand_over(l);
    return verify(l);
}

// ------------------------------------------------------------------ the file

// Codes refer to each other by number, forward too: all are made first, empty. A line that
// begins with "code" inside a string cannot be: strings do not span lines.
static bool make_codes(Loader *l)
{
    const char *at = l->at;
    while (at < l->end) {
        if (l->end - at > 5 && memcmp(at, "code ", 5) == 0) {
            RtCode *code = rt__code_new(l->t);
            if (code == NULL || !PUSH(codes, code)) return false;
            if (l->codes.count > 0xffff) return fail(l, "there are too many codes");
        }
        while (at < l->end && *at++ != '\n') {
        }
    }
    return l->codes.count > 0 || fail(l, "the file has no code");
}

static bool preamble(Loader *l)
{
    int64_t version;
    char hash[80];
    if (!next_line(l)) return fail(l, "the file is empty");
    if (!keyword(l, "gilbench-assembly") || !number(l, 0, INT32_MAX, &version)) return false;
    if (version != FORMAT) return fail(l, "the file is of another version");
    if (!word(l, hash, sizeof hash) || !end_line(l)) return false;
    if (!next_line(l) || !keyword(l, "file")) return fail(l, "'file' is expected");
    return string(l, &l->file) && end_line(l);
}

static bool check_module(Loader *l)
{
    RtCode *module = AT(codes, RtCode *, 0);
    for (uint32_t i = 0; i < l->codes.count; i++) {
        if (AT(codes, RtCode *, i)->words == NULL) return fail(l, "a code's number is missing");
    }
    return (module->arg_count == 0 && module->free_count == 0) ||
           fail(l, "code 0 is the module: it has no arguments and no free variables");
}

static bool file(Loader *l)
{
    if (!preamble(l) || !make_codes(l)) return false;
    while (next_line(l)) {
        bool good = keyword(l, "code") && header(l) && body(l);
        clear_code(l);
        if (!good) return false;
    }
    return check_module(l);
}

RtCode *rt__load(RtThread *t, const char *name, const char *text, size_t size)
{
    Loader l = {.t = t, .name = name, .at = text, .end = text + size, .line = 1};
    bool good = file(&l);
    RtCode *module = good ? ((RtCode **)(void *)l.codes.items)[0] : NULL;
    clear_code(&l);
    forget(&l.codes);
    return module;
}
