// histogram.h: a histogram of waiting times with bounded relative error.
//
// Buckets grow by a sixteenth of a power of two, so a percentile is right to 6% from a
// nanosecond to hours in 8 KiB. One writer at a time; reading when it is done.
#ifndef RT_BASE_HISTOGRAM_H
#define RT_BASE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

#define RT_HISTOGRAM_SUB_BITS 4
#define RT_HISTOGRAM_BUCKETS  ((64 - RT_HISTOGRAM_SUB_BITS + 1) << RT_HISTOGRAM_SUB_BITS)

typedef struct RtHistogram {
    uint64_t count;
    uint64_t sum; // exact, for means
    uint64_t min;
    uint64_t max;
    uint64_t buckets[RT_HISTOGRAM_BUCKETS];
} RtHistogram;

void rt_histogram_clear(RtHistogram *histogram);
void rt_histogram_record(RtHistogram *histogram, uint64_t ns);
// The bucket a value falls in, and the largest value that falls in a bucket.
size_t rt_histogram_bucket(uint64_t ns);
uint64_t rt_histogram_upper(size_t bucket);
// The value that a share `quantile` (0..1) of the recorded ones does not exceed; 0 if none.
uint64_t rt_histogram_quantile(const RtHistogram *histogram, double quantile);

#endif
