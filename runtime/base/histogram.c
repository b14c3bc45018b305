// latency.c: the histogram of latency.h.
#include "latency.h"

#include <string.h>

#define SUB_COUNT (1u << GB_LATENCY_SUB_BITS)

void gb_latency_clear(GbLatency *latency)
{
    memset(latency, 0, sizeof *latency);
    latency->min = UINT64_MAX;
}

// Values below SUB_COUNT have a bucket each; above, the top GB_LATENCY_SUB_BITS bits after
// the leading one choose among SUB_COUNT buckets of that power of two.
size_t gb_latency_bucket(uint64_t ns)
{
    if (ns < SUB_COUNT) return (size_t)ns;
    unsigned log2 = 63u - (unsigned)__builtin_clzll(ns);
    unsigned shift = log2 - GB_LATENCY_SUB_BITS;
    return ((size_t)(shift + 1) << GB_LATENCY_SUB_BITS) + ((ns >> shift) & (SUB_COUNT - 1));
}

uint64_t gb_latency_upper(size_t bucket)
{
    if (bucket < SUB_COUNT) return bucket;
    unsigned shift = (unsigned)(bucket >> GB_LATENCY_SUB_BITS) - 1;
    uint64_t top = SUB_COUNT + (bucket & (SUB_COUNT - 1));
    return (top << shift) + (((uint64_t)1 << shift) - 1);
}

void gb_latency_record(GbLatency *latency, uint64_t ns)
{
    latency->count++;
    latency->buckets[gb_latency_bucket(ns)]++;
    if (ns < latency->min) latency->min = ns;
    if (ns > latency->max) latency->max = ns;
}

uint64_t gb_latency_quantile(const GbLatency *latency, double quantile)
{
    double wanted = quantile * (double)latency->count;
    uint64_t seen = 0;
    for (size_t i = 0; i < GB_LATENCY_BUCKETS; i++) {
        seen += latency->buckets[i];
        if (seen == 0 || (double)seen < wanted) continue;
        uint64_t upper = gb_latency_upper(i);
        return upper < latency->max ? upper : latency->max;
    }
    return latency->max;
}
