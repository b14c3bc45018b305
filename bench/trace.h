// trace.h: a window's trace as Chrome trace JSON, which Perfetto and chrome://tracing open.
#ifndef GB_TRACE_H
#define GB_TRACE_H

#include "runner.h"

// Events kept per worker. A GIL's hand-overs at 5 ms fill it in minutes, uncontended locks of
// objects in a millisecond; the file has about 100 bytes an event.
#define GB_TRACE_EVENTS 2048

// Writes the trace of a window that was run with it. False when the file could not be written
// whole. Times are in us since the window's workers were let go.
bool gb_trace_write(FILE *file, const GbCase *which, const GbSide *side,
                    const GbWindow *window);

#endif
