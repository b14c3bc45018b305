// blocks.h: what the allocation cells do with blocks of memory, whoever hands them out.
//
// The loops (loops.h) are compiled once for each side: over objects of a variant's runtime
// (kernels/alloc.c), and over malloc and free of a peer (heaps.c). Both reach their allocator
// through a pointer to a function, so that a call is a call on either side.
//
// **Equal blocks.** A block of n bytes is n bytes on both sides. Of an object's, the header (16
// or 24 bytes) is a part, for a runtime on top of malloc would have to ask for it as well. What
// the loop itself writes lies behind the longest header, in the same place for all.
#ifndef GB_BLOCKS_BLOCKS_H
#define GB_BLOCKS_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"
#include "params.h"

#define GB_BLOCK_WORD  32   // offset of the word that the loop writes and looks at again
#define GB_BLOCK_LEAST 48   // bytes
#define GB_BLOCK_MOST  512  // what the runtime serves from size classes
#define GB_BLOCK_SIZES 1024 // drawn beforehand, a power of two
#define GB_BLOCK_RING  1024 // blocks under way between two workers, a power of two

typedef enum GbBlockLoop {
    GB_BLOCKS_PAIR,     // get a block, give it back
    GB_BLOCKS_LIFO,     // a stack that fills and empties
    GB_BLOCKS_RANDOM,   // one of the live blocks, at random, replaced by one of another size
    GB_BLOCKS_BLEED,    // the same; now and then all of a worker's blocks go to another one
    GB_BLOCKS_HANDOVER, // one worker gets blocks, the other gives them back
} GbBlockLoop;

// A loop by the name of its cell. False: there is none.
bool gb_blocks_loop(const char *cell, GbBlockLoop *loop);

// One producer, one consumer. Each side's place is on lines that the other one only reads, and
// is told in batches, so that the ring costs little beside what it carries.
typedef struct GbBlockRing {
    _Alignas(64) _Atomic size_t put;   // by the producer, released
    _Alignas(64) _Atomic size_t taken; // by the consumer, released
    _Alignas(64) void *blocks[GB_BLOCK_RING];
} GbBlockRing;

// What the workers of an instance hand to each other.
typedef struct GbBlockExchange {
    _Alignas(64) void **_Atomic slots; // a set of blocks that nobody has
    _Atomic uint32_t closed;           // the window is over: nobody waits any more
    GbBlockRing *rings;                // one for each pair of workers, or NULL
    unsigned pairs;
} GbBlockExchange;

// A worker's part.
typedef struct GbBlocks {
    GbBlockLoop loop;
    unsigned index;
    size_t live;  // blocks at a time
    void **slots; // `live` of them, NULL where there is none
    size_t depth; // of the stack
    bool filling;
    size_t left; // operations until the blocks go to another worker
    size_t put;  // the places in the ring, ahead of what the other one was told
    size_t taken;
    size_t other; // the other one's place when last looked at
    size_t position;
    uint64_t random;
    uint64_t wrong; // not 0 once a block did not hold what was written to it
    GbBlockExchange *exchange;
    uint16_t sizes[GB_BLOCK_SIZES];
} GbBlocks;

// False: no memory. `live` and `size` come from the case's parameters.
bool gb_block_exchange_open(GbBlockExchange *exchange, GbBlockLoop loop, const unsigned *params,
                            unsigned workers);
// Lets those go on that wait for another worker.
void gb_block_exchange_end(GbBlockExchange *exchange);
// Calls drop(self, block) for each block that is still in it, and frees it.
void gb_block_exchange_close(GbBlockExchange *exchange, GbBlockLoop loop,
                             const unsigned *params, void (*drop)(void *self, void *block),
                             void *self);

// False: no memory.
bool gb_blocks_open(GbBlocks *blocks, GbBlockLoop loop, const unsigned *params, unsigned index,
                    uint64_t seed, GbBlockExchange *exchange);
// Calls drop(self, block) for each of the worker's blocks, and frees the rest.
void gb_blocks_close(GbBlocks *blocks, void (*drop)(void *self, void *block), void *self);

#endif
