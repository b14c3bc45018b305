// leaks.c: the lines of a leak report.
#include "leaks.h"

#include <stdlib.h>

static const char *const words[] = {
    [RT_LEAK_REACHABLE] = "reachable",      [RT_LEAK_LOST] = "lost",
    [RT_LEAK_BEHIND] = "behind a lost one", [RT_LEAK_CYCLE] = "in or behind a cycle",
    [RT_LEAK_RESOURCE] = "never closed",
};

static int most_bytes_first(const void *a, const void *b)
{
    int64_t x = ((const RtLeak *)a)->bytes;
    int64_t y = ((const RtLeak *)b)->bytes;
    return (x < y) - (x > y);
}

static void print_line(FILE *file, const RtLeak *leak)
{
    fprintf(file, "    %s: %lld %s, %lld bytes", words[leak->kind], (long long)leak->blocks,
            leak->type, (long long)leak->bytes);
    if (leak->site.file != NULL)
        fprintf(file, ", from %s:%u", leak->site.file, leak->site.line);
    fputc('\n', file);
}

void leaks_print(FILE *file, const RtLeakReport *report)
{
    qsort(report->leaks, report->count, sizeof *report->leaks, most_bytes_first);
    for (size_t i = 0; i < report->count; i++)
        print_line(file, &report->leaks[i]);
}

void leaks_tell(RtRuntime *runtime)
{
    RtThread *t = rt_thread_enter(runtime);
    RtLeakReport *report = t != NULL ? rt_leaks_find(t, NULL, 0) : NULL;
    if (report != NULL) leaks_print(stderr, report);
    rt_leaks_free(report);
    if (t != NULL) rt_thread_leave(t);
}
