// params.h: the parameters that cells can have, besides the number of threads.
#ifndef GB_PARAMS_H
#define GB_PARAMS_H

typedef enum GbParam {
    GB_SHARE,    // percent of operations that go to what is shared, or to the system; of
                 // containers that are garbage
    GB_SECTION,  // steps taken under one lock
    GB_INTERVAL, // the GIL's switch interval in us; without it, that of the command line
    GB_CALL,     // us that a call runs without polling
    GB_IO,       // workers that sleep and wake
    GB_POLL,     // where the loop polls
    GB_SHARING,  // who writes to what
    GB_SIZE,     // bytes of a block
    GB_LIVE,     // blocks that a worker has at a time
    GB_OBJECTS,  // containers in the heap
    GB_ORDER,    // in which references lead through memory
    GB_KIND,     // of object
    GB_PARAM_COUNT
} GbParam;

// Values of parameters that have names instead of numbers.
enum { GB_POLL_EDGE, GB_POLL_CALL };
enum { GB_SHARING_PRIVATE, GB_SHARING_READ, GB_SHARING_DISJOINT, GB_SHARING_CONTENDED };
enum { GB_SIZE_MIXED }; // other sizes are numbers
enum { GB_ORDER_LINEAR, GB_ORDER_RANDOM };
enum {
    GB_KIND_INT,
    GB_KIND_FLOAT,
    GB_KIND_STR,
    GB_KIND_TUPLE,
    GB_KIND_LIST,
    GB_KIND_DICT,
    GB_KIND_INSTANCE,
    GB_KIND_IMMORTAL, // of items that are read: none is counted
    GB_KIND_COUNTED,
};

// As it stands in a case's name.
const char *gb_param_name(GbParam param);
// The name of a value, or NULL if it is a number.
const char *gb_param_value_name(GbParam param, unsigned value);

#endif
