// poison.h: memory that nobody may touch, said to the address sanitizer. Nothing elsewhere.
#ifndef RT_BASE_POISON_H
#define RT_BASE_POISON_H

#if defined(__SANITIZE_ADDRESS__)
#define RT_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RT_POISONS 1
#endif
#endif

#ifdef RT_POISONS
#include <sanitizer/asan_interface.h>
#define RT_POISON(address, size)   __asan_poison_memory_region((address), (size))
#define RT_UNPOISON(address, size) __asan_unpoison_memory_region((address), (size))
#else
#define RT_POISON(address, size)   ((void)sizeof(address), (void)sizeof(size))
#define RT_UNPOISON(address, size) ((void)sizeof(address), (void)sizeof(size))
#endif

#endif
