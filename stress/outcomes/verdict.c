// verdict.c: what may be said of a trial's counts.
#include "outcomes.h"

#include <string.h>

// So often must the operations have overlapped before silence says anything: an outcome that
// comes up in 3% of the overlaps is then missed in less than 5% of the tables.
#define OVERLAPS_ENOUGH 100

const Outcome common_outcomes[OUTCOME_COUNT - OUTCOMES_MAX] = {
    {"other", "something that no order of the two operations explains", FORBIDDEN_IF_SAFE},
    {"LEFT", "objects are left alive after everything was dropped", FORBIDDEN_IF_SAFE},
    {"CRASH", "the process crashed or aborted", FORBIDDEN_IF_SAFE},
    {"HANG", "the actors stood still", FORBIDDEN_IF_SAFE},
};

const Outcome *test_outcome(const Test *test, unsigned index)
{
    if (index >= OUTCOMES_MAX) return &common_outcomes[index - OUTCOMES_MAX];
    return test->outcomes[index].name != NULL ? &test->outcomes[index] : NULL;
}

uint64_t trial_samples(const Trial *trial)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        sum += trial->counts[i];
    return sum;
}

bool trial_overlapped_enough(const Trial *trial)
{
    return trial->pinned && trial->overlapped >= OVERLAPS_ENOUGH;
}

// The rule of three: (1 - p)^N > 5% as long as p < 3/N.
double trial_bound(const Trial *trial)
{
    uint64_t samples = trial_samples(trial);
    return samples > 3 ? 3.0 / (double)samples : 1.0;
}

static bool saw(const Trial *trial, Expect expect)
{
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        const Outcome *outcome = test_outcome(trial->test, i);
        if (outcome != NULL && trial->counts[i] > 0 &&
            outcome->expect[trial->capability] == expect)
            return true;
    }
    return false;
}

// What was seen was seen, however seldom the actors met; only silence needs overlaps.
Verdict trial_verdict(const Trial *trial)
{
    if (saw(trial, FORBIDDEN)) return VERDICT_FORBIDDEN;
    if (saw(trial, INTERESTING)) return VERDICT_INTERESTING;
    return trial_overlapped_enough(trial) ? VERDICT_PASS : VERDICT_INCONCLUSIVE;
}

const char *trial_behaviour(const Trial *trial)
{
    if (trial->counts[OUTCOME_CRASH] > 0) return "can crash";
    if (trial->counts[OUTCOME_HANG] > 0) return "can hang";
    switch (trial_verdict(trial)) {
    case VERDICT_PASS:
        return "atomic";
    case VERDICT_INTERESTING:
    case VERDICT_FORBIDDEN:
        return "can be lost";
    case VERDICT_INCONCLUSIVE:
        break;
    }
    return "unknown";
}

const char *verdict_text(Verdict verdict)
{
    static const char *const texts[] = {"PASS", "INTERESTING", "FORBIDDEN", "INCONCLUSIVE"};
    return texts[verdict];
}

const char *expect_text(Expect expect)
{
    static const char *const texts[] = {"", "ACCEPTABLE", "INTERESTING", "FORBIDDEN"};
    return texts[expect];
}
