// disturbance.c: run-queue waits and pressure, from the kernel's own accounts.
//
// Not steal: on shared machines it stays near zero while other guests take a third of the
// time. The run-queue wait does show neighbours inside the same system.
#define _GNU_SOURCE
#include "disturbance.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

GbDisturbance gb_disturbance_read(void)
{
    GbDisturbance reading = {0};
    FILE *file = fopen("/proc/thread-self/schedstat", "r");
    if (file != NULL) {
        unsigned long long ran, waited;
        if (fscanf(file, "%llu %llu", &ran, &waited) == 2) reading.runq_wait_ns = waited;
        fclose(file);
    }
    struct rusage usage;
    if (getrusage(RUSAGE_THREAD, &usage) == 0) reading.involuntary = (uint64_t)usage.ru_nivcsw;
    return reading;
}

GbDisturbance gb_disturbance_since(GbDisturbance before)
{
    GbDisturbance now = gb_disturbance_read();
    return (GbDisturbance){now.runq_wait_ns - before.runq_wait_ns,
                           now.involuntary - before.involuntary};
}

int64_t gb_disturbance_pressure_us(void)
{
    FILE *file = fopen("/proc/pressure/cpu", "r");
    if (file == NULL) return -1;
    char line[256];
    long long total = -1;
    if (fgets(line, sizeof line, file) != NULL) {
        const char *field = strstr(line, "total=");
        if (field == NULL || sscanf(field, "total=%lld", &total) != 1) total = -1;
    }
    fclose(file);
    return total;
}
