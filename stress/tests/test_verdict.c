// test_verdict.c: the judge must be able to say no: made-up counts, and what is said of them.
#include "outcomes/outcomes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const Test test = {
    .name = "made_up",
    .outcomes = {{"good", "", EVERYWHERE(ACCEPTABLE)}, {"lost", "", FORBIDDEN_UNDER_GIL}},
};

// Overlapped often enough, and nothing bad happened.
static Trial clean(Capability capability)
{
    Trial trial = {.test = &test, .capability = capability, .pinned = true};
    trial.counts[0] = 1000000;
    trial.raced = 1000000;
    trial.overlapped = 5000;
    return trial;
}

static void nothing_bad_is_a_pass(void **state)
{
    (void)state;
    Trial trial = clean(OBJECT_LOCKS);
    assert_int_equal(trial_verdict(&trial), VERDICT_PASS);
    assert_string_equal(trial_behaviour(&trial), "atomic");
    assert_int_equal(trial_samples(&trial), 1000000);
    assert_true(trial_bound(&trial) > 2.9e-6 && trial_bound(&trial) < 3.1e-6);
}

static void one_sample_decides(void **state)
{
    (void)state;
    Trial gil = clean(ONE_AT_A_TIME), object = clean(OBJECT_LOCKS);
    gil.counts[1] = object.counts[1] = 1;
    assert_int_equal(trial_verdict(&gil), VERDICT_FORBIDDEN);
    assert_int_equal(trial_verdict(&object), VERDICT_INTERESTING);
    assert_string_equal(trial_behaviour(&gil), "can be lost");
    assert_string_equal(trial_behaviour(&object), "can be lost");
}

static void crashes_and_hangs_are_forbidden_where_locks_protect(void **state)
{
    (void)state;
    Trial object = clean(OBJECT_LOCKS), unlocked = clean(NO_LOCK), hung = clean(ONE_AT_A_TIME);
    object.counts[OUTCOME_CRASH] = unlocked.counts[OUTCOME_CRASH] = 1;
    hung.counts[OUTCOME_HANG] = 1;
    assert_int_equal(trial_verdict(&object), VERDICT_FORBIDDEN);
    assert_int_equal(trial_verdict(&unlocked), VERDICT_INTERESTING);
    assert_int_equal(trial_verdict(&hung), VERDICT_FORBIDDEN);
    assert_string_equal(trial_behaviour(&unlocked), "can crash");
    assert_string_equal(trial_behaviour(&hung), "can hang");
}

static void without_overlap_there_is_no_pass(void **state)
{
    (void)state;
    Trial apart = clean(OBJECT_LOCKS), unpinned = clean(OBJECT_LOCKS),
          seen = clean(OBJECT_LOCKS);
    apart.overlapped = 3;
    unpinned.pinned = false;
    seen.overlapped = 3;
    seen.counts[1] = 1;
    assert_int_equal(trial_verdict(&apart), VERDICT_INCONCLUSIVE);
    assert_int_equal(trial_verdict(&unpinned), VERDICT_INCONCLUSIVE);
    assert_string_equal(trial_behaviour(&apart), "unknown");
    // What was seen was seen.
    assert_int_equal(trial_verdict(&seen), VERDICT_INTERESTING);
}

// Whoever names a test's outcomes must say something of each, for each kind of runtime.
static void every_test_says_what_it_expects(void **state)
{
    (void)state;
    for (const Test *const *each = all_tests; *each != NULL; each++) {
        assert_non_null((*each)->outcomes[0].name);
        for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
            const Outcome *outcome = test_outcome(*each, i);
            for (unsigned c = 0; outcome != NULL && c < CAPABILITY_COUNT; c++)
                assert_int_not_equal(outcome->expect[c], EXPECT_UNSAID);
        }
        for (const Test *const *other = all_tests; other != each; other++) {
            assert_string_not_equal((*other)->name, (*each)->name);
            assert_string_not_equal((*other)->operation, (*each)->operation);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_bad_is_a_pass),
        cmocka_unit_test(one_sample_decides),
        cmocka_unit_test(crashes_and_hangs_are_forbidden_where_locks_protect),
        cmocka_unit_test(without_overlap_there_is_no_pass),
        cmocka_unit_test(every_test_says_what_it_expects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
