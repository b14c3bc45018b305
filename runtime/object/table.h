// table.h: the hash table inside dicts and instances.
//
// Compact and insertion-ordered, after Raymond Hettinger's dict of CPython 3.6: an index of
// small integers, probed by hash, points into an array of entries in order of insertion.
// Both are in one block, which is replaced whole.
//
// A table is guarded by the section of the object that it is in. Functions whose name ends in
// `_locked` are called inside it; they take and drop no reference unless they say so, so that
// nothing is destroyed inside.
//
// Where the lock policy allows it, a key is looked up without the section (object/slot.h).
// That works because a block, as long as it is a table's, changes in these ways only:
//  - An entry is filled once, before its number is stored, with release, into an empty place of
//    the index. So who finds the number there finds the entry's hash and key.
//  - Its key goes away when it is deleted, with its value, and no other comes in its place.
//  - A place in the index is empty, then has one number, then says "deleted". So a probe that
//    ends at an empty place has seen all places where the key could have been at that moment.
#ifndef RT_OBJECT_TABLE_H
#define RT_OBJECT_TABLE_H

#include "object/slot.h"
#include "object/types.h"

typedef struct RtEntry {
    int64_t hash;
    RtSlot key; // NULL: deleted, and `value` too
    RtSlot value;
} RtEntry;

// The block: this header, the index, the entries.
typedef struct RtKeys {
    union {
        struct {
            _Atomic uint32_t stamp; // tells the block from another one that had its address before
            uint32_t capacity;      // of the entries: two thirds of the slots, so that a probe ends
        };
        RtArrayWord retired; // instead, once no table has the block any more
    };
    _Atomic uint32_t filled; // entries ever used, the deleted ones included; stored with release
                             // once the entry is there
    uint8_t log2_size;       // of the index: its slots
    uint8_t log2_width;      // bytes of each slot: 1, 2 or 4
    _Alignas(8) unsigned char index[];
} RtKeys;

// `used` is the trash list's link while the object waits to be destroyed: dropping a table
// (rt__table_finish) goes by `keys->filled` alone.
typedef struct RtTable {
    _Atomic size_t used;    // entries not deleted; written in the section, read anywhere
    _Atomic(RtKeys *) keys; // never NULL: an empty table shares a constant block
} RtTable;

_Static_assert(sizeof(size_t) == sizeof(void *), "the word `used` holds the trash link");

static inline RtEntry *rt__table_entries(const RtKeys *keys)
{
    size_t index_size = (size_t)1 << (keys->log2_size + keys->log2_width);
    return (RtEntry *)(uintptr_t)(keys->index + index_size);
}

// In the section. Whoever loads it with acquire may look at as many entries.
static inline uint32_t rt__table_filled(const RtKeys *keys)
{
    return rt_atomic_load_relaxed(&keys->filled);
}

// For who has the block in a table, or compares: a retired block's is anything.
static inline uint32_t rt__table_stamp(const RtKeys *keys)
{
    return rt_atomic_load_relaxed(&keys->stamp);
}

static inline RtKeys *rt__table_keys(RtTable *table)
{
    return rt_atomic_load_relaxed(&table->keys);
}

static inline size_t rt__table_used(RtTable *table)
{
    return rt_atomic_load_relaxed(&table->used);
}

// How keys are compared. IDENTITY: every key is an interned string, so is the one looked for.
typedef enum RtMatch { RT_MATCH_EQUAL, RT_MATCH_IDENTITY } RtMatch;

// Where a key is: `entry` is its number, or one of the two below; `slot` is its place in
// the index, or the place where it would be entered.
#define RT_TABLE_ABSENT (-1)
#define RT_TABLE_FAILED (-2) // comparing failed, with an error
typedef struct RtPlace {
    int64_t entry;
    size_t slot;
} RtPlace;

void rt__table_init(RtTable *table);

// With keys that equal by more than their bytes, comparing may suspend the section; the place
// is good for the table as it is on return.
RtPlace rt__table_find_locked(RtThread *t, RtTable *table, RtObject *key, int64_t hash,
                              RtMatch match);

// Enters a key that is absent, at the place where it was not found. Takes references to key and
// value. False with an error: nothing has changed.
bool rt__table_insert_locked(RtThread *t, RtTable *table, RtPlace place, RtObject *key,
                             int64_t hash, RtObject *value);

// Sets the value at key. Takes references; *old is the reference that the caller drops later.
bool rt__table_set_locked(RtThread *t, RtTable *table, RtObject *key, int64_t hash,
                          RtMatch match, RtObject *value, RtObject **old);

// Removes the entry found at `place` and hands its two references to the caller.
void rt__table_remove_locked(RtTable *table, RtPlace place, RtObject **key, RtObject **value);

// The first entry from *position on that is not deleted, and *position moves past it; the last one
// before *position, and *position moves to it. NULL: there is none.
RtEntry *rt__table_next_locked(RtTable *table, size_t *position);
RtEntry *rt__table_previous_locked(RtTable *table, size_t *position);
// Removes an entry that was found so.
void rt__table_remove_entry_locked(RtThread *t, RtTable *table, RtEntry *entry, RtObject **key,
                                   RtObject **value);

// An entry was found at `place`, looked up with `key`. An entered key that is equal and not
// identical has to be compared, for which a reader without the section needs a reference to it:
// the next one gets it.
static inline void rt__table_share_key_locked(RtTable *table, RtPlace place, const RtObject *key)
{
    if (!RT_LOCK_ALLOWS_UNLOCKED_READS) return;
    RtObject *entered = rt__slot_get(&rt__table_entries(rt__table_keys(table))[place.entry].key);
    if (entered != key) rt_ref_share(&entered->ref);
}

// The same, with a new reference to the value.
static inline RtObject *rt__table_share_locked(RtThread *t, RtTable *table, RtPlace place,
                                               const RtObject *key)
{
    rt__table_share_key_locked(table, place, key);
    return rt__slot_share(t, &rt__table_entries(rt__table_keys(table))[place.entry].value);
}

// Without the section. True: *value is a new reference, or NULL if the key is absent. False:
// the reader was disturbed, or comparing keys may run code, and the section has to tell. Only
// where the lock policy allows it.
bool rt__table_try_get(RtThread *t, RtTable *table, RtObject *key, int64_t hash, RtMatch match,
                       RtObject **value);

// The same, and *number is the entry's, if there is one.
bool rt__table_try_find(RtThread *t, RtTable *table, RtObject *key, int64_t hash, RtMatch match,
                        int64_t *number, RtObject **value);

// Whether the key is there, without the section, too: 1, 0, or -1: the section has to tell.
int rt__table_try_contains(RtThread *t, RtTable *table, RtObject *key, int64_t hash,
                           RtMatch match);

// Leaves the table empty and returns its block, for rt__table_drop outside the section.
RtKeys *rt__table_take_locked(RtTable *table);

// Drops what the entries refer to and retires the block.
void rt__table_drop(RtThread *t, RtKeys *keys);

// The type's functions for an object with this table.
void rt__table_finish(RtThread *t, RtTable *table);
void rt__table_free_arrays(RtTable *table);
size_t rt__table_array_size(RtThread *t, RtObject *owner, RtTable *table);
int rt__table_traverse(RtTable *table, RtVisit visit, void *argument);

#endif
