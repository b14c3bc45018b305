// histogram.c: the histogram of histogram.h.
#include "base/histogram.h"

#include <string.h>

#define SUB_COUNT (1u << RT_HISTOGRAM_SUB_BITS)

void rt_histogram_clear(RtHistogram *histogram)
{
    memset(histogram, 0, sizeof *histogram);
    histogram->min = UINT64_MAX;
}

// Values below SUB_COUNT have a bucket each; above, the top RT_HISTOGRAM_SUB_BITS bits after
// the leading one choose among SUB_COUNT buckets of that power of two.
size_t rt_histogram_bucket(uint64_t ns)
{
    if (ns < SUB_COUNT) return (size_t)ns;
    unsigned log2 = 63u - (unsigned)__builtin_clzll(ns);
    unsigned shift = log2 - RT_HISTOGRAM_SUB_BITS;
    return ((size_t)(shift + 1) << RT_HISTOGRAM_SUB_BITS) + ((ns >> shift) & (SUB_COUNT - 1));
}

uint64_t rt_histogram_upper(size_t bucket)
{
    if (bucket < SUB_COUNT) return bucket;
    unsigned shift = (unsigned)(bucket >> RT_HISTOGRAM_SUB_BITS) - 1;
    uint64_t top = SUB_COUNT + (bucket & (SUB_COUNT - 1));
    return (top << shift) + (((uint64_t)1 << shift) - 1);
}

void rt_histogram_record(RtHistogram *histogram, uint64_t ns)
{
    histogram->count++;
    histogram->sum += ns;
    histogram->buckets[rt_histogram_bucket(ns)]++;
    if (ns < histogram->min) histogram->min = ns;
    if (ns > histogram->max) histogram->max = ns;
}

uint64_t rt_histogram_quantile(const RtHistogram *histogram, double quantile)
{
    double wanted = quantile * (double)histogram->count;
    uint64_t seen = 0;
    for (size_t i = 0; i < RT_HISTOGRAM_BUCKETS; i++) {
        seen += histogram->buckets[i];
        if (seen == 0 || (double)seen < wanted) continue;
        uint64_t upper = rt_histogram_upper(i);
        return upper < histogram->max ? upper : histogram->max;
    }
    return histogram->max;
}
