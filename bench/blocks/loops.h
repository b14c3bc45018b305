// loops.h: the loops of the allocation cells, once for each side.
//
// A file that includes this has defined, before:
//
//   GbGiver                                  what it gets blocks from
//   void *gb_get(GbGiver *, size_t size)     a block; never NULL
//   void gb_put(GbGiver *, void *block)      gives it back
//   void gb_step(GbGiver *)                  after each operation: a poll of the eval breaker
//   void gb_wait(GbGiver *)                  while another worker is waited for
//
// An operation is a block got and a block given back; in a pair of workers that hand over, a
// block got or a block given back. Into each block its own address is written, and looked for
// when it goes: two blocks in one place do not get by.
#ifndef GB_BLOCKS_LOOPS_H
#define GB_BLOCKS_LOOPS_H

#include <sched.h>

#include "blocks/blocks.h"

#define GB_BLOCK_TOLD  16  // blocks that the other end of a ring is told of at once
#define GB_BLOCK_LOOKS 128 // in vain, before a waiting worker lets others have the processor

static inline void *gb_new_block(GbGiver *giver, size_t size)
{
    char *block = gb_get(giver, size);
    *(uint64_t *)(void *)(block + GB_BLOCK_WORD) = (uint64_t)(uintptr_t)block;
    return block;
}

static inline void gb_drop_block(GbGiver *giver, GbBlocks *blocks, void *block)
{
    uint64_t word = *(uint64_t *)(void *)((char *)block + GB_BLOCK_WORD);
    blocks->wrong |= word ^ (uint64_t)(uintptr_t)block;
    gb_put(giver, block);
}

static inline size_t gb_next_size(GbBlocks *blocks)
{
    return blocks->sizes[blocks->position++ % GB_BLOCK_SIZES];
}

static inline size_t gb_random_slot(GbBlocks *blocks)
{
    uint64_t random = blocks->random;
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    blocks->random = random;
    return (size_t)((random >> 32) * blocks->live >> 32);
}

// A set of blocks that nobody has filled is filled by the worker that gets it: those are the
// blocks that live from beginning to end.
static inline void gb_fill_slots(GbGiver *giver, GbBlocks *blocks)
{
    for (size_t i = 0; i < blocks->live && blocks->slots[i] == NULL; i++)
        blocks->slots[i] = gb_new_block(giver, gb_next_size(blocks));
}

// ------------------------------------------------------------------ pairs, stacks, slots

static inline void gb_loop_pair(GbGiver *giver, GbBlocks *blocks, uint64_t operations)
{
    size_t size = blocks->sizes[0];
    for (uint64_t i = 0; i < operations; i++) {
        gb_drop_block(giver, blocks, gb_new_block(giver, size));
        gb_step(giver);
    }
}

// Two blocks got, or two given back: the depth is an even number.
static inline void gb_step_of_stack(GbGiver *giver, GbBlocks *blocks, size_t size)
{
    for (int i = 0; i < 2; i++) {
        if (blocks->filling)
            blocks->slots[blocks->depth++] = gb_new_block(giver, size);
        else
            gb_drop_block(giver, blocks, blocks->slots[--blocks->depth]);
    }
    if (blocks->depth == 0) blocks->filling = true;
    if (blocks->depth == blocks->live) blocks->filling = false;
}

static inline void gb_loop_lifo(GbGiver *giver, GbBlocks *blocks, uint64_t operations)
{
    size_t size = blocks->sizes[0];
    for (uint64_t i = 0; i < operations; i++) {
        gb_step_of_stack(giver, blocks, size);
        gb_step(giver);
    }
}

static inline void gb_replace(GbGiver *giver, GbBlocks *blocks)
{
    void **slot = &blocks->slots[gb_random_slot(blocks)];
    gb_drop_block(giver, blocks, *slot);
    *slot = gb_new_block(giver, gb_next_size(blocks));
}

static inline void gb_loop_random(GbGiver *giver, GbBlocks *blocks, uint64_t operations)
{
    gb_fill_slots(giver, blocks);
    for (uint64_t i = 0; i < operations; i++) {
        gb_replace(giver, blocks);
        gb_step(giver);
    }
}

// Acquire and release: the blocks in a set were written by those who had it before.
static inline void gb_loop_bleed(GbGiver *giver, GbBlocks *blocks, uint64_t operations)
{
    gb_fill_slots(giver, blocks);
    for (uint64_t i = 0; i < operations; i++) {
        gb_replace(giver, blocks);
        if (--blocks->left == 0) {
            blocks->slots = rt_atomic_exchange_acq_rel(&blocks->exchange->slots, blocks->slots);
            gb_fill_slots(giver, blocks);
            blocks->left = blocks->live;
        }
        gb_step(giver);
    }
}

// ------------------------------------------------------------------ producer, consumer

// False: the window is over.
static inline bool gb_wait_once(GbGiver *giver, const GbBlocks *blocks, unsigned looks)
{
    gb_wait(giver);
    if (looks % GB_BLOCK_LOOKS == GB_BLOCK_LOOKS - 1) sched_yield();
    return rt_atomic_load_relaxed(&blocks->exchange->closed) == 0;
}

static inline void gb_produce(GbGiver *giver, GbBlocks *blocks, GbBlockRing *ring)
{
    for (unsigned looks = 0; blocks->put - blocks->other == GB_BLOCK_RING; looks++) {
        rt_atomic_store_release(&ring->put, blocks->put);
        blocks->other = rt_atomic_load_acquire(&ring->taken);
        if (blocks->put - blocks->other < GB_BLOCK_RING) break;
        if (!gb_wait_once(giver, blocks, looks)) return;
    }
    ring->blocks[blocks->put++ % GB_BLOCK_RING] = gb_new_block(giver, gb_next_size(blocks));
    if (blocks->put % GB_BLOCK_TOLD == 0) rt_atomic_store_release(&ring->put, blocks->put);
}

static inline void gb_consume(GbGiver *giver, GbBlocks *blocks, GbBlockRing *ring)
{
    for (unsigned looks = 0; blocks->taken == blocks->other; looks++) {
        rt_atomic_store_release(&ring->taken, blocks->taken);
        blocks->other = rt_atomic_load_acquire(&ring->put);
        if (blocks->taken != blocks->other) break;
        if (!gb_wait_once(giver, blocks, looks)) return;
    }
    gb_drop_block(giver, blocks, ring->blocks[blocks->taken++ % GB_BLOCK_RING]);
    if (blocks->taken % GB_BLOCK_TOLD == 0)
        rt_atomic_store_release(&ring->taken, blocks->taken);
}

// Workers with even numbers produce for their neighbours. What was done is told at the end, or
// the neighbour would wait for the rest.
static inline void gb_loop_handover(GbGiver *giver, GbBlocks *blocks, uint64_t operations)
{
    GbBlockRing *ring = &blocks->exchange->rings[blocks->index / 2];
    bool produces = blocks->index % 2 == 0;
    for (uint64_t i = 0; i < operations; i++) {
        if (produces)
            gb_produce(giver, blocks, ring);
        else
            gb_consume(giver, blocks, ring);
        gb_step(giver);
    }
    if (produces)
        rt_atomic_store_release(&ring->put, blocks->put);
    else
        rt_atomic_store_release(&ring->taken, blocks->taken);
}

static inline void gb_run_blocks(GbGiver *giver, GbBlocks *blocks, uint64_t operations)
{
    switch (blocks->loop) {
    case GB_BLOCKS_PAIR:
        gb_loop_pair(giver, blocks, operations);
        break;
    case GB_BLOCKS_LIFO:
        gb_loop_lifo(giver, blocks, operations);
        break;
    case GB_BLOCKS_RANDOM:
        gb_loop_random(giver, blocks, operations);
        break;
    case GB_BLOCKS_BLEED:
        gb_loop_bleed(giver, blocks, operations);
        break;
    case GB_BLOCKS_HANDOVER:
        gb_loop_handover(giver, blocks, operations);
        break;
    }
}

#endif
