// resident.c: what /proc says of this process's memory.
#define _GNU_SOURCE
#include "resident.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The number, in KiB, of the line that begins with `key`, as bytes.
static uint64_t read_line(const char *path, const char *key)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) return 0;
    char line[256];
    unsigned long kib = 0;
    while (kib == 0 && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, key, strlen(key)) == 0) kib = strtoul(line + strlen(key), NULL, 10);
    }
    fclose(file);
    return (uint64_t)kib * 1024;
}

#define ROLLUP "/proc/self/smaps_rollup"

uint64_t gb_resident_now(void)
{
    return read_line(ROLLUP, "Anonymous:");
}

// The system keeps the peak of all pages only. Those of files come and stay: what there are of
// them now was part of it.
uint64_t gb_resident_peak(void)
{
    uint64_t now = read_line(ROLLUP, "Anonymous:");
    uint64_t files = read_line(ROLLUP, "Rss:") - now;
    uint64_t peak = read_line("/proc/self/status", "VmHWM:");
    return peak > files + now ? peak - files : now;
}
