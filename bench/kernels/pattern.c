// pattern.c: which operations go to what is shared, drawn beforehand.
#include "kernel.h"

void gb_draw_pattern(GbWorker *worker, unsigned percent)
{
    size_t chosen = (size_t)percent * GB_PATTERN / 100;
    for (size_t i = 0; i < GB_PATTERN; i++)
        worker->pattern[i] = i < chosen;
    for (size_t i = GB_PATTERN - 1; i > 0; i--) {
        size_t j = (size_t)(gb_random(&worker->random) % (i + 1));
        bool swap = worker->pattern[i];
        worker->pattern[i] = worker->pattern[j];
        worker->pattern[j] = swap;
    }
}
