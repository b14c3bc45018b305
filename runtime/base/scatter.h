// scatter.h: addresses, which lie at equal distances, spread over a table.
//
// Fibonacci hashing (Knuth, vol. 3, 6.4): the factor is 2^64 by the golden ratio. The upper bits
// of the product are good, so a table takes its index from these.
#ifndef RT_BASE_SCATTER_H
#define RT_BASE_SCATTER_H

#include <stdint.h>

static inline uint64_t rt_scatter(uint64_t value) { return value * 0x9e3779b97f4a7c15ull; }

#endif
