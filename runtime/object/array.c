// array.c: allocating and retiring arrays, in one place each.
#include "object/array.h"

void *rt__array_new(RtThread *t, size_t header, size_t count, size_t item_size)
{
    size_t size;
    void *array = NULL;
    if (!__builtin_mul_overflow(count, item_size, &size) &&
        !__builtin_add_overflow(size, header, &size))
        array = rt_array_alloc(size);
    if (array == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    rt_account_add(&t->account, array_allocs, 1);
    rt_account_add(&t->account, array_bytes, size);
    return array;
}

void rt__array_retire(RtThread *t, void *array)
{
    (void)t;
    rt_array_free(array);
}

void rt__array_release(void *array)
{
    rt_array_free(array);
}
