// account.c: what an account build knows, summed over threads.
#include "rt_inline.h"
#include "state/runtime.h"

static const RtAccountEntry entries_template[] = {
#define X(name, unit, meaning) {#name, unit, meaning, 0},
#include "base/account.def"
#undef X
};

static uint64_t sum(RtRuntime *runtime, size_t index)
{
    uint64_t total = 0;
#ifdef RT_ACCOUNT
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        total += t->account.values[index];
#else
    (void)runtime, (void)index;
#endif
    return total;
}

size_t rt_account_read(RtRuntime *runtime, RtAccountEntry *entries, size_t capacity)
{
    for (size_t i = 0; i < RT_ACCOUNT_COUNT && i < capacity; i++) {
        entries[i] = entries_template[i];
        entries[i].value = sum(runtime, i);
    }
    return RT_ACCOUNT_COUNT;
}

const char *rt_build_variant(void) { return RT_VARIANT_NAME; }

const char *rt_build_flavour(void) { return RT_ACCOUNT_ENABLED ? "account" : "timed"; }

size_t rt_build_header_size(void) { return sizeof(RtObject); }
