// report.c: a table for people, a line of outcomes.jsonl for programs.
#include "outcomes.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

static const char *overlap_measure(const Trial *trial)
{
    return trial->capability == ONE_AT_A_TIME ? "switched" : "overlapped";
}

static double share(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0.0;
}

// ---------------------------------------------------------------- the table

static void print_head(const Trial *trial)
{
    const Test *test = trial->test;
    printf("%s: %s\n  %s\n", test->name, test->operation, test->question);
    printf("  %s, CPUs %d and %d%s, %llu samples, %s %llu (%.3g%%)%s: %s, %s\n",
           rt_build_variant(), trial->cpus[0], trial->cpus[1],
           trial->pinned ? "" : " (not one for each)", (unsigned long long)trial_samples(trial),
           overlap_measure(trial), (unsigned long long)trial->overlapped,
           100 * share(trial->overlapped, trial->raced),
           trial_overlapped_enough(trial) ? "" : ", not enough",
           verdict_text(trial_verdict(trial)), trial_behaviour(trial));
}

static void print_row(const Trial *trial, unsigned index)
{
    const Outcome *outcome = test_outcome(trial->test, index);
    if (outcome == NULL) return;
    uint64_t count = trial->counts[index];
    char text[24];
    if (count > 0)
        snprintf(text, sizeof text, "%.4g%%", 100 * share(count, trial_samples(trial)));
    else
        snprintf(text, sizeof text, "<%.1e", trial_bound(trial));
    printf("  %-14s %10llu %9s  %-11s  %s\n", outcome->name, (unsigned long long)count, text,
           expect_text(outcome->expect[trial->capability]), outcome->meaning);
}

void report_table(const Trial *trial)
{
    print_head(trial);
    printf("  %-14s %10s %9s  %-11s  %s\n", "OUTCOME", "SAMPLES", "SHARE", "EXPECT", "MEANING");
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        print_row(trial, i);
    printf("\n");
    fflush(stdout);
}

// ---------------------------------------------------------------- the line

static cJSON *overlap_json(const Trial *trial)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "measure", overlap_measure(trial));
    cJSON_AddNumberToObject(json, "count", (double)trial->overlapped);
    cJSON_AddNumberToObject(json, "share", share(trial->overlapped, trial->raced));
    cJSON_AddBoolToObject(json, "enough", trial_overlapped_enough(trial));
    return json;
}

static cJSON *row_json(const Trial *trial, const Outcome *outcome, uint64_t count)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "outcome", outcome->name);
    if (count > 0) {
        cJSON_AddNumberToObject(json, "samples", (double)count);
        cJSON_AddNumberToObject(json, "share", share(count, trial_samples(trial)));
    } else {
        cJSON_AddNumberToObject(json, "below", trial_bound(trial));
    }
    cJSON_AddStringToObject(json, "expect", expect_text(outcome->expect[trial->capability]));
    cJSON_AddStringToObject(json, "meaning", outcome->meaning);
    return json;
}

static void add_rows(cJSON *json, const Trial *trial)
{
    cJSON *seen = cJSON_AddArrayToObject(json, "outcomes");
    cJSON *unseen = cJSON_AddArrayToObject(json, "unseen");
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        const Outcome *outcome = test_outcome(trial->test, i);
        if (outcome == NULL) continue;
        cJSON_AddItemToArray(trial->counts[i] > 0 ? seen : unseen,
                             row_json(trial, outcome, trial->counts[i]));
    }
}

static cJSON *trial_json(const Trial *trial)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "test", trial->test->name);
    cJSON_AddStringToObject(json, "operation", trial->test->operation);
    cJSON_AddStringToObject(json, "title", trial->test->question);
    cJSON_AddStringToObject(json, "variant", rt_build_variant());
    cJSON_AddNumberToObject(json, "seed", (double)trial->seed);
    cJSON_AddItemToObject(json, "cpus", cJSON_CreateIntArray(trial->cpus, ACTORS));
    cJSON_AddNumberToObject(json, "actors", ACTORS);
    cJSON_AddNumberToObject(json, "samples", (double)trial_samples(trial));
    cJSON_AddItemToObject(json, "overlap", overlap_json(trial));
    add_rows(json, trial);
    cJSON_AddStringToObject(json, "verdict", verdict_text(trial_verdict(trial)));
    cJSON_AddStringToObject(json, "behaviour", trial_behaviour(trial));
    return json;
}

// One write a line, so that an interrupt leaves whole lines.
bool report_line(const Trial *trial, const char *path)
{
    cJSON *json = trial_json(trial);
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    FILE *file = text != NULL ? fopen(path, "a") : NULL;
    bool done = file != NULL && fprintf(file, "%s\n", text) > 0;
    if (file != NULL) done = fclose(file) == 0 && done;
    cJSON_free(text);
    return done;
}
