// main.c: the command line, and rounds until the time or the count is over.
#include "torture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern const Subject torture_slots, torture_keys, torture_counters, torture_bank;
extern const Subject torture_tokens, torture_deep, torture_private, torture_churn;
extern const Subject torture_world, torture_sleep, torture_cycles;

const Subject *const torture_subjects[SUBJECT_COUNT] = {
    [SUBJECT_SLOTS] = &torture_slots,       [SUBJECT_KEYS] = &torture_keys,
    [SUBJECT_COUNTERS] = &torture_counters, [SUBJECT_BANK] = &torture_bank,
    [SUBJECT_TOKENS] = &torture_tokens,     [SUBJECT_DEEP] = &torture_deep,
    [SUBJECT_PRIVATE] = &torture_private,   [SUBJECT_CHURN] = &torture_churn,
    [SUBJECT_WORLD] = &torture_world,       [SUBJECT_SLEEP] = &torture_sleep,
    [SUBJECT_CYCLES] = &torture_cycles,
};

// Rounds last a fraction of a second; sanitizers and a busy machine may stretch that far.
#define WATCHDOG_SECONDS 120

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// ------------------------------------------------------------------ the command line

static _Noreturn void usage(const char *option, const char *value)
{
    fprintf(stderr, "torture: %s %s: wrong or unknown\n", option, value ? value : "(no value)");
    fprintf(stderr, "usage: torture-<variant> [--seed N | --round-seed N] [--threads N] "
                    "[--seconds S] [--rounds N] [--steps N] [--only SUBJECT]...\n");
    exit(2);
}

static uint64_t number(const char *option, const char *text, uint64_t low, uint64_t high)
{
    char *end;
    uint64_t value = strtoull(text, &end, 0);
    if (*text < '0' || *text > '9' || *end != '\0' || value < low || value > high)
        usage(option, text);
    return value;
}

// The visitors of `churn` work on the slots.
static uint64_t subject(const char *option, const char *text)
{
    for (unsigned i = 0; i < SUBJECT_COUNT; i++) {
        uint64_t with = i == SUBJECT_CHURN ? 1ull << SUBJECT_SLOTS : 0;
        if (strcmp(torture_subjects[i]->name, text) == 0) return 1ull << i | with;
    }
    if (strcmp(text, "handover") == 0) return TORTURE_HANDOVER;
    usage(option, text);
}

static void option(TortureOptions *options, const char *name, const char *value,
                   bool *one_round)
{
    if (value == NULL) usage(name, value);
    if (strcmp(name, "--seed") == 0 || strcmp(name, "--round-seed") == 0) {
        options->seed = number(name, value, 0, UINT64_MAX);
        *one_round = strcmp(name, "--round-seed") == 0;
    } else if (strcmp(name, "--threads") == 0) {
        options->threads = (unsigned)number(name, value, 1, TORTURE_WORKERS_MAX);
    } else if (strcmp(name, "--rounds") == 0) {
        options->rounds = (unsigned)number(name, value, 1, UINT32_MAX);
    } else if (strcmp(name, "--seconds") == 0) {
        options->seconds = (unsigned)number(name, value, 1, 1000000);
    } else if (strcmp(name, "--steps") == 0) {
        options->steps = (unsigned)number(name, value, 1, 100000000);
    } else if (strcmp(name, "--only") == 0) {
        options->only |= subject(name, value);
    } else {
        usage(name, value);
    }
}

int main(int count, char **arguments)
{
    TortureOptions options = {.seed = (uint64_t)time(NULL), .threads = 4, .steps = 1000};
    bool one_round = false; // --round-seed: the same round again and again
    for (int i = 1; i < count; i += 2)
        option(&options, arguments[i], i + 1 < count ? arguments[i + 1] : NULL, &one_round);
    if (options.rounds == 0 && options.seconds == 0) options.seconds = 5;
    if (options.only == 0) options.only = TORTURE_HANDOVER | (TORTURE_HANDOVER - 1);
    printf("torture-%s: --%s %llu --threads %u --steps %u\n", rt_build_variant(),
           one_round ? "round-seed" : "seed", (unsigned long long)options.seed, options.threads,
           options.steps);
    fflush(stdout);

    double end = now() + options.seconds;
    uint64_t seeds = options.seed;
    unsigned rounds = 0;
    while ((options.rounds == 0 || rounds < options.rounds) &&
           (options.seconds == 0 || now() < end)) {
        uint64_t seed = one_round ? options.seed : torture_random(&seeds);
        torture_report_round(seed, options.threads, options.steps);
        torture_watchdog(WATCHDOG_SECONDS);
        torture_round(&options, seed);
        rounds++;
    }
    printf("torture-%s: %u rounds passed\n", rt_build_variant(), rounds);
    return 0;
}
