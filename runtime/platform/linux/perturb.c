// perturb.c: schedule perturbation at named points, for builds with RT_PERTURB.
//
// A generator per thread decides from the runtime's seed at which points a thread gives its
// processor away, so that interleavings which a quiet machine never shows come up. A state
// of 0 (no seed) does nothing.
#include "base/point.h"
#include "platform/platform.h"

#ifdef RT_PERTURB
void rt__point_perturb(uint64_t *state, RtPoint point)
{
    if (*state == 0) return;
    // Marsaglia's xorshift64: any nonzero state runs through all others.
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    unsigned draw = (unsigned)((*state + (uint64_t)point) & 15);
    if (draw < 4) rt_cpu_yield();
    if (draw == 15) rt_clock_sleep(1000);
}
#endif
