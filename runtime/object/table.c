// table.c: probing, entering, removing, resizing.
#include "object/table.h"

#include "object/value.h"

#define SLOT_EMPTY   (-1) // never used: a probe ends here
#define SLOT_DELETED (-2) // a probe goes on
#define MIN_LOG2     3
#define MAX_LOG2     31

// What an empty table has: no room, and an index in which every probe ends at once.
static const RtKeys empty_keys = {
    .log2_size = MIN_LOG2,
    .index = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
};

void rt__table_init(RtTable *table)
{
    rt_atomic_store_relaxed(&table->used, (size_t)0);
    rt_atomic_store_release(&table->keys, (RtKeys *)(uintptr_t)&empty_keys);
}

static inline void set_used_locked(RtTable *table, size_t used)
{
    RT_ASSERT(used <= rt__table_filled(rt__table_keys(table)));
    rt_atomic_store_relaxed(&table->used, used);
}

// ------------------------------------------------------------------ the index

typedef _Atomic int8_t Index8;
typedef _Atomic int16_t Index16;
typedef _Atomic int32_t Index32;

// In the section, where nobody else writes: a plain load, which compilers extend to 64 bits in
// the same instruction.
static inline int64_t index_get(const RtKeys *keys, unsigned log2_width, size_t slot)
{
    if (log2_width == 0) return ((const int8_t *)keys->index)[slot];
    if (log2_width == 1) return ((const int16_t *)(const void *)keys->index)[slot];
    return ((const int32_t *)(const void *)keys->index)[slot];
}

static inline int64_t index_read(const RtKeys *keys, unsigned log2_width, size_t slot)
{
    const void *index = keys->index;
    if (log2_width == 0) return rt_atomic_load_acquire((const Index8 *)index + slot);
    if (log2_width == 1) return rt_atomic_load_acquire((const Index16 *)index + slot);
    return rt_atomic_load_acquire((const Index32 *)index + slot);
}

static inline void index_set(RtKeys *keys, size_t slot, int64_t entry)
{
    void *index = keys->index;
    if (keys->log2_width == 0)
        rt_atomic_store_release((Index8 *)index + slot, (int8_t)entry);
    else if (keys->log2_width == 1)
        rt_atomic_store_release((Index16 *)index + slot, (int16_t)entry);
    else
        rt_atomic_store_release((Index32 *)index + slot, (int32_t)entry);
}

// CPython's probe sequence: every slot comes up, and all bits of the hash join in early.
typedef struct Probe {
    size_t mask;
    size_t slot;
    uint64_t perturb;
} Probe;

static inline Probe probe_begin(const RtKeys *keys, int64_t hash)
{
    size_t mask = ((size_t)1 << keys->log2_size) - 1;
    return (Probe){mask, (size_t)hash & mask, (uint64_t)hash};
}

static inline void probe_next(Probe *probe)
{
    probe->perturb >>= 5;
    probe->slot = (probe->slot * 5 + probe->perturb + 1) & probe->mask;
}

// ------------------------------------------------------------------ finding

enum { DIFFERENT, SAME, FAILED = -1, CHANGED = 2 };

// Compares keys of types whose equality may do anything. The entry's key is kept alive for
// that time, and dropping it may do anything too. If the table has another block afterwards,
// or the entry was deleted, the search starts again: an address alone would not tell a new
// block, but its stamp does, and in one block an entry is never given to a second key.
static int compare_slow(RtThread *t, RtTable *table, int64_t entry, RtObject *key)
{
    RtKeys *keys = rt__table_keys(table);
    uint32_t stamp = rt__table_stamp(keys);
    RtSlot *slot = &rt__table_entries(keys)[entry].key;
    RtObject *candidate = rt_new_ref(t, rt__slot_get(slot));
    int same = rt_object_equal(t, candidate, key);
    rt_decref(t, candidate);
    if (same < 0) return FAILED;
    if (rt__table_keys(table) != keys || rt__table_stamp(keys) != stamp) return CHANGED;
    if (rt__slot_get(slot) != candidate) return CHANGED;
    return same;
}

// Compares what equals by its value and runs no code: SAME or DIFFERENT; else CHANGED.
static inline int compare_values(const RtObject *candidate, const RtObject *key)
{
    const RtType *type = key->type;
    if (type == &rt__str_type && candidate->type == type) {
        const RtStr *str = (const RtStr *)key;
        return rt__str_is(candidate, str->bytes, str->size);
    }
    if (rt__value_is_number(key) && rt__value_is_number(candidate))
        return rt__value_equal(key, candidate);
    if (candidate->type != type || type->equal == NULL) return DIFFERENT;
    return CHANGED;
}

// For keys with equal hashes that are not the same object.
static inline int compare(RtThread *t, RtTable *table, int64_t entry, RtObject *key)
{
    RtEntry *entries = rt__table_entries(rt__table_keys(table));
    int same = compare_values(rt__slot_get(&entries[entry].key), key);
    return same != CHANGED ? same : compare_slow(t, table, entry, key);
}

#define RESTART (-3) // in RtPlace.entry, between the next two functions only

static inline __attribute__((always_inline)) RtPlace search(RtThread *t, RtTable *table,
                                                            const RtKeys *keys, RtObject *key,
                                                            int64_t hash, RtMatch match,
                                                            unsigned width)
{
    RtEntry *entries = rt__table_entries(keys);
    for (Probe probe = probe_begin(keys, hash);; probe_next(&probe)) {
        int64_t entry = index_get(keys, width, probe.slot);
        if (entry >= 0) {
            if (rt__slot_get(&entries[entry].key) == key) return (RtPlace){entry, probe.slot};
            if (match == RT_MATCH_IDENTITY || entries[entry].hash != hash) continue;
            int same = compare(t, table, entry, key);
            if (same == SAME) return (RtPlace){entry, probe.slot};
            if (same == FAILED) return (RtPlace){RT_TABLE_FAILED, 0};
            if (same == CHANGED) return (RtPlace){RESTART, 0};
        } else if (entry == SLOT_EMPTY) {
            return (RtPlace){RT_TABLE_ABSENT, probe.slot};
        }
    }
}

// One copy of the loop for each width, and for the two ways to compare.
static inline __attribute__((always_inline)) RtPlace
search_any(RtThread *t, RtTable *table, RtObject *key, int64_t hash, RtMatch match)
{
    const RtKeys *keys = rt__table_keys(table);
    unsigned width = keys->log2_width;
    if (width == 0) return search(t, table, keys, key, hash, match, 0);
    if (width == 1) return search(t, table, keys, key, hash, match, 1);
    return search(t, table, keys, key, hash, match, 2);
}

RtPlace rt__table_find_locked(RtThread *t, RtTable *table, RtObject *key, int64_t hash,
                              RtMatch match)
{
    if (match == RT_MATCH_IDENTITY) return search_any(t, table, key, hash, RT_MATCH_IDENTITY);
    RtPlace place;
    do {
        place = search_any(t, table, key, hash, RT_MATCH_EQUAL);
    } while (rt_unlikely(place.entry == RESTART));
    return place;
}

// ------------------------------------------------------------------ resizing

static size_t bytes_of(const RtKeys *keys)
{
    const char *end = (const char *)(rt__table_entries(keys) + keys->capacity);
    return (size_t)(end - (const char *)keys);
}

static RtKeys *new_keys(RtThread *t, unsigned log2_size)
{
    // Entries are numbered below two thirds of the slots, so an index of 128 fits in 7 bits.
    unsigned log2_width = log2_size <= 7 ? 0 : log2_size <= 15 ? 1 : 2;
    size_t slots = (size_t)1 << log2_size;
    size_t capacity = slots * 2 / 3;
    size_t header = sizeof(RtKeys) + (slots << log2_width);
    RtKeys *keys = rt__array_new(t, header, capacity, sizeof(RtEntry));
    if (keys == NULL) return NULL;
    keys->log2_size = (uint8_t)log2_size;
    keys->log2_width = (uint8_t)log2_width;
    keys->capacity = (uint32_t)capacity;
    rt_atomic_store_relaxed(&keys->filled, 0u);
    rt_atomic_store_relaxed(&keys->stamp, (uint32_t)t->id * 0x9e3779b1u +
                                              ++t->table_stamp); // far apart per thread
    __builtin_memset(keys->index, 0xff, slots << log2_width);
    rt__array_trace(t, keys, bytes_of(keys));
    return keys;
}

static size_t empty_slot(const RtKeys *keys, int64_t hash)
{
    Probe probe = probe_begin(keys, hash);
    while (index_get(keys, keys->log2_width, probe.slot) != SLOT_EMPTY)
        probe_next(&probe);
    return probe.slot;
}

static inline void fill(RtEntry *entry, int64_t hash, RtObject *key_steal,
                        RtObject *value_steal)
{
    entry->hash = hash;
    rt__slot_set(&entry->key, key_steal);
    rt__slot_set(&entry->value, value_steal);
}

// Copies the entries that are not deleted, in order, into a new block.
static void copy_entries(RtKeys *to, const RtKeys *from)
{
    RtEntry *source = rt__table_entries(from);
    RtEntry *target = rt__table_entries(to);
    uint32_t filled = 0;
    for (uint32_t i = 0; i < rt__table_filled(from); i++) {
        RtObject *key = rt__slot_get(&source[i].key);
        if (key == NULL) continue;
        fill(&target[filled], source[i].hash, key, rt__slot_get(&source[i].value));
        index_set(to, empty_slot(to, source[i].hash), filled);
        filled++;
    }
    rt_atomic_store_relaxed(&to->filled, filled);
}

static void retire(RtThread *t, RtKeys *keys)
{
    if (keys == &empty_keys) return;
    rt__array_retire(t, &keys->retired, bytes_of(keys));
}

// A block with room: three slots for each entry in use (CPython's rate), so that a table that
// only grows doubles, and one with many deleted entries may shrink.
static bool resize_locked(RtThread *t, RtTable *table)
{
    size_t wanted = rt__table_used(table) * 3;
    unsigned log2_size = MIN_LOG2;
    while (((size_t)1 << log2_size) <= wanted)
        log2_size++;
    if (log2_size > MAX_LOG2) {
        rt_error_set(t, RT_ERROR_MEMORY, "a dict beyond 2^31 slots");
        return false;
    }
    RtKeys *keys = new_keys(t, log2_size);
    if (keys == NULL) return false;
    RtKeys *old = rt__table_keys(table);
    copy_entries(keys, old);
    rt_atomic_store_release(&table->keys, keys);
    retire(t, old);
    return true;
}

// ------------------------------------------------------------------ changing

bool rt__table_insert_locked(RtThread *t, RtTable *table, RtPlace place, RtObject *key,
                             int64_t hash, RtObject *value)
{
    RtKeys *keys = rt__table_keys(table);
    if (rt_unlikely(rt__table_filled(keys) == keys->capacity)) {
        if (!resize_locked(t, table)) return false;
        keys = rt__table_keys(table);
        place.slot = empty_slot(keys, hash);
    }
    uint32_t filled = rt__table_filled(keys);
    RtEntry *entry = &rt__table_entries(keys)[filled];
    fill(entry, hash, rt_new_ref(t, key), rt_new_ref(t, value));
    index_set(keys, place.slot, filled);
    rt_atomic_store_release(&keys->filled, filled + 1);
    set_used_locked(table, rt__table_used(table) + 1);
    return true;
}

bool rt__table_set_locked(RtThread *t, RtTable *table, RtObject *key, int64_t hash,
                          RtMatch match, RtObject *value, RtObject **old)
{
    RtPlace place = rt__table_find_locked(t, table, key, hash, match);
    if (place.entry == RT_TABLE_ABSENT)
        return rt__table_insert_locked(t, table, place, key, hash, value);
    if (place.entry == RT_TABLE_FAILED) return false;
    RtSlot *slot = &rt__table_entries(rt__table_keys(table))[place.entry].value;
    *old = rt__slot_get(slot);
    rt__slot_set(slot, rt_new_ref(t, value));
    return true;
}

// The entry's number is not used again before the next resize, so that iteration by
// position skips it and the order of the others stays.
void rt__table_remove_locked(RtTable *table, RtPlace place, RtObject **key, RtObject **value)
{
    RtKeys *keys = rt__table_keys(table);
    RtEntry *entry = &rt__table_entries(keys)[place.entry];
    *key = rt__slot_get(&entry->key);
    *value = rt__slot_get(&entry->value);
    rt__slot_set(&entry->key, NULL);
    rt__slot_set(&entry->value, NULL);
    index_set(keys, place.slot, SLOT_DELETED);
    set_used_locked(table, rt__table_used(table) - 1);
}

RtEntry *rt__table_next_locked(RtTable *table, size_t *position)
{
    RtKeys *keys = rt__table_keys(table);
    RtEntry *entries = rt__table_entries(keys);
    while (*position < rt__table_filled(keys)) {
        RtEntry *entry = &entries[(*position)++];
        if (rt__slot_get(&entry->key) != NULL) return entry;
    }
    return NULL;
}

RtEntry *rt__table_previous_locked(RtTable *table, size_t *position)
{
    RtKeys *keys = rt__table_keys(table);
    RtEntry *entries = rt__table_entries(keys);
    if (*position > rt__table_filled(keys)) *position = rt__table_filled(keys);
    while (*position > 0) {
        RtEntry *entry = &entries[--*position];
        if (rt__slot_get(&entry->key) != NULL) return entry;
    }
    return NULL;
}

void rt__table_remove_entry_locked(RtThread *t, RtTable *table, RtEntry *entry, RtObject **key,
                                   RtObject **value)
{
    RtObject *found = rt__slot_get(&entry->key); // is identical to itself, whatever its type
    rt__table_remove_locked(
        table, rt__table_find_locked(t, table, found, entry->hash, RT_MATCH_IDENTITY), key,
        value);
}

RtKeys *rt__table_take_locked(RtTable *table)
{
    RtKeys *keys = rt__table_keys(table);
    rt__table_init(table);
    return keys;
}

static void drop_entries(RtThread *t, RtKeys *keys)
{
    RtEntry *entries = rt__table_entries(keys);
    for (uint32_t i = 0; i < rt__table_filled(keys); i++) {
        rt_decref_null(t, rt__slot_get(&entries[i].key));
        rt_decref_null(t, rt__slot_get(&entries[i].value));
    }
}

void rt__table_drop(RtThread *t, RtKeys *keys)
{
    drop_entries(t, keys);
    retire(t, keys);
}

// ------------------------------------------------------------------ without the section

// SAME, DIFFERENT, or CHANGED: the section has to tell. To be compared, the entry's key is
// referenced, in *held, and as dropping a reference may run anything, it stays so until the
// reader is done. So it looks at one key only; two different ones with the same 64 bits of hash
// are left to the section. A block that was replaced keeps its keys' addresses, where anything
// may be by now: nothing is looked into before the block is seen to be the table's still.
static inline int compare_unlocked(RtThread *t, RtTable *table, const RtKeys *keys,
                                   RtEntry *entry, RtObject *key, RtObject **held)
{
    if (key->type->equal == NULL && !rt__value_is_number(key)) return DIFFERENT;
    *held = rt__slot_try_read(t, &entry->key);
    if (*held == NULL || rt_atomic_load_acquire(&table->keys) != keys) return CHANGED;
    return compare_values(*held, key) == SAME ? SAME : CHANGED;
}

// As search, in a block that others may change or retire meanwhile.
static inline __attribute__((always_inline)) int64_t
search_unlocked(RtThread *t, RtTable *table, const RtKeys *keys, RtObject *key, int64_t hash,
                RtMatch match, unsigned width, RtObject **held)
{
    RtEntry *entries = rt__table_entries(keys);
    for (Probe probe = probe_begin(keys, hash);; probe_next(&probe)) {
        int64_t entry = index_read(keys, width, probe.slot);
        if (entry >= 0) {
            if (rt__slot_peek(&entries[entry].key) == key) return entry;
            if (match == RT_MATCH_IDENTITY || entries[entry].hash != hash) continue;
            int same = compare_unlocked(t, table, keys, &entries[entry], key, held);
            if (same == SAME) return entry;
            if (same == CHANGED) return RESTART;
        } else if (entry == SLOT_EMPTY) {
            return RT_TABLE_ABSENT;
        }
    }
}

static inline int64_t find_unlocked(RtThread *t, RtTable *table, const RtKeys *keys,
                                    RtObject *key, int64_t hash, RtMatch match, RtObject **held)
{
    unsigned width = keys->log2_width;
    if (width == 0) return search_unlocked(t, table, keys, key, hash, match, 0, held);
    if (width == 1) return search_unlocked(t, table, keys, key, hash, match, 1, held);
    return search_unlocked(t, table, keys, key, hash, match, 2, held);
}

bool rt__table_try_find(RtThread *t, RtTable *table, RtObject *key, int64_t hash, RtMatch match,
                        int64_t *number, RtObject **value)
{
    RtKeys *keys = rt_atomic_load_acquire(&table->keys);
    RtObject *held = NULL;
    int64_t entry = find_unlocked(t, table, keys, key, hash, match, &held);
    *value = entry >= 0 ? rt__slot_try_read(t, &rt__table_entries(keys)[entry].value) : NULL;
    bool done = (*value != NULL || entry == RT_TABLE_ABSENT) && rt__table_keys(table) == keys;
    if (rt_unlikely(!done)) rt_decref_null(t, *value);
    rt_decref_null(t, held);
    *number = entry;
    return done;
}

bool rt__table_try_get(RtThread *t, RtTable *table, RtObject *key, int64_t hash, RtMatch match,
                       RtObject **value)
{
    int64_t number;
    return rt__table_try_find(t, table, key, hash, match, &number, value);
}

// The key was in the entry, or nowhere, at a moment when the block was the table's.
int rt__table_try_contains(RtThread *t, RtTable *table, RtObject *key, int64_t hash,
                           RtMatch match)
{
    RtKeys *keys = rt_atomic_load_acquire(&table->keys);
    RtObject *held = NULL;
    int64_t entry = find_unlocked(t, table, keys, key, hash, match, &held);
    bool done = entry != RESTART && rt__table_keys(table) == keys;
    rt_decref_null(t, held);
    return done ? entry >= 0 : -1;
}

// ------------------------------------------------------------------ for types

// The object is dead, so no reader looks at the block.
void rt__table_finish(RtThread *t, RtTable *table)
{
    RtKeys *keys = rt__table_keys(table);
    drop_entries(t, keys);
    if (keys != &empty_keys) rt__array_drop(t, keys);
}

void rt__table_free_arrays(RtTable *table)
{
    RtKeys *keys = rt__table_keys(table);
    if (keys != &empty_keys) rt__array_free(keys);
}

size_t rt__table_array_size(RtThread *t, RtObject *owner, RtTable *table)
{
    RtHold hold = rt_hold_object(t, owner);
    RtKeys *keys = rt__table_keys(table);
    RtEntry *end = rt__table_entries(keys) + keys->capacity;
    size_t size = keys != &empty_keys ? (size_t)((char *)end - (char *)keys) : 0;
    rt_let_go(t, hold);
    return size;
}

int rt__table_traverse(RtTable *table, RtVisit visit, void *argument)
{
    RtKeys *keys = rt__table_keys(table);
    RtEntry *entries = rt__table_entries(keys);
    for (uint32_t i = 0; i < rt__table_filled(keys); i++) {
        RtObject *key = rt__slot_get(&entries[i].key);
        if (key == NULL) continue;
        int stop = visit(key, argument);
        if (stop == 0) stop = visit(rt__slot_get(&entries[i].value), argument);
        if (stop != 0) return stop;
    }
    return 0;
}
