// work_matrix.c: the square of a matrix of boxed floats: a list of rows, each a list.
//
// An operation computes one element and enters it into the output, a list of the elements of
// the products row by row, one product a part.
#include "work.h"

#define SIZE 16 // rows and columns

// Small multiples of 1/8: sums and products are exact.
static double entry(size_t row, size_t column)
{
    return (double)((row * 17 + column * 31) % 101) / 8;
}

static double square_entry(size_t row, size_t column)
{
    double sum = 0;
    for (size_t k = 0; k < SIZE; k++)
        sum += entry(row, k) * entry(k, column);
    return sum;
}

static bool append_float(RtThread *t, RtObject *list, double value)
{
    RtObject *item = rt_float_new(t, value);
    bool done = item != NULL && rt_list_append(t, list, item);
    rt_decref_null(t, item);
    return done;
}

static bool append_row(RtThread *t, RtObject *matrix, size_t row)
{
    RtObject *list = rt_list_new(t, SIZE);
    bool done = list != NULL;
    for (size_t column = 0; done && column < SIZE; column++)
        done = append_float(t, list, entry(row, column));
    done = done && rt_list_append(t, matrix, list);
    rt_decref_null(t, list);
    return done;
}

static RtObject *new_matrix(RtThread *t, unsigned part)
{
    (void)part;
    RtObject *matrix = rt_list_new(t, SIZE);
    for (size_t row = 0; matrix != NULL && row < SIZE; row++) {
        if (!append_row(t, matrix, row)) {
            rt_decref(t, matrix);
            return NULL;
        }
    }
    return matrix;
}

static RtObject *new_products(RtThread *t, unsigned parts)
{
    size_t count = (size_t)parts * SIZE * SIZE;
    RtObject *products = rt_list_new(t, count);
    for (size_t i = 0; products != NULL && i < count; i++) {
        if (!append_float(t, products, 0)) {
            rt_decref(t, products);
            return NULL;
        }
    }
    return products;
}

// Looks at those elements that the worker has come to.
static bool is_square(const GbWorker *worker)
{
    size_t count = worker->done < SIZE * SIZE ? (size_t)worker->done : SIZE * SIZE;
    for (size_t i = 0; i < count; i++) {
        size_t index = (size_t)worker->part * SIZE * SIZE + i;
        RtObject *element = rt_list_get(worker->t, worker->own, index);
        bool right = rt_float_value(element) == square_entry(i / SIZE, i % SIZE);
        rt_decref(worker->t, element);
        if (!right) return false;
    }
    return true;
}

// *sum += left[k] * matrix[k][column]: two new floats, as an interpreter makes them.
static inline void multiply_add(RtThread *t, RtObject **sum, RtObject *left, RtObject *matrix,
                                size_t k, size_t column)
{
    RtObject *row = rt_list_get(t, matrix, k);
    RtObject *a = rt_list_get(t, left, k);
    RtObject *b = rt_list_get(t, row, column);
    RtObject *product = rt_float_new(t, rt_float_value(a) * rt_float_value(b));
    RtObject *next = rt_float_new(t, rt_float_value(*sum) + rt_float_value(product));
    rt_decref(t, row);
    rt_decref(t, a);
    rt_decref(t, b);
    rt_decref(t, product);
    rt_decref(t, *sum);
    *sum = next;
}

static RtObject *new_element(RtThread *t, RtObject *matrix, size_t row, size_t column)
{
    RtObject *left = rt_list_get(t, matrix, row);
    RtObject *sum = rt_float_new(t, 0);
    for (size_t k = 0; k < SIZE; k++) {
        multiply_add(t, &sum, left, matrix, k, column);
        rt_poll(t);
    }
    rt_decref(t, left);
    return sum;
}

static void run_matrix(GbWorker *worker, uint64_t operations)
{
    RtThread *t = worker->t;
    size_t first = (size_t)worker->part * SIZE * SIZE;
    for (uint64_t i = 0; i < operations; i++) {
        size_t index = (size_t)(worker->done++ % (SIZE * SIZE));
        RtObject *element = new_element(t, worker->input, index / SIZE, index % SIZE);
        rt_list_set(t, worker->own, first + index, element);
        rt_decref(t, element);
    }
}

static const GbWorkload matrix = {
    .new_input = new_matrix, .new_output = new_products, .is_right = is_square};
const GbKernel gb_kernel_matrix = GB_WORK_KERNEL(matrix, run_matrix);
