// main.c: the command line, and the tests one after the other.
#define _GNU_SOURCE
#include "outcomes.h"

#include "options.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TESTS_MAX 64

typedef struct Options {
    double seconds; // in all
    uint64_t seed;
    const char *jsonl; // NULL: no lines
    int cpus[ACTORS];
    const Test *tests[TESTS_MAX];
    unsigned test_count;
} Options;

// ---------------------------------------------------------------- the command line

static void take_seconds(void *seconds, const char *name, const char *text)
{
    char *end;
    double value = strtod(text, &end);
    if (*text < '0' || *text > '9' || *end != '\0' || value <= 0 || value > 1e6)
        options_refuse(name, text);
    *(double *)seconds = value;
}

static void take_cpus(void *two, const char *name, const char *text)
{
    int length = 0, *cpus = two;
    if (sscanf(text, "%d,%d%n", &cpus[0], &cpus[1], &length) != 2 || text[length] != '\0' ||
        cpus[0] < 0 || cpus[1] < 0 || cpus[0] >= CPU_SETSIZE || cpus[1] >= CPU_SETSIZE)
        options_refuse(name, text);
}

static void take_path(void *path, const char *name, const char *text)
{
    (void)name;
    *(const char **)path = text;
}

static void add_test(Options *options, const Test *test)
{
    if (options->test_count < TESTS_MAX) options->tests[options->test_count++] = test;
}

static void take_test(void *options, const char *name, const char *text)
{
    if (test_named(text) == NULL) options_refuse(name, text);
    add_test(options, test_named(text));
}

static _Noreturn void list_tests(void *unused, const char *name, const char *text)
{
    (void)unused, (void)name, (void)text;
    for (const Test *const *test = all_tests; *test != NULL; test++)
        printf("%-32s %s\n", (*test)->name, (*test)->operation);
    exit(0);
}

// ---------------------------------------------------------------- processors

// The first two that this process may use; the same twice if there is one only.
static void choose_cpus(int *cpus)
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    sched_getaffinity(0, sizeof allowed, &allowed);
    int found = 0;
    for (int cpu = 0; cpu < CPU_SETSIZE && found < ACTORS; cpu++)
        if (CPU_ISSET((size_t)cpu, &allowed)) cpus[found++] = cpu;
    if (found == 1) cpus[1] = cpus[0];
}

// ---------------------------------------------------------------- running

static bool run_test(const Options *options, unsigned index, unsigned *verdicts)
{
    Trial trial = {
        .test = options->tests[index],
        .capability = build_capability(),
        .seed = options->seed,
        .cpus = {options->cpus[0], options->cpus[1]},
        .pinned = options->cpus[0] != options->cpus[1],
    };
    if (!trial_run(&trial, options->seconds / options->test_count)) return false;
    report_table(&trial);
    verdicts[trial_verdict(&trial)]++;
    if (options->jsonl == NULL || report_line(&trial, options->jsonl)) return true;
    fprintf(stderr, "outcomes: %s: cannot be written\n", options->jsonl);
    return false;
}

static int run(const Options *options)
{
    unsigned verdicts[4] = {0};
    if (options->cpus[0] == options->cpus[1])
        printf("outcomes-%s: one processor only: what is not seen says nothing\n",
               rt_build_variant());
    for (unsigned i = 0; i < options->test_count; i++)
        if (!run_test(options, i, verdicts)) return 1;
    printf("outcomes-%s: seed %llu: %u passed, %u interesting, %u forbidden, %u inconclusive\n",
           rt_build_variant(), (unsigned long long)options->seed, verdicts[VERDICT_PASS],
           verdicts[VERDICT_INTERESTING], verdicts[VERDICT_FORBIDDEN],
           verdicts[VERDICT_INCONCLUSIVE]);
    return verdicts[VERDICT_FORBIDDEN] > 0 ? 1 : 0;
}

int main(int count, char **arguments)
{
    Options options = {.seconds = 30, .seed = (uint64_t)time(NULL)};
    choose_cpus(options.cpus);
    const OptionRow rows[] = {
        {"seconds", "S", "in all (default 30)", .take = take_seconds,
         .argument = &options.seconds},
        {"seed", "N", "what delays are drawn from", .number = &options.seed,
         .most = UINT64_MAX},
        {"only", "TEST", "and others that are named so", .take = take_test,
         .argument = &options},
        {"list", NULL, "the tests and what each races on", .take = list_tests},
        {"jsonl", "FILE", "append a JSON line per test", .take = take_path,
         .argument = &options.jsonl},
        {"cpus", "A,B", "the two actors' (default: the first two)", .take = take_cpus,
         .argument = options.cpus},
        {0},
    };
    options_read(rows, count, arguments);
    if (options.test_count == 0)
        for (const Test *const *test = all_tests; *test != NULL; test++)
            add_test(&options, *test);
    return run(&options);
}
