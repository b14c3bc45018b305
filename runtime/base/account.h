// account.h: counters that exist in account builds and vanish from timed ones.
//
// A thread-local counter doubles the price of a plain incref/decref pair, so timed builds
// count nothing: rt_account_add compiles to nothing there, its arguments unevaluated. This
// header is the only place that knows the difference.
#ifndef RT_BASE_ACCOUNT_H
#define RT_BASE_ACCOUNT_H

#include <stddef.h>
#include <stdint.h>

#include "base/trace.h"

enum {
#define X(name, unit, meaning) RT_ACCOUNT_##name,
#include "base/account.def"
#undef X
    RT_ACCOUNT_COUNT
};

// What a thread does with its time (base/activity.h).
typedef enum RtActivity {
    RT_ACTIVITY_BLOCKED,   // detached: in a system call, or outside the runtime
    RT_ACTIVITY_RUNNING,   // attached
    RT_ACTIVITY_WAITING,   // wants to run and may not: the GIL, an object lock, a stopped world
    RT_ACTIVITY_SWITCHING, // what it waits for is free, but it does not run yet
    RT_ACTIVITY_COUNT
} RtActivity;

// Requests for objects are counted by size: classes of 16 bytes up to 512, and all above.
#define RT_ACCOUNT_SIZES 34u

typedef struct RtAccount {
#ifdef RT_ACCOUNT
    uint64_t values[RT_ACCOUNT_COUNT];
    uint64_t sizes[RT_ACCOUNT_SIZES];
    RtActivity activity;
    uint64_t activity_since_ns;
    RtTrace trace;
#else
    char nothing;
#endif
} RtAccount;

#ifdef RT_ACCOUNT
#define RT_ACCOUNT_ENABLED 1
#define rt_account_add(account, name, amount)                                                    \
    ((account)->values[RT_ACCOUNT_##name] += (uint64_t)(amount))
#define rt_account_size(account, size)                                                          \
    ((account)->sizes[(size) <= 512 ? ((size) + 15) / 16 : RT_ACCOUNT_SIZES - 1]++)
#define rt_account_sizes(account) ((const uint64_t *)(account)->sizes)
#else
#define RT_ACCOUNT_ENABLED 0
#define rt_account_size(account, size) ((void)sizeof(account), (void)sizeof(size))
#define rt_account_sizes(account) ((void)sizeof(account), (const uint64_t *)NULL)
#define rt_account_add(account, name, amount) ((void)sizeof(amount), (void)sizeof(account))
#endif

// A clock reading for time accounts: 0 without one. `now` is a call to the clock.
#define rt_account_clock(now) (RT_ACCOUNT_ENABLED ? (now) : 0)

#endif
