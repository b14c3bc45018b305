// guard.c: the heap's debug mode (guard.h shows a block of it).
#include "alloc/guard.h"

#include <stdio.h>

#include "alloc/block.h"
#include "alloc/pages.h"

// CPython's bytes: PYMEM_CLEANBYTE, PYMEM_DEADBYTE, PYMEM_FORBIDDENBYTE.
#define CLEAN 0xcd // a body never written
#define DEAD  0xdd // a freed one
#define GUARD 0xfd

#define FREED 0xddddddddddddddddull // in place of a size

// What was found in a block, or `where` NULL.
typedef struct Damage {
    const RtObject *block;
    const RtType *type; // NULL: not known
    const char *what;
    const char *where;
} Damage;

// ------------------------------------------------------------------ the parts of a block

static uint64_t *size_of(RtObject *block)
{
    return (uint64_t *)(void *)((char *)block + rt_span_of(block)->block_size -
                                2 * RT_GUARD_SIZE);
}

// The guard behind an object is checked for a while: large blocks may have much to spare.
static char *guard_end(RtObject *block, size_t size)
{
    char *longest = (char *)block + size + 4 * RT_GUARD_SIZE;
    char *limit = (char *)size_of(block);
    return longest < limit ? longest : limit;
}

// Of a free block: the type that it had, behind the link; its own field is a link, too.
static const RtType **former_type(RtObject *block)
{
    return (const RtType **)(rt__block_body(block) + 1);
}

static char *dead_begin(RtObject *block)
{
    return (char *)(former_type(block) + 1);
}

// For the address sanitizer, a block of this mode ends where its object does.
static void open_block(RtObject *block)
{
    RT_UNPOISON(rt__block_body(block), rt_span_of(block)->block_size - sizeof(RtObject));
}

static void close_block(RtObject *block, size_t size)
{
    RT_POISON((char *)block + size, rt_span_of(block)->block_size - size);
}

// ------------------------------------------------------------------ looking

static const char *first_other(const char *begin, const char *end, unsigned char byte)
{
    for (; begin < end; begin++) {
        if ((unsigned char)*begin != byte) return begin;
    }
    return NULL;
}

// Notes the first byte that is another, unless something was found already.
static void look(Damage *damage, const char *what, const char *begin, const char *end,
                 unsigned char byte)
{
    if (damage->where != NULL) return;
    damage->what = what;
    damage->where = first_other(begin, end, byte);
}

static Damage look_at(RtObject *block)
{
    RtSpan *span = rt_span_of(block);
    Damage damage = {.block = block, .type = block->type};
    char *start = (char *)block;
    char *tail = (char *)size_of(block);
    uint64_t size = *size_of(block);
    bool is_size = size >= sizeof(RtObject) && size <= (size_t)(tail - start) - RT_GUARD_SIZE;
    if (size == FREED) {
        damage.type = *former_type(block);
        look(&damage, "the free block, formerly", dead_begin(block), tail, DEAD);
    } else if (is_size) {
        look(&damage, "the guard behind the", start + size, guard_end(block, size), GUARD);
    } else {
        const RtType *type = rt_ref_is_live(&block->ref) ? block->type : NULL;
        damage = (Damage){block, type, "the size kept behind the", tail};
    }
    look(&damage, "the guard behind the", tail + RT_GUARD_SIZE, tail + 2 * RT_GUARD_SIZE,
         GUARD);
    if (start == span->blocks)
        look(&damage, "the guard before the", start - RT_GRANULE, start, GUARD);
    return damage;
}

static void tell(const Damage *damage, char *sentence, size_t size)
{
    const RtObject *block = damage->block;
    snprintf(sentence, size, "%s %s at %p was overwritten at offset %td", damage->what,
             damage->type != NULL ? rt_type_name(damage->type) : "object", (const void *)block,
             damage->where - (const char *)block);
}

static void must_be_whole(RtObject *block)
{
    Damage damage = look_at(block);
    if (damage.where == NULL) return;
    char sentence[200];
    tell(&damage, sentence, sizeof sentence);
    rt_fatal(__FILE__, __LINE__, sentence);
}

// ------------------------------------------------------------------ a block's life

static void fill_free(RtObject *block, const RtType *former)
{
    char *dead = dead_begin(block);
    *size_of(block) = FREED;
    *former_type(block) = former;
    __builtin_memset(dead, DEAD, (size_t)((char *)size_of(block) - dead));
}

void rt__guard_fresh(RtObject *block)
{
    open_block(block);
    fill_free(block, NULL);
    __builtin_memset(size_of(block) + 1, GUARD, RT_GUARD_SIZE);
    if ((char *)block == rt_span_of(block)->blocks) {
        char *before = (char *)block - RT_GRANULE;
        RT_UNPOISON(before, RT_GRANULE);
        __builtin_memset(before, GUARD, RT_GRANULE);
    }
    close_block(block, sizeof(RtObject));
}

void rt__guard_begin(RtObject *block, size_t size)
{
    open_block(block);
    must_be_whole(block);
    __builtin_memset(rt__block_body(block), CLEAN, size - sizeof(RtObject));
    *size_of(block) = size;
    char *behind = (char *)block + size;
    __builtin_memset(behind, GUARD, (size_t)(guard_end(block, size) - behind));
    close_block(block, size);
}

void rt__guard_end(RtObject *object)
{
    open_block(object);
    RT_CHECK(*size_of(object) != FREED, "an object was freed twice");
    must_be_whole(object);
    fill_free(object, object->type);
    close_block(object, sizeof(RtObject));
}

// ------------------------------------------------------------------ the audit

static void audit_block(void *block, void *argument)
{
    Damage *first = (Damage *)argument;
    RtObject *object = (RtObject *)block;
    if (first->where != NULL) return;
    open_block(object);
    *first = look_at(object);
    uint64_t size = *size_of(object);
    close_block(object, size == FREED || first->where != NULL ? sizeof(RtObject) : size);
}

const char *rt_heap_audit(RtThread *t)
{
    RtPages *pages = &t->runtime->pages;
    if (!(pages->slow & RT_SLOW_GUARD)) return NULL;
    Damage damage = {0};
    rt_world_stop(t);
    rt__pages_each_block(t->runtime, audit_block, &damage);
    if (damage.where != NULL) tell(&damage, pages->sentence, sizeof pages->sentence);
    rt_world_start(t);
    return damage.where != NULL ? pages->sentence : NULL;
}
