// annotate.h: what we tell the sanitizers.
//
// The thread sanitizer derives happens-before from the atomics themselves; it only needs to
// be told that a byte is a lock, so that it can see lock-order inversions in ours.
#ifndef RT_BASE_ANNOTATE_H
#define RT_BASE_ANNOTATE_H

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define RT_TSAN 1
#endif
#if __has_feature(address_sanitizer)
#define RT_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define RT_TSAN 1
#endif
#if defined(__SANITIZE_ADDRESS__)
#define RT_ASAN 1
#endif

// Interpreter and kernel loops: a value the compiler must assume is read and changed here.
// Keeps gcc from folding an incref/decref loop into nothing.
#define RT_OPTIMIZER_BARRIER(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")

#endif
