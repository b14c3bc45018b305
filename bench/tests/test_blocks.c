// test_blocks.c: the order within blocks, the length of windows, placement and judgement.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "peer.h"
#include "runner.h"
#include "samples.h"

static void a_block_is_a_palindrome_of_all_sides(void **state)
{
    (void)state;
    for (unsigned sides = 1; sides <= GB_MAX_SIDES; sides++) {
        for (unsigned block = 0; block < 40; block++) {
            unsigned order[2 * GB_MAX_SIDES];
            unsigned seen[GB_MAX_SIDES] = {0};
            gb_block_order(sides, block, order);
            for (unsigned p = 0; p < sides; p++) {
                assert_int_equal(order[p], order[2 * sides - 1 - p]);
                seen[order[p]]++;
            }
            for (unsigned i = 0; i < sides; i++)
                assert_int_equal(seen[i], 1);
        }
    }
}

static void every_side_begins_a_block_in_turn(void **state)
{
    (void)state;
    unsigned first[5] = {0};
    for (unsigned block = 0; block < 20; block++) {
        unsigned order[2 * GB_MAX_SIDES];
        gb_block_order(5, block, order);
        first[order[0]]++;
    }
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(first[i], 4);
}

static const GbModule with_gil = {.allows_threads = true, .excludes_threads = true};
static const GbModule without = {.allows_threads = true};
static const GbModule unsafe = {.allows_threads = false};

static GbCase case_of(const char *cell, unsigned threads)
{
    GbCase which = {.cell = gb_cells_find(cell), .threads = threads};
    assert_non_null(which.cell);
    gb_case_name(&which);
    return which;
}

static void a_contended_gil_lengthens_the_window_for_all(void **state)
{
    (void)state;
    GbRun run = {.window_ns = 20000000, .interval_ns = 5000000, .seconds = 1};
    GbCase one = case_of("count_int", 1);
    GbCase two = case_of("count_int", 2);
    run.sides[0] = (GbSide){&without, "main"};
    run.side_count = 1;
    assert_int_equal(gb_case_window_ns(&run, &two), 20000000);
    run.sides[1] = (GbSide){&with_gil, "main"};
    run.side_count = 2;
    assert_int_equal(gb_case_window_ns(&run, &one), 20000000);
    assert_int_equal(gb_case_window_ns(&run, &two), 200000000);
    GbCase replies = case_of("mixed_reply", 2);
    assert_true(gb_case_window_ns(&run, &replies) >= 600000000);
    assert_int_equal(gb_case_blocks(&run, &replies), 1);
    assert_true(gb_case_blocks(&run, &one) > 5);
}

static void sides_that_are_not_safe_run_on_one_thread(void **state)
{
    (void)state;
    GbSide side = {&unsafe, "main"};
    GbCase one = case_of("count_int", 1);
    GbCase two = case_of("count_int", 2);
    assert_true(gb_side_takes_part(&side, &one));
    assert_false(gb_side_takes_part(&side, &two));
    GbSide peer = {&gb_peer_pthread_mutex, "peer"};
    GbCase lock = case_of("lock_shared", 2);
    assert_false(gb_side_takes_part(&peer, &two));
    assert_true(gb_side_takes_part(&peer, &lock));
}

static void names_carry_parameters(void **state)
{
    (void)state;
    GbCase which = {
        .cell = gb_cells_find("crossing_dict"), .threads = 2, .params = {[GB_SHARE] = 5}};
    gb_case_name(&which);
    assert_string_equal(which.name, "crossing_dict/share:5/threads:2");
    assert_string_equal(case_of("sleepers", 4).name, "sleepers/threads:4");
}

static void combinations_cover_the_product_of_the_values(void **state)
{
    (void)state;
    GbCell cell = {.params = {{GB_SHARE, GB_VALUES(0, 50)}, {GB_POLL, GB_VALUES(0, 1)}}};
    assert_int_equal(gb_cell_combinations(&cell), 4);
    unsigned params[GB_PARAM_COUNT] = {0};
    gb_cell_combination(&cell, 1, params);
    assert_int_equal(params[GB_SHARE], 0);
    assert_int_equal(params[GB_POLL], GB_POLL_CALL);
    gb_cell_combination(&cell, 2, params);
    assert_int_equal(params[GB_SHARE], 50);
    assert_int_equal(params[GB_POLL], GB_POLL_EDGE);
    assert_int_equal(gb_cell_combinations(gb_cells_find("sleepers")), 1);
}

static void foreign_waits_are_rejected_and_inherent_ones_are_not(void **state)
{
    (void)state;
    static GbWindow window;
    window.cell = gb_cells_find("count_int");
    window.length_ns = 20000000;
    window.setup.threads = 2;
    window.bound[0] = true;
    assert_non_null(strstr(gb_sample_judge(&window, 2), "moved"));
    window.bound[1] = true;
    window.disturbance[1].runq_wait_ns = 500000;
    assert_null(gb_sample_judge(&window, 2));
    window.disturbance[1].runq_wait_ns = 2000000;
    assert_non_null(strstr(gb_sample_judge(&window, 2), "10%"));
    assert_null(gb_sample_judge(&window, 1)); // two workers on one unit wait for each other
    window.cell = gb_cells_find("sleepers");
    assert_null(gb_sample_judge(&window, 2));
}

static void workers_get_different_units_first(void **state)
{
    (void)state;
    GbPlacement *placement = gb_placement_open();
    assert_non_null(placement);
    unsigned units = gb_placement_units(placement);
    for (unsigned i = 0; i < units; i++) {
        for (unsigned j = 0; j < i; j++)
            assert_int_not_equal(gb_placement_cpu(placement, i),
                                 gb_placement_cpu(placement, j));
    }
    assert_int_equal(gb_placement_cpu(placement, units), gb_placement_cpu(placement, 0));
    cJSON *machine = gb_placement_describe(placement);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(machine, "placement")), (int)units);
    cJSON_Delete(machine);
    gb_placement_close(placement);
}

static void the_table_of_cells_is_whole(void **state)
{
    (void)state;
    for (unsigned i = 0; i < gb_cell_count; i++) {
        const GbCell *cell = &gb_cells[i];
        assert_ptr_equal(gb_cells_find(cell->name), cell);
        assert_non_null(strchr(cell->question, '?'));
        assert_true(cell->least_threads > 0);
    }
    assert_null(gb_cells_find("no such cell"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_a_palindrome_of_all_sides),
        cmocka_unit_test(every_side_begins_a_block_in_turn),
        cmocka_unit_test(a_contended_gil_lengthens_the_window_for_all),
        cmocka_unit_test(sides_that_are_not_safe_run_on_one_thread),
        cmocka_unit_test(names_carry_parameters),
        cmocka_unit_test(combinations_cover_the_product_of_the_values),
        cmocka_unit_test(foreign_waits_are_rejected_and_inherent_ones_are_not),
        cmocka_unit_test(workers_get_different_units_first),
        cmocka_unit_test(the_table_of_cells_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
