// work_words.c: counting words in a dict: counts[word] += 1.
//
// A text is a list of TEXT strs, each an object of its own, as split() would make them, from a
// vocabulary in which a few words are frequent and most are rare. Parts have the same text in
// other words. An operation looks a count up, adds one, and enters it; where all count the same
// words that is one critical section, without which counts would be lost.
#include "work.h"

#include <stdio.h>

#define TEXT       1000
#define VOCABULARY 150
#define START      1000 // above the cached ints, as the counts of long texts are

static RtObject *new_word(RtThread *t, unsigned part, unsigned rank)
{
    char bytes[32];
    int size = snprintf(bytes, sizeof bytes, "word-%03u-%03u", rank, part);
    return rt_str_new(t, bytes, (size_t)size);
}

// Zipf's law: the word of rank r is 1/(r + 1) times as frequent as the first.
static uint64_t frequency(unsigned rank)
{
    return 1000000u / (rank + 1);
}

static unsigned draw_rank(uint64_t *random)
{
    uint64_t sum = 0;
    for (unsigned rank = 0; rank < VOCABULARY; rank++)
        sum += frequency(rank);
    uint64_t draw = gb_random(random) % sum;
    unsigned rank = 0;
    for (; draw >= frequency(rank); rank++)
        draw -= frequency(rank);
    return rank;
}

static RtObject *new_text(RtThread *t, unsigned part)
{
    uint64_t random = 0x9e3779b97f4a7c15u; // every text is the same
    RtObject *text = rt_list_new(t, TEXT);
    for (size_t i = 0; text != NULL && i < TEXT; i++) {
        RtObject *word = new_word(t, part, draw_rank(&random));
        bool done = word != NULL && rt_list_append(t, text, word);
        rt_decref_null(t, word);
        if (!done) {
            rt_decref(t, text);
            return NULL;
        }
    }
    return text;
}

static bool enter_word(RtThread *t, RtObject *counts, unsigned part, unsigned rank)
{
    RtObject *word = new_word(t, part, rank);
    RtObject *start = rt_int_new(t, START);
    bool done = word != NULL && start != NULL && rt_dict_set(t, counts, word, start);
    rt_decref_null(t, word);
    rt_decref_null(t, start);
    return done;
}

static RtObject *new_counts(RtThread *t, unsigned parts)
{
    RtObject *counts = rt_dict_new(t);
    for (unsigned i = 0; counts != NULL && i < parts * VOCABULARY; i++) {
        if (!enter_word(t, counts, i / VOCABULARY, i % VOCABULARY)) {
            rt_decref(t, counts);
            return NULL;
        }
    }
    return counts;
}

static bool counts_every_word(RtThread *t, RtObject *counts, uint64_t operations)
{
    uint64_t sum = 0;
    size_t position = 0;
    RtObject *count;
    while (rt_dict_next(t, counts, &position, NULL, &count)) {
        sum += (uint64_t)(rt_int_value(count) - START);
        rt_decref(t, count);
    }
    return sum == operations;
}

static inline void count_word(RtThread *t, RtObject *counts, RtObject *word, RtObject *one)
{
    RtObject *count = rt_dict_get(t, counts, word);
    gb_count_step(t, &count, one);
    rt_dict_set(t, counts, word, count);
    rt_decref(t, count);
}

static void run_words(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    bool same_words = worker->instance->setup.params[GB_SHARING] == GB_SHARING_CONTENDED;
    RtObject *one = rt_int_new(t, 1); // immortal, nothing to drop
    for (uint64_t i = 0; i < operations; i++) {
        RtObject *word = rt_list_get(t, worker->input, (size_t)(worker->position++ % TEXT));
        RtSection section;
        if (same_words) rt_lock_object(t, &section, worker->own);
        count_word(t, worker->own, word, one);
        if (same_words) rt_unlock_object(t, &section);
        rt_decref(t, word);
        rt_poll(t);
    }
    worker->done += operations;
}

static const GbWorkload word_count = {
    .new_input = new_text, .new_output = new_counts, .adds_up = counts_every_word};
const GbKernel gb_kernel_word_count = GB_WORK_KERNEL(word_count, run_words);
