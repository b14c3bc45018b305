// main.c: the command line, and rounds until the time or the count is over.
#include "torture.h"

#include "options.h"

#include <stdio.h>
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

// The visitors of `churn` work on the slots.
static uint64_t subject(const char *name, const char *text)
{
    for (unsigned i = 0; i < SUBJECT_COUNT; i++) {
        uint64_t with = i == SUBJECT_CHURN ? 1ull << SUBJECT_SLOTS : 0;
        if (strcmp(torture_subjects[i]->name, text) == 0) return 1ull << i | with;
    }
    if (strcmp(text, "handover") == 0) return TORTURE_HANDOVER;
    options_refuse(name, text);
}

static void add_subject(void *options, const char *name, const char *text)
{
    ((TortureOptions *)options)->only |= subject(name, text);
}

static void one_seed(void *options, const char *name, const char *text)
{
    ((TortureOptions *)options)->seed = options_number(name, text, 0, UINT64_MAX);
    ((TortureOptions *)options)->one_round = true;
}

static TortureOptions read_options(int count, char **arguments)
{
    TortureOptions options = {.seed = (uint64_t)time(NULL), .threads = 4, .steps = 1000};
    const OptionRow rows[] = {
        {"seed", "N", "what rounds are drawn from", .number = &options.seed,
         .most = UINT64_MAX},
        {"round-seed", "N", "the round of this seed, again and again", .take = one_seed,
         .argument = &options},
        {"threads", "N", "at once", .number = &options.threads, .least = 1,
         .most = TORTURE_WORKERS_MAX},
        {"seconds", "S", "until no round begins", .number = &options.seconds, .least = 1,
         .most = 1000000},
        {"rounds", "N", "so many at most", .number = &options.rounds, .least = 1,
         .most = UINT32_MAX},
        {"steps", "N", "of each thread in a round", .number = &options.steps, .least = 1,
         .most = 100000000},
        {"only", "SUBJECT", "and others that are named so", .take = add_subject,
         .argument = &options},
        {0},
    };
    options_read(rows, count, arguments);
    if (options.rounds == 0 && options.seconds == 0) options.seconds = 5;
    if (options.only == 0) options.only = TORTURE_HANDOVER | (TORTURE_HANDOVER - 1);
    return options;
}

int main(int count, char **arguments)
{
    TortureOptions options = read_options(count, arguments);
    unsigned threads = (unsigned)options.threads, steps = (unsigned)options.steps;
    printf("torture-%s: --%s %llu --threads %u --steps %u\n", rt_build_variant(),
           options.one_round ? "round-seed" : "seed", (unsigned long long)options.seed, threads,
           steps);
    fflush(stdout);

    double end = now() + (double)options.seconds;
    uint64_t seeds = options.seed;
    unsigned rounds = 0;
    while ((options.rounds == 0 || rounds < options.rounds) &&
           (options.seconds == 0 || now() < end)) {
        uint64_t seed = options.one_round ? options.seed : torture_random(&seeds);
        torture_report_round(seed, threads, steps);
        torture_watchdog(WATCHDOG_SECONDS);
        torture_round(&options, seed);
        rounds++;
    }
    printf("torture-%s: %u rounds passed\n", rt_build_variant(), rounds);
    return 0;
}
