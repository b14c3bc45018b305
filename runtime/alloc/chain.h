// chain.h: free blocks of one size in chains, and chains in stacks.
//
// Free blocks are poisoned but for their headers, so what is written to them is through here.
#ifndef RT_ALLOC_CHAIN_H
#define RT_ALLOC_CHAIN_H

#include "alloc/block.h"

static inline void *rt__chain_load(void **link)
{
    RT_UNPOISON(link, sizeof *link);
    void *loaded = *link;
    RT_POISON(link, sizeof *link);
    return loaded;
}

static inline void rt__chain_store(void **link, void *block)
{
    RT_UNPOISON(link, sizeof *link);
    *link = block;
    RT_POISON(link, sizeof *link);
}

// The next block of a chain.
static inline void *rt__block_next(void *block) { return ((RtObject *)block)->next_free; }
static inline void rt__block_set_next(void *block, void *next)
{
    ((RtObject *)block)->next_free = next;
}

// The next chain of a stack, in the first block of the one above.
static inline void *rt__chain_below(void *chain)
{
    return rt__chain_load(rt__block_body(chain));
}
static inline void rt__chain_set_below(void *chain, void *below)
{
    rt__chain_store(rt__block_body(chain), below);
}

static inline void rt__chain_push(void **stack, void *chain)
{
    rt__chain_set_below(chain, *stack);
    *stack = chain;
}

// NULL when there is none.
static inline void *rt__chain_pop(void **stack)
{
    void *chain = *stack;
    if (chain != NULL) *stack = rt__chain_below(chain);
    return chain;
}

#endif
