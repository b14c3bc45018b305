// freelist.c: free lists over chunks that are mapped and never given back while they are used.
#define _GNU_SOURCE
#include "blocks/freelist.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define GRANULE 16
#define CLASSES (512 / GRANULE + 1)
#define CHUNK   ((size_t)64 << 10) // its alignment, too
#define CHUNKS  16                 // mapped at once, so that aligning them wastes little

typedef struct Chunk {
    _Alignas(64) size_t class;
} Chunk;

typedef struct Mapping {
    struct Mapping *next;
    char *pages;
    size_t used; // chunks
} Mapping;

typedef struct Freelist {
    void *free[CLASSES];
    struct Freelist *next; // of the same GbFreelists
    GbFreelists *all;
} Freelist;

struct GbFreelists {
    pthread_mutex_t mutex; // guards both
    Mapping *mappings;
    Freelist *lists;
};

static _Thread_local Freelist *mine;

GbFreelists *gb_freelists_new(void)
{
    GbFreelists *lists = calloc(1, sizeof *lists);
    if (lists != NULL) pthread_mutex_init(&lists->mutex, NULL);
    return lists;
}

void gb_freelists_delete(GbFreelists *lists)
{
    if (lists == NULL) return;
    for (Mapping *next, *mapping = lists->mappings; mapping != NULL; mapping = next) {
        next = mapping->next;
        munmap(mapping->pages, (CHUNKS + 1) * CHUNK);
        free(mapping);
    }
    for (Freelist *next, *list = lists->lists; list != NULL; list = next) {
        next = list->next;
        free(list);
    }
    pthread_mutex_destroy(&lists->mutex);
    free(lists);
}

void gb_freelist_enter(GbFreelists *lists)
{
    mine = calloc(1, sizeof *mine);
    if (mine == NULL) abort();
    mine->all = lists;
    pthread_mutex_lock(&lists->mutex);
    mine->next = lists->lists;
    lists->lists = mine;
    pthread_mutex_unlock(&lists->mutex);
}

// With the mutex held.
static Mapping *new_mapping(GbFreelists *lists)
{
    Mapping *mapping = calloc(1, sizeof *mapping);
    if (mapping == NULL) return NULL;
    mapping->pages = mmap(NULL, (CHUNKS + 1) * CHUNK, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping->pages == MAP_FAILED) {
        free(mapping);
        return NULL;
    }
    mapping->next = lists->mappings;
    lists->mappings = mapping;
    return mapping;
}

static Chunk *new_chunk(GbFreelists *lists)
{
    pthread_mutex_lock(&lists->mutex);
    Mapping *mapping = lists->mappings;
    if (mapping == NULL || mapping->used == CHUNKS) mapping = new_mapping(lists);
    Chunk *chunk = NULL;
    if (mapping != NULL) {
        uintptr_t first = ((uintptr_t)mapping->pages + CHUNK - 1) & ~(uintptr_t)(CHUNK - 1);
        chunk = (Chunk *)(first + mapping->used++ * CHUNK);
    }
    pthread_mutex_unlock(&lists->mutex);
    return chunk;
}

// Blocks lie on the list in the order of their addresses.
static void *refill(size_t class)
{
    Chunk *chunk = new_chunk(mine->all);
    if (chunk == NULL) return NULL;
    chunk->class = class;
    size_t size = class * GRANULE;
    size_t count = (CHUNK - sizeof *chunk) / size;
    char *first = (char *)(chunk + 1);
    for (size_t i = 0; i < count; i++)
        *(void **)(void *)(first + i * size) = i + 1 < count ? first + (i + 1) * size : NULL;
    mine->free[class] = *(void **)(void *)first;
    return first;
}

void *gb_freelist_get(size_t size)
{
    size_t class = (size + GRANULE - 1) / GRANULE;
    void *block = mine->free[class];
    if (block == NULL) return refill(class);
    mine->free[class] = *(void **)block;
    return block;
}

void gb_freelist_put(void *block)
{
    const Chunk *chunk = (const Chunk *)((uintptr_t)block & ~(uintptr_t)(CHUNK - 1));
    *(void **)block = mine->free[chunk->class];
    mine->free[chunk->class] = block;
}
