// atomic.h: C11 atomics with the memory order in the name.
//
// The whole runtime reaches atomics through these macros, so that every access says what it
// needs, and a reader can look for the other half of a pairing by name. There are no bare
// fences: the thread sanitizer does not model them, and an order on an access can be
// argued where it stands.
//
// Relaxed accesses compile to plain moves on the machines we know; they are used wherever
// two threads may touch a word at once and only the value, not an order, matters.
#ifndef RT_BASE_ATOMIC_H
#define RT_BASE_ATOMIC_H

#include <stdatomic.h>

#define rt_atomic_load_relaxed(p) atomic_load_explicit((p), memory_order_relaxed)
#define rt_atomic_load_acquire(p) atomic_load_explicit((p), memory_order_acquire)
#define rt_atomic_load_seqcst(p)  atomic_load_explicit((p), memory_order_seq_cst)

#define rt_atomic_store_relaxed(p, v) atomic_store_explicit((p), (v), memory_order_relaxed)
#define rt_atomic_store_release(p, v) atomic_store_explicit((p), (v), memory_order_release)
#define rt_atomic_store_seqcst(p, v)  atomic_store_explicit((p), (v), memory_order_seq_cst)

#define rt_atomic_exchange_acq_rel(p, v) atomic_exchange_explicit((p), (v), memory_order_acq_rel)
#define rt_atomic_exchange_seqcst(p, v)  atomic_exchange_explicit((p), (v), memory_order_seq_cst)
#define rt_atomic_exchange_acquire(p, v) atomic_exchange_explicit((p), (v), memory_order_acquire)

#define rt_atomic_add_relaxed(p, v) atomic_fetch_add_explicit((p), (v), memory_order_relaxed)
#define rt_atomic_add_release(p, v) atomic_fetch_add_explicit((p), (v), memory_order_release)
#define rt_atomic_add_seqcst(p, v)  atomic_fetch_add_explicit((p), (v), memory_order_seq_cst)
#define rt_atomic_add_acq_rel(p, v) atomic_fetch_add_explicit((p), (v), memory_order_acq_rel)
#define rt_atomic_sub_relaxed(p, v) atomic_fetch_sub_explicit((p), (v), memory_order_relaxed)
#define rt_atomic_sub_acq_rel(p, v) atomic_fetch_sub_explicit((p), (v), memory_order_acq_rel)
#define rt_atomic_or_relaxed(p, v)  atomic_fetch_or_explicit((p), (v), memory_order_relaxed)
#define rt_atomic_or_release(p, v)  atomic_fetch_or_explicit((p), (v), memory_order_release)
#define rt_atomic_or_seqcst(p, v)   atomic_fetch_or_explicit((p), (v), memory_order_seq_cst)
#define rt_atomic_and_relaxed(p, v) atomic_fetch_and_explicit((p), (v), memory_order_relaxed)
#define rt_atomic_and_acquire(p, v) atomic_fetch_and_explicit((p), (v), memory_order_acquire)
#define rt_atomic_and_seqcst(p, v)  atomic_fetch_and_explicit((p), (v), memory_order_seq_cst)

// Compare and swap: true when *p was *expected and is now `desired`; else *expected is what
// was found. The order is that of success; a failure reads relaxed, but seqcst as the name
// says: who tries again with what was found, or concludes from it, needs the order.
#define rt_atomic_cas_relaxed(p, expected, desired)                                              \
    atomic_compare_exchange_strong_explicit((p), (expected), (desired), memory_order_relaxed,    \
                                            memory_order_relaxed)
#define rt_atomic_cas_acquire(p, expected, desired)                                              \
    atomic_compare_exchange_strong_explicit((p), (expected), (desired), memory_order_acquire,    \
                                            memory_order_relaxed)
#define rt_atomic_cas_release(p, expected, desired)                                              \
    atomic_compare_exchange_strong_explicit((p), (expected), (desired), memory_order_release,    \
                                            memory_order_relaxed)
#define rt_atomic_cas_acq_rel(p, expected, desired)                                              \
    atomic_compare_exchange_strong_explicit((p), (expected), (desired), memory_order_acq_rel,    \
                                            memory_order_relaxed)
#define rt_atomic_cas_seqcst(p, expected, desired)                                               \
    atomic_compare_exchange_strong_explicit((p), (expected), (desired), memory_order_seq_cst,    \
                                            memory_order_seq_cst)

#endif
