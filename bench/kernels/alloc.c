// alloc.c: what do a block and giving it back cost? Objects without references, over the loops
// that all allocators run (blocks/loops.h).
#include "kernel.h"

#include <stdlib.h>

typedef RtObject *(*New)(RtThread *t, size_t size);
typedef void (*Drop)(RtThread *t, RtObject *object);

// The calls go through pointers that the compiler cannot see through, as a peer's do.
typedef struct GbGiver {
    RtThread *t;
    New new;
    Drop drop;
} GbGiver;

static inline void *gb_get(GbGiver *giver, size_t size)
{
    return giver->new (giver->t, size);
}

static inline void gb_put(GbGiver *giver, void *block)
{
    giver->drop(giver->t, (RtObject *)block);
}

static inline void gb_step(GbGiver *giver)
{
    rt_poll(giver->t);
}

static inline void gb_wait(GbGiver *giver)
{
    rt_thread_yield(giver->t);
    rt_poll(giver->t);
}

#include "blocks/loops.h"

// Nothing but a body: the collector does not know its objects.
static const RtType block_type = {.name = "block"};

__attribute__((noinline)) static RtObject *new_object(RtThread *t, size_t size)
{
    RtObject *object = rt__object_new(t, &block_type, size);
    RT_CHECK(object != NULL, "no memory for a block");
    return object;
}

__attribute__((noinline)) static void drop_object(RtThread *t, RtObject *object)
{
    rt_decref(t, object);
}

static GbGiver giver_of(RtThread *t)
{
    GbGiver giver = {t, new_object, drop_object};
    RT_OPTIMIZER_BARRIER(&giver);
    return giver;
}

static void drop_any(void *t, void *block)
{
    rt_decref((RtThread *)t, (RtObject *)block);
}

static GbBlockLoop loop_of(const GbInstance *instance)
{
    GbBlockLoop loop = GB_BLOCKS_PAIR;
    RT_CHECK(gb_blocks_loop(instance->kernel->name, &loop), "no loop of this name");
    return loop;
}

// ------------------------------------------------------------------ the kernel's hooks

static bool prepare_exchange(GbInstance *instance, RtThread *t)
{
    (void)t;
    GbBlockExchange *exchange = aligned_alloc(64, sizeof *exchange);
    instance->traffic = exchange;
    const GbSetup *setup = &instance->setup;
    return exchange != NULL &&
           gb_block_exchange_open(exchange, loop_of(instance), setup->params, setup->threads);
}

static void finish_exchange(GbInstance *instance, RtThread *t)
{
    GbBlockExchange *exchange = (GbBlockExchange *)instance->traffic;
    if (exchange == NULL) return;
    gb_block_exchange_close(exchange, loop_of(instance), instance->setup.params, drop_any, t);
    free(exchange);
}

static void close_exchange(GbInstance *instance)
{
    gb_block_exchange_end((GbBlockExchange *)instance->traffic);
}

static bool enter_blocks(GbWorker *worker)
{
    const GbInstance *instance = worker->instance;
    const GbSetup *setup = &instance->setup;
    worker->work = malloc(sizeof(GbBlocks));
    return worker->work != NULL &&
           gb_blocks_open((GbBlocks *)worker->work, loop_of(instance), setup->params,
                          worker->index, setup->seed, (GbBlockExchange *)instance->traffic);
}

static void run_blocks(GbWorker *worker, uint64_t operations)
{
    GbGiver giver = giver_of(worker->t);
    gb_run_blocks(&giver, (GbBlocks *)worker->work, operations);
}

static void leave_blocks(GbWorker *worker)
{
    GbBlocks *blocks = (GbBlocks *)worker->work;
    RT_CHECK(blocks->wrong == 0, "a block did not hold what was written to it");
    gb_blocks_close(blocks, drop_any, worker->t);
    free(blocks);
}

#define BLOCKS_KERNEL(cell)                                                                    \
    const GbKernel gb_kernel_##cell = {.name = #cell,                                          \
                                       .prepare = prepare_exchange,                            \
                                       .finish = finish_exchange,                              \
                                       .enter = enter_blocks,                                  \
                                       .run = run_blocks,                                      \
                                       .leave = leave_blocks,                                  \
                                       .close = close_exchange}

BLOCKS_KERNEL(alloc_pair);
BLOCKS_KERNEL(alloc_lifo);
BLOCKS_KERNEL(alloc_random);
BLOCKS_KERNEL(alloc_bleed);
BLOCKS_KERNEL(alloc_handover);
