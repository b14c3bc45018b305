// flags.h: what the runner is told on its command line.
#ifndef GB_FLAGS_H
#define GB_FLAGS_H

#include <string>
#include <vector>

struct Flags {
    std::string samples, trace, modules, cells = ".*", aa = "gil";
    bool aa_given = false;
    std::vector<std::string> variants = {"unlocked", "gil", "gil-biased", "object",
                                         "object-atomic"};
    std::vector<unsigned> threads; // empty: one, and the number of cores
    double window_ms = 20, seconds = 1.5;
    unsigned long blocks = 0, interval_us = 5000, process = 0, seed = 1, scale = 1;
    bool account = false, memory = false, list = false, machine = false;
};

// Takes our flags out of argv; what begins with --benchmark_ stays for Google Benchmark. Ends
// the program on --help, and refuses what it does not know.
Flags read_flags(int &argc, char **argv);

// Ends the program with one line and exit code 2.
[[noreturn]] void refuse(const std::string &sentence);

#endif
