// intern.c: one string for all equal ones.
//
// The table is guarded by its mutex, which is held for a lookup or a move into a larger
// table and never while anything is allocated: a thread that may wait here waits for a thread
// that runs. A new string and a larger table are made beforehand, outside, and the
// table is searched again; the loser of a race drops what it made.
#include "object/intern.h"

#include "rt_inline.h"

#define FIRST_CAPACITY 256

typedef struct Wanted {
    const char *bytes;
    size_t size;
    int64_t hash;
} Wanted;

void rt__interns_init(RtRuntime *runtime)
{
    RtInterns *interns = &runtime->interns;
    rt_mutex_init(&interns->mutex);
    interns->slots = NULL;
    interns->capacity = 0;
    interns->used = 0;
}

// The strings themselves go with the spans.
void rt__interns_destroy(RtRuntime *runtime)
{
    rt_array_free(runtime->interns.slots);
    rt_mutex_destroy(&runtime->interns.mutex);
}

// The slot that has the string or would get it. There is an empty one.
static RtObject **find(RtObject **slots, size_t capacity, const Wanted *wanted)
{
    size_t index = (size_t)wanted->hash & (capacity - 1);
    while (slots[index] != NULL) {
        if (rt__str_hash(slots[index]) == wanted->hash &&
            rt__str_is(slots[index], wanted->bytes, wanted->size))
            break;
        index = (index + 1) & (capacity - 1);
    }
    return &slots[index];
}

static bool is_full_locked(const RtInterns *interns)
{
    return interns->used >= interns->capacity / 2;
}

// Moves all strings to `larger`, if that still is larger. Returns the table to free.
static RtObject **move_locked(RtInterns *interns, RtObject **larger, size_t capacity)
{
    if (capacity <= interns->capacity) return larger;
    for (size_t i = 0; i < interns->capacity; i++) {
        if (interns->slots[i] == NULL) continue;
        RtStr *str = (RtStr *)interns->slots[i];
        Wanted wanted = {str->bytes, str->size, rt__str_hash(&str->base)};
        *find(larger, capacity, &wanted) = &str->base;
    }
    RtObject **old = interns->slots;
    interns->slots = larger;
    interns->capacity = capacity;
    return old;
}

static bool grow(RtThread *t, RtInterns *interns, size_t seen)
{
    size_t capacity = seen == 0 ? FIRST_CAPACITY : seen * 2;
    RtObject **larger = rt_array_alloc_zeroed(capacity * sizeof *larger);
    if (larger == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return false;
    }
    rt_mutex_lock(&interns->mutex);
    RtObject **old = move_locked(interns, larger, capacity);
    rt_mutex_unlock(&interns->mutex);
    rt_array_free(old);
    return true;
}

// The interned string, or `made` becoming it, or NULL: there is neither, or no room, in a
// table whose capacity is left in *capacity. *full says whether room is what is missing.
static RtObject *look(RtInterns *interns, const Wanted *wanted, RtObject *made,
                      size_t *capacity, bool *full)
{
    rt_mutex_lock(&interns->mutex);
    *capacity = interns->capacity;
    *full = is_full_locked(interns);
    RtObject **slot = NULL;
    if (interns->capacity != 0) slot = find(interns->slots, interns->capacity, wanted);
    RtObject *found = slot != NULL ? *slot : NULL;
    if (found == NULL && made != NULL && !*full) {
        ((RtStr *)made)->interned = true;
        rt_ref_make_immortal(&made->ref); // nobody else has seen it yet
        *slot = made;
        interns->used++;
        found = made;
    }
    rt_mutex_unlock(&interns->mutex);
    return found;
}

static RtObject *make(RtThread *t, const Wanted *wanted)
{
    RtObject *made = rt_str_new(t, wanted->bytes, wanted->size);
    if (made != NULL) rt_atomic_store_relaxed(&((RtStr *)made)->hash, wanted->hash);
    return made;
}

static RtObject *intern(RtThread *t, const Wanted *wanted)
{
    RtInterns *interns = &t->runtime->interns;
    RtObject *made = NULL;
    RtObject *found;
    size_t capacity;
    bool full;
    while ((found = look(interns, wanted, made, &capacity, &full)) == NULL) {
        if (full && !grow(t, interns, capacity)) break;
        if (made == NULL && (made = make(t, wanted)) == NULL) break;
    }
    if (made != found) rt_decref_null(t, made);
    return found;
}

RtObject *rt_str_intern(RtThread *t, const char *bytes, size_t size)
{
    Wanted wanted = {bytes, size, rt__str_hash_bytes(bytes, size)};
    return intern(t, &wanted);
}

RtObject *rt__intern_str_slow(RtThread *t, RtObject *str)
{
    const RtStr *s = (const RtStr *)str;
    Wanted wanted = {s->bytes, s->size, rt__str_hash(str)};
    return intern(t, &wanted);
}
