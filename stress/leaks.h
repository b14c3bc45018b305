// leaks.h: telling what a runtime has left alive.
#ifndef STRESS_LEAKS_H
#define STRESS_LEAKS_H

#include <stdio.h>

#include "rt.h"

// One line for each kind, type and site, the most bytes first.
void leaks_print(FILE *file, const RtLeakReport *report);

// The same on standard error for a runtime in which nobody is any more.
void leaks_tell(RtRuntime *runtime);

#endif
