// flags.cc: the table of flags, a row each; getopt_long reads them.
#include "flags.h"

#include <getopt.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

void refuse(const std::string &sentence)
{
    std::fprintf(stderr, "gilbench-bench: %s\n", sentence.c_str());
    std::exit(2);
}

namespace {

std::vector<std::string> split(const std::string &text)
{
    std::vector<std::string> parts;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

unsigned long number(const char *flag, const std::string &text, unsigned long least)
{
    char *end = nullptr;
    unsigned long value = std::strtoul(text.c_str(), &end, 10);
    if (text.empty() || *end != '\0' || text[0] == '-' || value < least)
        refuse(std::string("--") + flag + ": '" + text + "' is not a whole number from " +
               std::to_string(least));
    return value;
}

double amount(const char *flag, const std::string &text)
{
    char *end = nullptr;
    double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !(value > 0 && value < 1e6))
        refuse(std::string("--") + flag + ": '" + text + "' is not a positive number");
    return value;
}

void set_threads(Flags &flags, const std::string &value)
{
    flags.threads.clear();
    for (const auto &part : split(value))
        flags.threads.push_back(static_cast<unsigned>(number("threads", part, 1)));
    if (flags.threads.empty()) refuse("--threads: no number given");
}

void set_aa(Flags &flags, const std::string &value)
{
    flags.aa = value;
    flags.aa_given = true;
}

[[noreturn]] void show_help(Flags &, const std::string &);

struct Row {
    const char *name;
    const char *value; // what stands for it in the help; nullptr: the flag takes none
    const char *help;
    void (*take)(Flags &flags, const std::string &value);
};

using Text = const std::string &;

const Row rows[] = {
    {"samples", "FILE", "append one JSON line per window",
     [](Flags &flags, Text value) { flags.samples = value; }},
    {"modules", "DIR", "where the kernel modules are (default: beside the program)",
     [](Flags &flags, Text value) { flags.modules = value; }},
    {"variants", "a,b,..", "the sides of a block (default: all five)",
     [](Flags &flags, Text value) { flags.variants = split(value); }},
    {"aa", "NAME", "the variant that runs twice (default: gil, or the last); empty: none",
     set_aa},
    {"cells", "REGEX", "cases by name, e.g. '^count_int/threads:2$'",
     [](Flags &flags, Text value) { flags.cells = value; }},
    {"threads", "1,2,..", "thread counts (default: 1 and the number of cores)", set_threads},
    {"window-ms", "N", "the least window (default 20)",
     [](Flags &flags, Text value) { flags.window_ms = amount("window-ms", value); }},
    {"seconds", "S", "measuring time per case (default 1.5); blocks that fit, at least one",
     [](Flags &flags, Text value) { flags.seconds = amount("seconds", value); }},
    {"blocks", "N", "so many blocks instead",
     [](Flags &flags, Text value) { flags.blocks = number("blocks", value, 1); }},
    {"switch-interval-us", "N", "the GIL's (default 5000)",
     [](Flags &flags, Text value) {
         flags.interval_us = number("switch-interval-us", value, 1);
     }},
    {"process", "K", "recorded with each sample",
     [](Flags &flags, Text value) { flags.process = number("process", value, 0); }},
    {"seed", "N", "recorded, and with the process what schedules are drawn from",
     [](Flags &flags, Text value) { flags.seed = number("seed", value, 0); }},
    {"account", nullptr, "count operations in the account builds instead of timing",
     [](Flags &flags, Text) { flags.account = true; }},
    {"memory", nullptr, "measure each side's memory, in a process of its own, instead",
     [](Flags &flags, Text) { flags.memory = true; }},
    {"scale", "N", "with --memory: N times the work, in cells that run long",
     [](Flags &flags, Text value) { flags.scale = number("scale", value, 1); }},
    {"trace", "FILE",
     "with --account, one case and one variant: who held what when, as Chrome trace JSON",
     [](Flags &flags, Text value) { flags.trace = value; }},
    {"list-json", nullptr, "the table of cells", [](Flags &flags, Text) { flags.list = true; }},
    {"machine-json", nullptr, "what is known of this machine",
     [](Flags &flags, Text) { flags.machine = true; }},
    {"help", nullptr, "this", show_help},
};
const size_t row_count = sizeof rows / sizeof rows[0];

void show_help(Flags &, const std::string &)
{
    std::puts(
        "gilbench-bench: measures every cell on every variant, in blocks of mirrored windows");
    for (const Row &row : rows) {
        std::string flag = std::string("--") + row.name;
        if (row.value != nullptr) flag += std::string("=") + row.value;
        std::printf("  %-24s %s\n", flag.c_str(), row.help);
    }
    std::puts("and Google Benchmark's own: --benchmark_filter, --benchmark_list_tests, "
              "--benchmark_out, ...");
    std::exit(0);
}

} // namespace

Flags read_flags(int &argc, char **argv)
{
    std::vector<char *> ours = {argv[0]}, theirs = {argv[0]};
    for (int i = 1; i < argc; i++)
        (std::strncmp(argv[i], "--benchmark_", 12) == 0 ? theirs : ours).push_back(argv[i]);
    ours.push_back(nullptr);
    int count = static_cast<int>(ours.size()) - 1;
    std::vector<option> options;
    for (const Row &row : rows)
        options.push_back(
            {row.name, row.value != nullptr ? required_argument : no_argument, nullptr, 0});
    options.push_back({});
    Flags flags;
    opterr = 0;
    for (int found, row;
         (found = getopt_long(count, ours.data(), "", options.data(), &row)) != -1;) {
        if (found == '?') refuse(std::string("unknown or incomplete flag ") + ours[optind - 1]);
        rows[row].take(flags, optarg ? optarg : "");
    }
    if (optind < count) refuse(std::string("what is '") + ours[optind] + "'?");
    for (size_t i = 0; i < theirs.size(); i++)
        argv[i] = theirs[i];
    argc = static_cast<int>(theirs.size());
    argv[argc] = nullptr;
    return flags;
}
