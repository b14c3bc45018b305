// format_spec.h: Python's mini-language of format specs, and numbers and strings written as it
// says: format(), f-strings, str.format, and % with what it has in common.
#ifndef RT_BUILTINS_FORMAT_SPEC_H
#define RT_BUILTINS_FORMAT_SPEC_H

#include "object/format.h"

typedef struct RtFormatSpec {
    char fill[5];      // a character, ended by a NUL; "" if none was given
    char align;        // '<', '>', '^', '=', or 0: as the type has it
    char sign;         // '+', '-', ' ', or 0
    bool unsigned_zero; // 'z': a float that is rounded to zero has no sign
    bool alternate;    // '#'
    bool zero;         // '0' in front of the width
    char grouping;     // ',', '_', or 0
    char type;         // or 0
    int64_t width;     // characters; 0 if none
    int64_t precision; // -1 if none
    int64_t digits;    // of an int at least, for % only
} RtFormatSpec;

// Adds the number or string as the spec says. The buffer fails with a VALUE error if the type
// has no such code.
void rt__format_int_into(RtBuffer *buffer, RtObject *number, const RtFormatSpec *spec);
void rt__format_float_into(RtBuffer *buffer, double value, const RtFormatSpec *spec);
void rt__format_str_into(RtBuffer *buffer, RtObject *str, const RtFormatSpec *spec);

// The types' slots (object/slots.h).
RtObject *rt__format_int(RtThread *t, RtObject *number, RtObject *spec);
RtObject *rt__format_float(RtThread *t, RtObject *number, RtObject *spec);
RtObject *rt__format_str(RtThread *t, RtObject *str, RtObject *spec);

#endif
