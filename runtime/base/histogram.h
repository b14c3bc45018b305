// latency.h: a histogram of waiting times with bounded relative error.
//
// Buckets grow by a sixteenth of a power of two, so a percentile is right to 6% from a
// nanosecond to hours in 8 KiB. One writer at a time; reading when it is done.
#ifndef GB_LATENCY_H
#define GB_LATENCY_H

#include <stddef.h>
#include <stdint.h>

#define GB_LATENCY_SUB_BITS 4
#define GB_LATENCY_BUCKETS  ((64 - GB_LATENCY_SUB_BITS + 1) << GB_LATENCY_SUB_BITS)

typedef struct GbLatency {
    uint64_t count;
    uint64_t min;
    uint64_t max;
    uint64_t buckets[GB_LATENCY_BUCKETS];
} GbLatency;

void gb_latency_clear(GbLatency *latency);
void gb_latency_record(GbLatency *latency, uint64_t ns);
// The bucket a value falls in, and the largest value that falls in a bucket.
size_t gb_latency_bucket(uint64_t ns);
uint64_t gb_latency_upper(size_t bucket);
// The value that a share `quantile` (0..1) of the recorded ones does not exceed; 0 if none.
uint64_t gb_latency_quantile(const GbLatency *latency, double quantile);

#endif
