// check.h: invariants, stated where they hold.
//
// RT_CHECK stands in every build and guards what must never be wrong silently: it costs a
// predicted branch and is kept off hot paths. RT_ASSERT stands in debug and sanitizer
// builds only (RT_DEBUG), and may be as dear as it likes; RT_NOTE keeps what it asks about.
#ifndef RT_BASE_CHECK_H
#define RT_BASE_CHECK_H

#define rt_likely(x)   __builtin_expect(!!(x), 1)
#define rt_unlikely(x) __builtin_expect(!!(x), 0)

#ifdef __cplusplus
extern "C" {
#endif
// Implemented by the platform: writes one line to standard error and aborts. The only
// place where the library writes anything, and it never returns from it.
_Noreturn void rt_fatal(const char *file, int line, const char *message);
#ifdef __cplusplus
}
#endif

#define RT_CHECK(condition, message)                                                             \
    (rt_likely(condition) ? (void)0 : rt_fatal(__FILE__, __LINE__, (message)))

#ifdef RT_DEBUG
#define RT_ASSERT(condition) RT_CHECK((condition), "assertion failed: " #condition)
#define RT_NOTE(assignment)  ((void)(assignment))
#else
#define RT_ASSERT(condition) ((void)0)
#define RT_NOTE(assignment)  ((void)0)
#endif

#endif
