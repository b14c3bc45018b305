// blocks.c: sizes, slots and rings of the allocation cells.
#include "blocks/blocks.h"

#include <stdlib.h>
#include <string.h>

bool gb_blocks_loop(const char *cell, GbBlockLoop *loop)
{
    static const char *const names[] = {
        [GB_BLOCKS_PAIR] = "alloc_pair",         [GB_BLOCKS_LIFO] = "alloc_lifo",
        [GB_BLOCKS_RANDOM] = "alloc_random",     [GB_BLOCKS_BLEED] = "alloc_bleed",
        [GB_BLOCKS_HANDOVER] = "alloc_handover",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(cell, names[i]) != 0) continue;
        *loop = (GbBlockLoop)i;
        return true;
    }
    return false;
}

// ------------------------------------------------------------------ what is handed over

// The blocks that a worker has at a time; at least one slot, so that there is an array.
static size_t live_of(GbBlockLoop loop, const unsigned *params)
{
    bool keeps = loop != GB_BLOCKS_PAIR && loop != GB_BLOCKS_HANDOVER;
    return keeps ? params[GB_LIVE] : 1;
}

// Written, or the table's own pages would later count as the allocator's.
static void **new_slots(size_t count)
{
    void **slots = malloc(count * sizeof *slots);
    if (slots != NULL) memset(slots, 0, count * sizeof *slots);
    return slots;
}

bool gb_block_exchange_open(GbBlockExchange *exchange, GbBlockLoop loop, const unsigned *params,
                            unsigned workers)
{
    memset(exchange, 0, sizeof *exchange);
    if (loop == GB_BLOCKS_BLEED) {
        rt_atomic_store_relaxed(&exchange->slots, new_slots(live_of(loop, params)));
        return rt_atomic_load_relaxed(&exchange->slots) != NULL;
    }
    if (loop != GB_BLOCKS_HANDOVER) return true;
    exchange->pairs = workers / 2;
    size_t size = exchange->pairs * sizeof *exchange->rings;
    exchange->rings = aligned_alloc(_Alignof(GbBlockRing), size);
    if (exchange->rings != NULL) memset(exchange->rings, 0, size);
    return exchange->rings != NULL;
}

void gb_block_exchange_end(GbBlockExchange *exchange)
{
    rt_atomic_store_relaxed(&exchange->closed, 1u);
}

static void drop_all(void **slots, size_t count, void (*drop)(void *self, void *block),
                     void *self)
{
    for (size_t i = 0; slots != NULL && i < count; i++) {
        if (slots[i] != NULL) drop(self, slots[i]);
    }
}

void gb_block_exchange_close(GbBlockExchange *exchange, GbBlockLoop loop,
                             const unsigned *params, void (*drop)(void *self, void *block),
                             void *self)
{
    void **slots = rt_atomic_load_acquire(&exchange->slots);
    drop_all(slots, live_of(loop, params), drop, self);
    free(slots);
    for (unsigned i = 0; i < exchange->pairs; i++) {
        GbBlockRing *ring = &exchange->rings[i];
        size_t put = rt_atomic_load_acquire(&ring->put);
        for (size_t k = rt_atomic_load_acquire(&ring->taken); k < put; k++)
            drop(self, ring->blocks[k % GB_BLOCK_RING]);
    }
    free(exchange->rings);
}

// ------------------------------------------------------------------ a worker's part

// One of the sizes asked for, or of a mix in which small ones are frequent: half of it lies
// below 128 bytes, as most of a Python program's requests do.
static uint16_t draw_size(unsigned size, uint64_t random)
{
    static const unsigned widths[] = {32, 80, 208, GB_BLOCK_MOST - GB_BLOCK_LEAST};
    if (size != GB_SIZE_MIXED) return (uint16_t)size;
    uint64_t width = widths[random % 4];
    return (uint16_t)(GB_BLOCK_LEAST + (random >> 8) % (width + 1));
}

// Marsaglia's xorshift64.
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

bool gb_blocks_open(GbBlocks *blocks, GbBlockLoop loop, const unsigned *params, unsigned index,
                    uint64_t seed, GbBlockExchange *exchange)
{
    memset(blocks, 0, sizeof *blocks);
    blocks->loop = loop;
    blocks->index = index;
    blocks->live = live_of(loop, params);
    blocks->left = blocks->live;
    blocks->filling = true;
    blocks->random = (seed + 1) * 0x9e3779b97f4a7c15ull * (index + 1) | 1;
    blocks->exchange = exchange;
    unsigned size = params[GB_SIZE]; // 0, where the cell has none, is the mix
    for (size_t i = 0; i < GB_BLOCK_SIZES; i++)
        blocks->sizes[i] = draw_size(size, next_random(&blocks->random));
    blocks->slots = new_slots(blocks->live);
    return blocks->slots != NULL;
}

void gb_blocks_close(GbBlocks *blocks, void (*drop)(void *self, void *block), void *self)
{
    bool stack = blocks->loop == GB_BLOCKS_LIFO;
    drop_all(blocks->slots, stack ? blocks->depth : blocks->live, drop, self);
    free(blocks->slots);
}
