// str_search.c: methods of str that look for parts, cut it up or put it together.
#include <string.h>

#include "builtins/text.h"
#include "object/int.h"
#include "object/list.h"
#include "object/tuple.h"
#include "object/utf8.h"

bool rt__need_str(RtThread *t, RtObject *object, const char *what)
{
    if (rt_str_check(object)) return true;
    rt__error_format(t, RT_ERROR_TYPE, "%smust be str, not %s", what, object->type->name);
    return false;
}

static RtObject *new_str(RtThread *t, RtText text)
{
    return rt_str_new(t, text.bytes, text.size);
}

// ------------------------------------------------------------------ finding

int64_t rt__text_find(RtText whole, RtText part)
{
    if (part.size == 0) return 0;
    const char *at = whole.bytes, *end = whole.bytes + whole.size;
    while ((size_t)(end - at) >= part.size) {
        at = memchr(at, part.bytes[0], (size_t)(end - at) - part.size + 1);
        if (at == NULL) return -1;
        if (memcmp(at, part.bytes, part.size) == 0) return at - whole.bytes;
        at++;
    }
    return -1;
}

int64_t rt__text_find_last(RtText whole, RtText part)
{
    if (part.size > whole.size) return -1;
    for (size_t at = whole.size - part.size + 1; at-- > 0;) {
        if (memcmp(whole.bytes + at, part.bytes, part.size) == 0) return (int64_t)at;
    }
    return -1;
}

// An index as it was given, which is past every end if no word holds it.
static int64_t far_index(const RtObject *index)
{
    return rt__int_is_small(index) ? rt__int_value(index) : INT64_MAX;
}

// The part of the string between two bounds, in characters, and its offset in bytes. False with
// an error; an empty `part` beyond the end is not found, for which *outside is set.
static bool window(RtThread *t, RtObject *const *args, size_t count, RtText *part,
                   size_t *offset, bool *outside)
{
    int64_t first, end, length = (int64_t)rt__str_length(args[0]);
    RtObject *from = count > 2 ? args[2] : NULL, *to = count > 3 ? args[3] : NULL;
    if (!rt__bounds(t, from, to, length, &first, &end)) return false;
    int64_t beyond = first;
    if (first == length && from != NULL && rt__is_int(from)) beyond = far_index(from);
    *outside = first > end || beyond > length;
    *offset = rt__str_offset(args[0], (size_t)first);
    size_t last = first <= end ? rt__str_offset(args[0], (size_t)end) : *offset;
    *part = (RtText){rt_str_bytes_borrowed(args[0], NULL) + *offset, last - *offset};
    return true;
}

typedef int64_t (*Finder)(RtText whole, RtText part);

// The index in characters; -1: not there; -2: an error.
static int64_t find(RtThread *t, RtObject *const *args, size_t count, Finder finder)
{
    RtText part;
    size_t offset;
    bool outside;
    if (!rt__need_str(t, args[1], "") || !window(t, args, count, &part, &offset, &outside))
        return -2;
    int64_t found = outside ? -1 : finder(part, rt__text_of(args[1]));
    return found < 0 ? -1 : (int64_t)rt__str_index_at(args[0], offset + (size_t)found);
}

STR_METHOD(find)
{
    int64_t found = find(t, args, count, rt__text_find);
    return found == -2 ? NULL : rt_int_new(t, found);
}

STR_METHOD(rfind)
{
    int64_t found = find(t, args, count, rt__text_find_last);
    return found == -2 ? NULL : rt_int_new(t, found);
}

static RtObject *index_or_error(RtThread *t, int64_t found)
{
    if (found == -1) rt_error_set(t, RT_ERROR_VALUE, "substring not found");
    return found < 0 ? NULL : rt_int_new(t, found);
}

STR_METHOD(index)
{
    return index_or_error(t, find(t, args, count, rt__text_find));
}

STR_METHOD(rindex)
{
    return index_or_error(t, find(t, args, count, rt__text_find_last));
}

// Moves `text` past what was found at `found`.
static void skip(RtText *text, int64_t found, size_t size)
{
    text->bytes += (size_t)found + size;
    text->size -= (size_t)found + size;
}

static int64_t count_parts(RtText whole, RtText part)
{
    int64_t parts = 0, found;
    for (; (found = rt__text_find(whole, part)) >= 0; parts++)
        skip(&whole, found, part.size);
    return parts;
}

STR_METHOD(count)
{
    RtText whole;
    size_t offset;
    bool outside;
    if (!rt__need_str(t, args[1], "") || !window(t, args, count, &whole, &offset, &outside))
        return NULL;
    RtText part = rt__text_of(args[1]);
    if (outside) return rt_int_new(t, 0);
    if (part.size > 0) return rt_int_new(t, count_parts(whole, part));
    size_t first = rt__str_index_at(args[0], offset);
    return rt_int_new(t, (int64_t)(rt__str_index_at(args[0], offset + whole.size) - first + 1));
}

// Whether the text begins, or ends, with a str.
static bool matches(RtText text, RtObject *affix, bool at_end)
{
    RtText part = rt__text_of(affix);
    if (part.size > text.size) return false;
    const char *at = at_end ? text.bytes + text.size - part.size : text.bytes;
    return memcmp(at, part.bytes, part.size) == 0;
}

// The same with one of a tuple's. 1, 0, -1.
static int matches_any(RtThread *t, RtText text, RtObject *affixes, bool at_end,
                       const char *method)
{
    if (rt_str_check(affixes)) return matches(text, affixes, at_end);
    if (affixes->type != &rt__tuple_type) {
        rt__error_format(t, RT_ERROR_TYPE, "%s first arg must be str or a tuple of str, not %s",
                         method, affixes->type->name);
        return -1;
    }
    int found = 0;
    for (size_t i = 0; found == 0 && i < rt_tuple_size(affixes); i++) {
        RtObject *affix = rt__tuple_item(affixes, i);
        if (!rt_str_check(affix)) {
            rt__error_format(t, RT_ERROR_TYPE, "tuple for %s must only contain str, not %s",
                             method, affix->type->name);
            return -1;
        }
        found = matches(text, affix, at_end);
    }
    return found;
}

static RtObject *has_affix(RtThread *t, RtObject *const *args, size_t count, bool at_end,
                           const char *method)
{
    RtText text;
    size_t offset;
    bool outside;
    if (!window(t, args, count, &text, &offset, &outside)) return NULL;
    int found = matches_any(t, text, args[1], at_end, method);
    return found < 0 ? NULL : rt_bool(found && !outside);
}

STR_METHOD(startswith)
{
    return has_affix(t, args, count, false, "startswith");
}

STR_METHOD(endswith)
{
    return has_affix(t, args, count, true, "endswith");
}

static RtObject *without_affix(RtThread *t, RtObject *str, RtObject *affix, bool at_end,
                               const char *what)
{
    if (!rt__need_str(t, affix, what)) return NULL;
    RtText text = rt__text_of(str), part = rt__text_of(affix);
    if (part.size == 0 || !matches(text, affix, at_end)) return rt_new_ref(t, str);
    return rt_str_new(t, text.bytes + (at_end ? 0 : part.size), text.size - part.size);
}

STR_METHOD(removeprefix)
{
    return without_affix(t, args[0], args[1], false, "removeprefix() argument ");
}

STR_METHOD(removesuffix)
{
    return without_affix(t, args[0], args[1], true, "removesuffix() argument ");
}

// ------------------------------------------------------------------ replacing

// An empty part is found before each character, and at the end.
static void replace_between(RtBuffer *buffer, RtText whole, RtText by, int64_t most)
{
    const char *end = whole.bytes + whole.size;
    for (const char *at = whole.bytes; at < end && most > 0; most--) {
        size_t width = rt__utf8_width(*at);
        rt__buffer_add(buffer, by.bytes, by.size);
        rt__buffer_add(buffer, at, width);
        at += width;
        whole.bytes = at;
    }
    rt__buffer_add(buffer, whole.bytes, (size_t)(end - whole.bytes));
    if (most > 0) rt__buffer_add(buffer, by.bytes, by.size);
}

static void replace_parts(RtBuffer *buffer, RtText whole, RtText part, RtText by, int64_t most)
{
    int64_t found;
    for (; most > 0 && (found = rt__text_find(whole, part)) >= 0; most--) {
        rt__buffer_add(buffer, whole.bytes, (size_t)found);
        rt__buffer_add(buffer, by.bytes, by.size);
        skip(&whole, found, part.size);
    }
    rt__buffer_add(buffer, whole.bytes, whole.size);
}

STR_METHOD(replace)
{
    int64_t most = -1;
    if (!rt__need_str(t, args[1], "replace() argument 1 ") ||
        !rt__need_str(t, args[2], "replace() argument 2 "))
        return NULL;
    if (count > 3 && !rt__as_int(t, args[3], &most)) return NULL;
    if (most < 0) most = INT64_MAX;
    RtText whole = rt__text_of(args[0]), part = rt__text_of(args[1]);
    if (most == 0 || (part.size > 0 && rt__text_find(whole, part) < 0))
        return rt_new_ref(t, args[0]);
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    if (part.size == 0)
        replace_between(&buffer, whole, rt__text_of(args[2]), most);
    else
        replace_parts(&buffer, whole, part, rt__text_of(args[2]), most);
    return rt__buffer_finish(&buffer);
}

// ------------------------------------------------------------------ stripping

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

// Bytes of the character at the beginning, or the end, if it is one to strip; 0: it is not.
static size_t strippable(RtText text, const RtText *set, bool at_end)
{
    if (text.size == 0) return 0;
    size_t first = at_end ? text.size - 1 : 0;
    if (set == NULL) return is_space(text.bytes[first]);
    while (at_end && first > 0 && rt__utf8_continues(text.bytes[first]))
        first--;
    RtText character = {text.bytes + first, rt__utf8_width(text.bytes[first])};
    return rt__text_find(*set, character) >= 0 ? character.size : 0;
}

static RtText stripped(RtText text, const RtText *set, bool left, bool right)
{
    size_t size;
    while (left && (size = strippable(text, set, false)) > 0)
        skip(&text, 0, size);
    while (right && (size = strippable(text, set, true)) > 0)
        text.size -= size;
    return text;
}

static RtObject *strip(RtThread *t, RtObject *const *args, size_t count, bool left, bool right)
{
    RtText text = rt__text_of(args[0]), set, result;
    if (count > 1 && args[1] != rt_none()) {
        if (!rt_str_check(args[1])) {
            rt__error_format(t, RT_ERROR_TYPE, "%s arg must be None or str",
                             left && right ? "strip"
                             : left        ? "lstrip"
                                           : "rstrip");
            return NULL;
        }
        set = rt__text_of(args[1]);
        result = stripped(text, &set, left, right);
    } else {
        result = stripped(text, NULL, left, right);
    }
    return result.size == text.size ? rt_new_ref(t, args[0]) : new_str(t, result);
}

STR_METHOD(strip)
{
    return strip(t, args, count, true, true);
}

STR_METHOD(lstrip)
{
    return strip(t, args, count, true, false);
}

STR_METHOD(rstrip)
{
    return strip(t, args, count, false, true);
}

// ------------------------------------------------------------------ splitting

static bool append(RtThread *t, RtObject *list, RtText piece)
{
    RtObject *str = new_str(t, piece);
    bool done = str != NULL && rt_list_append(t, list, str);
    rt_decref_null(t, str);
    return done;
}

static bool split_at_spaces(RtThread *t, RtObject *list, RtText text, int64_t most)
{
    for (;;) {
        text = stripped(text, NULL, true, false);
        if (text.size == 0) return true;
        size_t size = 0;
        while (most > 0 && size < text.size && !is_space(text.bytes[size]))
            size++;
        if (most-- <= 0) return append(t, list, text);
        if (!append(t, list, (RtText){text.bytes, size})) return false;
        skip(&text, 0, size);
    }
}

static bool split_at(RtThread *t, RtObject *list, RtText text, RtText separator, int64_t most)
{
    int64_t found;
    for (; most > 0 && (found = rt__text_find(text, separator)) >= 0; most--) {
        if (!append(t, list, (RtText){text.bytes, (size_t)found})) return false;
        skip(&text, found, separator.size);
    }
    return append(t, list, text);
}

// From the end; the caller reverses the list.
static bool split_last_at_spaces(RtThread *t, RtObject *list, RtText text, int64_t most)
{
    for (;;) {
        text = stripped(text, NULL, false, true);
        if (text.size == 0) return true;
        size_t first = text.size;
        while (most > 0 && first > 0 && !is_space(text.bytes[first - 1]))
            first--;
        if (most-- <= 0) return append(t, list, text);
        if (!append(t, list, (RtText){text.bytes + first, text.size - first})) return false;
        text.size = first;
    }
}

static bool split_last_at(RtThread *t, RtObject *list, RtText text, RtText separator,
                          int64_t most)
{
    int64_t found;
    for (; most > 0 && (found = rt__text_find_last(text, separator)) >= 0; most--) {
        size_t after = (size_t)found + separator.size;
        if (!append(t, list, (RtText){text.bytes + after, text.size - after})) return false;
        text.size = (size_t)found;
    }
    return append(t, list, text);
}

static bool split_into(RtThread *t, RtObject *list, RtObject *str, RtObject *separator,
                       int64_t most, bool from_end)
{
    RtText text = rt__text_of(str);
    if (separator == NULL)
        return from_end ? split_last_at_spaces(t, list, text, most)
                        : split_at_spaces(t, list, text, most);
    return from_end ? split_last_at(t, list, text, rt__text_of(separator), most)
                    : split_at(t, list, text, rt__text_of(separator), most);
}

static bool check_separator(RtThread *t, RtObject *separator)
{
    if (!rt_str_check(separator)) {
        rt__error_format(t, RT_ERROR_TYPE, "must be str or None, not %s",
                         separator->type->name);
        return false;
    }
    if (rt__text_of(separator).size == 0) {
        rt_error_set(t, RT_ERROR_VALUE, "empty separator");
        return false;
    }
    return true;
}

static RtObject *split(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames,
                       bool from_end)
{
    static const char *const names[] = {"sep", "maxsplit", NULL};
    RtObject *values[2];
    int64_t most = -1;
    const char *method = from_end ? "rsplit" : "split";
    if (!rt__arguments(t, method, args + 1, count - 1, kwnames, names, values)) return NULL;
    RtObject *separator = values[0] != rt_none() ? values[0] : NULL;
    if (separator != NULL && !check_separator(t, separator)) return NULL;
    if (values[1] != NULL && !rt__as_int(t, values[1], &most)) return NULL;
    if (most < 0) most = INT64_MAX;
    RtObject *list = rt_list_new(t, 0);
    if (list != NULL && !split_into(t, list, args[0], separator, most, from_end)) {
        rt_decref(t, list);
        return NULL;
    }
    if (list != NULL && from_end) rt__list_reverse(t, list);
    return list;
}

STR_METHOD(split)
{
    return split(t, args, count, kwnames, false);
}

STR_METHOD(rsplit)
{
    return split(t, args, count, kwnames, true);
}

// Bytes of the line break at the beginning of the text: 0, or 1, or 2 for "\r\n".
static size_t line_break(RtText text)
{
    char c = text.bytes[0];
    if (c == '\r' && text.size > 1 && text.bytes[1] == '\n') return 2;
    return (c >= '\n' && c <= '\r') || (c >= 0x1c && c <= 0x1e);
}

static bool split_lines(RtThread *t, RtObject *list, RtText text, bool keep)
{
    while (text.size > 0) {
        size_t size = 0, end = 0;
        while (size < text.size &&
               (end = line_break((RtText){text.bytes + size, text.size - size})) == 0)
            size++;
        if (!append(t, list, (RtText){text.bytes, size + (keep ? end : 0)})) return false;
        skip(&text, (int64_t)size, end);
    }
    return true;
}

STR_METHOD(splitlines)
{
    static const char *const names[] = {"keepends", NULL};
    RtObject *keep;
    if (!rt__arguments(t, "splitlines", args + 1, count - 1, kwnames, names, &keep))
        return NULL;
    int truth = keep != NULL ? rt__truth(t, keep) : 0;
    RtObject *list = truth >= 0 ? rt_list_new(t, 0) : NULL;
    if (list == NULL || split_lines(t, list, rt__text_of(args[0]), truth)) return list;
    rt_decref(t, list);
    return NULL;
}

// Three pieces; takes the references over.
static RtObject *triple_steal(RtThread *t, RtObject *a, RtObject *b, RtObject *c)
{
    RtObject *tuple = a != NULL && b != NULL && c != NULL ? rt_tuple_new(t, 3) : NULL;
    if (tuple == NULL) {
        rt_decref_null(t, a);
        rt_decref_null(t, b);
        rt_decref_null(t, c);
        return NULL;
    }
    rt_tuple_set_steal(tuple, 0, a);
    rt_tuple_set_steal(tuple, 1, b);
    rt_tuple_set_steal(tuple, 2, c);
    return tuple;
}

static RtObject *partition(RtThread *t, RtObject *str, RtObject *separator, bool last)
{
    if (!rt__need_str(t, separator, "")) return NULL;
    RtText text = rt__text_of(str), part = rt__text_of(separator);
    if (part.size == 0) {
        rt_error_set(t, RT_ERROR_VALUE, "empty separator");
        return NULL;
    }
    int64_t found = last ? rt__text_find_last(text, part) : rt__text_find(text, part);
    if (found < 0) {
        RtObject *a = rt_str_new(t, "", 0), *b = rt_str_new(t, "", 0),
                 *all = rt_new_ref(t, str);
        return last ? triple_steal(t, a, b, all) : triple_steal(t, all, a, b);
    }
    RtText rest = text;
    skip(&rest, found, part.size);
    return triple_steal(t, rt_str_new(t, text.bytes, (size_t)found), rt_new_ref(t, separator),
                        new_str(t, rest));
}

STR_METHOD(partition)
{
    return partition(t, args[0], args[1], false);
}

STR_METHOD(rpartition)
{
    return partition(t, args[0], args[1], true);
}

// ------------------------------------------------------------------ joining

static bool add_joined(RtBuffer *buffer, RtObject *item, size_t index, RtText separator)
{
    if (!rt_str_check(item)) {
        rt__error_format(buffer->t, RT_ERROR_TYPE,
                         "sequence item %zu: expected str instance, %s found", index,
                         item->type->name);
        return false;
    }
    if (index > 0) rt__buffer_add(buffer, separator.bytes, separator.size);
    rt__buffer_add_str(buffer, item);
    return !buffer->failed;
}

STR_METHOD(join)
{
    if (args[1]->type != &rt__list_type && args[1]->type != &rt__tuple_type &&
        (args[1]->type->slots == NULL || args[1]->type->slots->iter == NULL)) {
        rt_error_set(t, RT_ERROR_TYPE, "can only join an iterable");
        return NULL;
    }
    RtObject *list = rt__list_of(t, args[1]); // of our own: its items stay
    if (list == NULL) return NULL;
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    RtText separator = rt__text_of(args[0]);
    RtObject *item;
    for (size_t i = 0; !buffer.failed && (item = rt__list_item(t, list, i)) != NULL; i++) {
        if (!add_joined(&buffer, item, i, separator)) rt__buffer_fail(&buffer);
        rt_decref(t, item);
    }
    rt_decref(t, list);
    return rt__buffer_finish(&buffer);
}
