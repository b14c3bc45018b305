// disturbance.h: what kept a thread from running that is none of the benchmark's business.
#ifndef GB_DISTURBANCE_H
#define GB_DISTURBANCE_H

#include <stdint.h>

// Readings of the calling thread, to be taken before and after and subtracted.
typedef struct GbDisturbance {
    uint64_t runq_wait_ns; // time runnable but not running (schedstat); 0 where unknown
    uint64_t involuntary;  // involuntary context switches
} GbDisturbance;

GbDisturbance gb_disturbance_read(void);
GbDisturbance gb_disturbance_since(GbDisturbance before);

// Microseconds in which some task of the system waited for a CPU; -1 where unknown.
int64_t gb_disturbance_pressure_us(void);

#endif
