// report.c: the one line of a violation, and the watchdog.
#define _GNU_SOURCE
#include "torture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char round_text[160] = "before the first round";

void torture_report_round(uint64_t seed, unsigned threads, unsigned steps)
{
    snprintf(round_text, sizeof round_text, "%s: --round-seed %llu --threads %u --steps %u",
             rt_build_variant(), (unsigned long long)seed, threads, steps);
}

// Other threads are still running, so nothing is cleaned up.
_Noreturn void torture_fail(const char *subject, const char *what, const char *file, int line)
{
    const char *slash = strrchr(file, '/');
    fprintf(stderr, "torture FAILED: %s: %s: %s (%s:%d)\n", round_text, subject, what,
            slash != NULL ? slash + 1 : file, line);
    _exit(1);
}

// Only what a signal handler may call.
static void on_alarm(int signal_number)
{
    static const char head[] = "torture FAILED: ";
    static const char tail[] = ": watchdog: no round has ended for too long (a hang)\n";
    (void)signal_number;
    (void)!write(STDERR_FILENO, head, sizeof head - 1);
    (void)!write(STDERR_FILENO, round_text, strlen(round_text));
    (void)!write(STDERR_FILENO, tail, sizeof tail - 1);
    _exit(1);
}

void torture_watchdog(unsigned seconds)
{
    signal(SIGALRM, on_alarm);
    alarm(seconds);
}
