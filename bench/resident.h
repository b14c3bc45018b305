// resident.h: how much of this process is in memory, but for what it maps from files, as its
// program is.
#ifndef GB_RESIDENT_H
#define GB_RESIDENT_H

#include <stdint.h>

// Bytes that are in memory now; 0 where the system does not say.
uint64_t gb_resident_now(void);
// The most there were since the process began or was forked; 0 as above.
uint64_t gb_resident_peak(void);

#endif
