// guarded.h: the work inside a critical section, the same for ours and the peer's lock.
#ifndef GB_GUARDED_H
#define GB_GUARDED_H

#include <stdint.h>

// Two dependent read-modify-writes of a word that the lock protects: a nanosecond or two, about
// what setting an item does. Relaxed by nature of being plain; the lock orders them. In
// `unlocked` this runs on one thread only.
static inline void gb_guarded_work(uint64_t *word)
{
    for (int i = 0; i < 2; i++) {
        *word += 1;
        __asm__ volatile("" : : "r"(word) : "memory");
    }
}

#endif
