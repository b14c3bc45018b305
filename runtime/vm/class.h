// class.h: the classes of a program, and their instances.
//
// A class is an RtType with a table of attributes, immortal, and so is every function in it: so
// threads share methods without counting. An instance is a record: the names that the class's
// methods assign to their first parameter have a slot each, at the same offset in all instances,
// which a class and its methods' code are asked for when it is made (vm/class.c). Names that
// turn up later get the spare slots; when there are none left, the instance has a dict besides.
//
// A slot, once given to a name, is that name's for good, so a cache that knows an instance's
// class knows the offset, and has nothing to check. What a class's attributes mean may change:
// caches of those hold while the interpreter's epoch does (vm/vm.h).
#ifndef RT_VM_CLASS_H
#define RT_VM_CLASS_H

#include "object/slot.h"
#include "object/table.h"
#include "vm/vm.h"

#define RT_CLASS_MAX_SLOTS 56u // so that an instance is a small object
#define RT_CLASS_SPARE     3u

typedef struct RtClassParts {
    _Atomic(RtObject *) specials[RT_SPECIAL_COUNT]; // by RtVmName, own or inherited; immortal
    _Atomic(RtObject *) layout[RT_CLASS_MAX_SLOTS]; // names of the slots; interned
    _Atomic uint32_t layout_count;                  // written in the class's section
} RtClassParts;

typedef struct RtClass {
    RtType type;
    RtTable attributes; // its own; guarded by the class's section
    RtClassParts *parts;
    struct RtClass *older;  // in the interpreter's list; constant
    RtObject *name;         // a str, interned
    RtObject *qualname;     // a str: what it is defined in, too
    uint32_t capacity;      // slots of an instance
    uint32_t slots_offset;  // of the first, in bytes
    uint32_t instance_size; // bytes
    bool is_builtin;        // made by the interpreter or a module
    bool is_exception;
    bool has_dict; // instances may have attributes without a slot: no __slots__
    bool has_properties; // its own or inherited
} RtClass;

// `trash` is the trash list's link. Slots are guarded by the instance's section (object/slot.h).
typedef struct RtRecord {
    RtObject base;
    RtObject *trash;
    RtSlot dict; // attributes without a slot; NULL: none yet
    // slots, at the class's slots_offset
} RtRecord;

static inline RtClass *rt__class_of_type(const RtType *type)
{
    RT_ASSERT(type->is_class);
    return (RtClass *)(uintptr_t)type;
}

static inline RtSlot *rt__record_slot(RtObject *object, uint32_t offset)
{
    return (RtSlot *)(void *)((char *)object + offset);
}

// Whether the object is a type: a class of the program, or one of the interpreter's.
static inline bool rt__is_class(const RtObject *object)
{
    return rt__is_type(object, &rt__type_type);
}
static inline const RtType *rt__type_of_class(const RtObject *object)
{
    return (const RtType *)(const void *)object;
}
// How a type is called where it is shown.
static inline const char *rt__qualname(const RtType *type)
{
    return type->is_class ? rt_str_bytes_borrowed(rt__class_of_type(type)->qualname, NULL)
                          : type->name;
}
static inline RtObject *rt__class_object(const RtType *type)
{
    return (RtObject *)(uintptr_t)&type->base;
}
static inline RtObject *rt__object_class(void)
{
    return rt__class_object(&rt__object_type);
}

// A class with the attributes of `namespace` (a dict), derived from `parent` (NULL: object).
// TypeError if nothing can be derived from that.
RtObject *rt__class_new(RtThread *t, RtObject *name, RtObject *parent, RtObject *namespace_);

// A special method of the object's class, or NULL: it has none. Immortal.
static inline RtObject *rt__special(const RtObject *object, RtVmName name)
{
    if (!object->type->is_class) return NULL;
    RtClass *class_ = rt__class_of_type(object->type);
    return rt_atomic_load_acquire(&class_->parts->specials[name]);
}

// The attribute of a type or of what it is derived from: a new reference, or NULL without an
// error. *owner is the class that has it, in entry *index of its table; NULL for a native method.
RtObject *rt__type_find(RtThread *t, const RtType *type, RtObject *name, RtClass **owner,
                        uint32_t *index);

// Sets (or, NULL, deletes) an attribute of a class of the program.
bool rt__class_set(RtThread *t, RtObject *class_, RtObject *name, RtObject *value);

// A new instance without attributes; __init__ is not called.
RtObject *rt__record_new(RtThread *t, RtClass *class_);

// The offset of the slot that instances of the class have for the name; 0: none.
uint32_t rt__class_slot_offset(const RtClass *class_, RtObject *name);
// The same, and gives the name a spare slot if it has none.
uint32_t rt__class_reserve_slot(RtThread *t, RtClass *class_, RtObject *name);

// An instance's own attribute: a new reference, or NULL without an error.
RtObject *rt__record_get(RtThread *t, RtObject *record, RtObject *name);
// Value NULL: deletes it. 1; 0 without an error: there is none, or cannot be; -1.
int rt__record_set(RtThread *t, RtObject *record, RtObject *name, RtObject *value);

// A slot by its offset. A new reference, or NULL: it is empty.
RtObject *rt__record_read(RtThread *t, RtObject *record, uint32_t offset);
void rt__record_write(RtThread *t, RtObject *record, uint32_t offset, RtObject *value_steal);

// The same where it is called for every attribute: NULL also when a reader was disturbed.
static inline RtObject *rt__record_peek(RtThread *t, RtObject *record, uint32_t offset)
{
    RtSlot *slot = rt__record_slot(record, offset);
    if (RT_LOCK_ALLOWS_UNLOCKED_READS) return rt__slot_try_read(t, slot);
    RtObject *value = rt__slot_get(slot);
    if (rt_likely(value != NULL)) rt_incref(t, value);
    return value;
}
// Takes `value` over and returns what was there, for the caller to drop.
static inline RtObject *rt__record_swap_steal(RtThread *t, RtObject *record, uint32_t offset,
                                              RtObject *value)
{
    RtSlot *slot = rt__record_slot(record, offset);
    RtHold hold = rt_hold_object(t, record);
    RtObject *old = rt__slot_get(slot);
    rt__slot_set(slot, value);
    rt_let_go(t, hold);
    return old;
}

// What a class's type does with its instances (vm/record.c); for those that begin with a record,
// the exceptions, too.
extern const RtType rt__record_type;
void rt__record_finalize(RtThread *t, RtObject *object);
// What the class's own __str__ or __repr__ makes, a str: 1; 0: it has none; -1.
int rt__record_str(RtThread *t, RtObject *object, RtObject **text);
int rt__record_repr(RtThread *t, RtObject *object, RtObject **text);
int64_t rt__record_hash(RtThread *t, RtObject *object);
int rt__record_equal(RtThread *t, RtObject *a, RtObject *b);
void rt__record_finish(RtThread *t, RtObject *object);
int rt__record_traverse(RtObject *object, RtVisit visit, void *argument);
void rt__record_clear(RtThread *t, RtObject *object);

#endif
