// annotate.h: what we tell the compiler about code that is there to be measured.
#ifndef RT_BASE_ANNOTATE_H
#define RT_BASE_ANNOTATE_H

// Interpreter and kernel loops: a value the compiler must assume is read and changed here.
// Keeps gcc from folding an incref/decref loop into nothing.
#define RT_OPTIMIZER_BARRIER(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")

#endif
