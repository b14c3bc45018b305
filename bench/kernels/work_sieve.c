// work_sieve.c: the sieve of Eratosthenes on a list of flags, a segment at a time.
//
// A part of the output holds the flags of SEGMENT numbers. An operation takes each prime of
// the input and clears the flags of its multiples in the segment. Flags are only ever cleared:
// a second pass finds them so and does the same work again, and so does another worker.
#include "work.h"

#define PRIMES_BELOW 1000  // the input
#define SEGMENT      2000  // numbers, and flags, of a part
#define FIRST        10000 // number of part 0: no prime of the input lies in any part

_Static_assert(FIRST + GB_MAX_WORKERS * SEGMENT < PRIMES_BELOW * PRIMES_BELOW,
               "a part needs primes that the input lacks");

static bool is_prime(int64_t number)
{
    for (int64_t divisor = 2; divisor * divisor <= number; divisor++) {
        if (number % divisor == 0) return false;
    }
    return number > 1;
}

static RtObject *new_primes(RtThread *t, unsigned part)
{
    (void)part;
    RtObject *primes = rt_list_new(t, 0);
    for (int64_t n = 2; primes != NULL && n < PRIMES_BELOW; n++) {
        if (!is_prime(n)) continue;
        RtObject *prime = rt_int_new(t, n);
        bool done = prime != NULL && rt_list_append(t, primes, prime);
        rt_decref_null(t, prime);
        if (!done) {
            rt_decref(t, primes);
            return NULL;
        }
    }
    return primes;
}

static RtObject *new_flags(RtThread *t, unsigned parts)
{
    RtObject *flags = rt_list_new(t, (size_t)parts * SEGMENT);
    for (size_t i = 0; flags != NULL && i < (size_t)parts * SEGMENT; i++) {
        if (!rt_list_append(t, flags, rt_bool(true))) {
            rt_decref(t, flags);
            return NULL;
        }
    }
    return flags;
}

static bool flags_primes(const GbWorker *worker)
{
    for (size_t i = 0; i < SEGMENT; i++) {
        size_t index = (size_t)worker->part * SEGMENT + i;
        RtObject *flag = rt_list_get(worker->t, worker->own, index);
        bool right = (flag == rt_bool(true)) == is_prime(FIRST + (int64_t)index);
        rt_decref(worker->t, flag);
        if (!right) return false;
    }
    return true;
}

// `number` is the one whose flag is the list's first.
static void clear_multiples(RtThread *t, RtObject *flags, int64_t number, int64_t from,
                            int64_t prime)
{
    for (int64_t n = (from + prime - 1) / prime * prime; n < from + SEGMENT; n += prime) {
        rt_list_set(t, flags, (size_t)(n - number), rt_bool(false));
        rt_poll(t);
    }
}

static void run_sieve(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    int64_t from = FIRST + (int64_t)worker->part * SEGMENT;
    size_t primes = rt_list_size(t, worker->input);
    for (uint64_t i = 0; i < operations; i++) {
        for (size_t k = 0; k < primes; k++) {
            RtObject *prime = rt_list_get(t, worker->input, k);
            clear_multiples(t, worker->own, FIRST, from, rt_int_value(prime));
            rt_decref(t, prime);
        }
    }
    worker->done += operations;
}

static const GbWorkload sieve = {
    .new_input = new_primes, .new_output = new_flags, .is_right = flags_primes};
const GbKernel gb_kernel_sieve = GB_WORK_KERNEL(sieve, run_sieve);
