// float.h: the body of a float.
#ifndef RT_OBJECT_FLOAT_H
#define RT_OBJECT_FLOAT_H

#include "object/types.h"

typedef struct RtFloat {
    RtObject base;
    double value; // constant
} RtFloat;

#endif
