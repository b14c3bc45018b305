// main.c: the command line, and the tests one after the other.
#define _GNU_SOURCE
#include "outcomes.h"

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

static _Noreturn void wrong(const char *option, const char *value)
{
    fprintf(stderr,
            "outcomes: %s %s: wrong or unknown (outcomes-<variant> [--seconds S] [--seed N] "
            "[--only TEST]... [--list] [--jsonl FILE] [--cpus A,B])\n",
            option, value != NULL ? value : "(no value)");
    exit(2);
}

static uint64_t number(const char *option, const char *value)
{
    char *end;
    uint64_t result = strtoull(value, &end, 10);
    if (*value < '0' || *value > '9' || *end != '\0') wrong(option, value);
    return result;
}

static double seconds(const char *option, const char *value)
{
    char *end;
    double result = strtod(value, &end);
    if (*value < '0' || *value > '9' || *end != '\0' || result <= 0 || result > 1e6)
        wrong(option, value);
    return result;
}

static void two_cpus(int *cpus, const char *option, const char *value)
{
    int length = 0;
    if (sscanf(value, "%d,%d%n", &cpus[0], &cpus[1], &length) != 2 || value[length] != '\0' ||
        cpus[0] < 0 || cpus[1] < 0 || cpus[0] >= CPU_SETSIZE || cpus[1] >= CPU_SETSIZE)
        wrong(option, value);
}

static void add_test(Options *options, const Test *test)
{
    if (options->test_count < TESTS_MAX) options->tests[options->test_count++] = test;
}

static void option(Options *options, const char *name, const char *value)
{
    if (value == NULL) wrong(name, value);
    if (strcmp(name, "--seconds") == 0) {
        options->seconds = seconds(name, value);
    } else if (strcmp(name, "--seed") == 0) {
        options->seed = number(name, value);
    } else if (strcmp(name, "--only") == 0) {
        if (test_named(value) == NULL) wrong(name, value);
        add_test(options, test_named(value));
    } else if (strcmp(name, "--jsonl") == 0) {
        options->jsonl = value;
    } else if (strcmp(name, "--cpus") == 0) {
        two_cpus(options->cpus, name, value);
    } else {
        wrong(name, value);
    }
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

static void list_tests(void)
{
    for (const Test *const *test = all_tests; *test != NULL; test++)
        printf("%-32s %s\n", (*test)->name, (*test)->operation);
}

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
    for (int i = 1; i < count; i += 2) {
        if (strcmp(arguments[i], "--list") == 0) {
            list_tests();
            return 0;
        }
        option(&options, arguments[i], i + 1 < count ? arguments[i + 1] : NULL);
    }
    if (options.test_count == 0)
        for (const Test *const *test = all_tests; *test != NULL; test++)
            add_test(&options, *test);
    return run(&options);
}
