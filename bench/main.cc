// main.cc: the runner program: our flags (flags.cc) first, Google Benchmark's after.
//
// Google Benchmark is the front end: each case is registered with it, each block is one
// manual-time iteration, and its flags (--benchmark_filter, --benchmark_list_tests,
// --benchmark_out, ...), counters and JSON are its own. Samples, one per window, go to a
// file of ours, because what matters is the pairing within a block.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "bench_cases.h"
#include "flags.h"

extern "C" {
#include "blocks/heaps.h"
#include "modules.h"
#include "peer.h"
}

namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int)
{
    interrupted = 1;
}

void print_and_delete(cJSON *json)
{
    char *text = cJSON_Print(json);
    std::puts(text);
    cJSON_free(text);
    cJSON_Delete(json);
}

std::string beside(const char *program)
{
    std::unique_ptr<char, decltype(&std::free)> path(realpath("/proc/self/exe", nullptr),
                                                     std::free);
    std::string whole = path ? path.get() : program;
    return whole.substr(0, whole.find_last_of('/')) + "/modules";
}

const GbModule *must_load(const GbModule *module, const char *error)
{
    if (module == nullptr) refuse(error);
    return module;
}

void add_side(GbRun &run, const GbModule *module, const char *role)
{
    if (run.side_count == GB_MAX_SIDES) refuse("too many variants for one block");
    run.sides[run.side_count++] = GbSide{module, role};
}

void load_sides(GbRun &run, const Flags &flags)
{
    const char *error = "";
    std::string copied = flags.aa;
    if (flags.variants.empty()) refuse("--variants: none given");
    bool present = false;
    for (const auto &name : flags.variants)
        present = present || name == copied;
    if (flags.aa_given && !copied.empty() && !present)
        refuse("--aa: '" + copied + "' is not among the variants");
    if (!flags.aa_given && !present)
        copied = flags.variants.back(); // never `unlocked` if others are
    for (const auto &name : flags.variants) {
        if (name.find('/') != std::string::npos) refuse("unknown variant '" + name + "'");
        const GbModule *module =
            gb_module_load(flags.modules.c_str(), name.c_str(), flags.account, &error);
        if (module == nullptr) refuse("unknown variant '" + name + "': " + error);
        add_side(run, module, "main");
        if (name == copied && !flags.account && !flags.memory)
            add_side(run,
                     must_load(gb_module_load_copy(flags.modules.c_str(), name.c_str(), &error),
                               error),
                     "copy");
    }
    if (!flags.account) add_side(run, &gb_peer_pthread_mutex, "peer");
}

// Starts the program again with room for the thread-locals of libraries that are loaded later:
// jemalloc's are of the fast kind, which the loader keeps 512 bytes for unless told otherwise.
void restart_with_room(char **argv)
{
    const char *name = "GLIBC_TUNABLES", *room = "glibc.rtld.optional_static_tls=16384";
    const char *known = std::getenv(name);
    std::string tunables = known ? known : "";
    if (tunables.find("optional_static_tls") != std::string::npos) return;
    setenv(name, (tunables.empty() ? room : tunables + ":" + room).c_str(), 1);
    execv("/proc/self/exe", argv); // if it cannot be done, one allocator is not found
}

// Other allocators, if a case is theirs, too: loading one changes the process for all others.
void load_heaps(GbRun &run, const std::vector<GbCase> &cases, char **argv)
{
    bool wanted = false;
    for (const GbCase &which : cases)
        wanted = wanted || gb_heaps_know(which.cell->name);
    if (!wanted || run.account) return;
    restart_with_room(argv);
    const GbModule *found[GB_HEAPS];
    unsigned count = gb_heaps_load(found);
    for (unsigned i = 0; i < count; i++)
        add_side(run, found[i], "peer");
}

// Whether the pass that was asked for has anything to do with the cell.
bool has_pass(const GbRun &run, const GbCell &cell)
{
    if (run.weigh) return cell.weighed_operations != 0;
    return run.account || !cell.untimed;
}

// Whether any variant can be measured on it (`unlocked` cannot on two threads).
bool takes_anyone(const GbRun &run, const GbCase &which)
{
    for (unsigned i = 0; i < run.side_count; i++)
        if (std::strcmp(run.sides[i].role, "main") == 0 &&
            gb_side_takes_part(&run.sides[i], &which))
            return true;
    return false;
}

// Cases of a cell that the flags select.
void select(std::vector<GbCase> &cases, const GbRun &run, const GbCell &cell,
            const Flags &flags, const std::regex &wanted)
{
    for (unsigned threads : flags.threads) {
        if (threads < cell.least_threads || (cell.most_threads && threads > cell.most_threads))
            continue;
        if (cell.even_threads && threads % 2 != 0) continue;
        for (unsigned i = 0; i < gb_cell_combinations(&cell); i++) {
            GbCase which = {&cell, threads, {}, ""};
            gb_cell_combination(&cell, i, which.params);
            gb_case_name(&which);
            if (takes_anyone(run, which) && std::regex_search(which.name, wanted))
                cases.push_back(which);
        }
    }
}

std::vector<GbCase> select_all(const GbRun &run, const Flags &flags)
{
    std::vector<GbCase> cases;
    std::regex wanted;
    try {
        wanted = std::regex(flags.cells);
    } catch (const std::regex_error &) {
        refuse("--cells: '" + flags.cells + "' is not a regular expression");
    }
    for (unsigned i = 0; i < gb_cell_count; i++)
        if (has_pass(run, gb_cells[i])) select(cases, run, gb_cells[i], flags, wanted);
    if (cases.empty())
        refuse("no cell matches --cells='" + flags.cells + "' on these thread counts");
    return cases;
}

// libc changes its locks and its malloc once a second thread has existed; no baseline is
// taken before that.
void let_a_second_thread_exist()
{
    std::thread([] {}).join();
}

void settle_threads(Flags &flags, unsigned units)
{
    if (flags.threads.empty())
        flags.threads = units > 1 ? std::vector<unsigned>{1, units} : std::vector<unsigned>{1};
    for (unsigned threads : flags.threads)
        if (threads > GB_WINDOW_WORKERS)
            refuse("--threads: at most " + std::to_string(GB_WINDOW_WORKERS));
}

void set_up(GbRun &run, const Flags &flags)
{
    if (flags.account && flags.memory) refuse("--memory: does not go with --account");
    run.window_ns = static_cast<uint64_t>(flags.window_ms * 1e6);
    run.interval_ns = flags.interval_us * 1000;
    run.seconds = flags.seconds;
    run.blocks = static_cast<unsigned>(flags.blocks);
    run.process = static_cast<unsigned>(flags.process);
    run.seed = flags.seed;
    run.account = flags.account;
    run.weigh = flags.memory;
    run.scale = flags.scale;
    run.interrupted = &interrupted;
}

void catch_signals()
{
    std::signal(SIGPIPE, SIG_IGN); // a write to a closed socket is an error, as in CPython
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
}

void describe_machine(GbPlacement *placement, char **argv)
{
    restart_with_room(argv);
    cJSON *machine = gb_placement_describe(placement);
    cJSON_AddItemToObject(machine, "heaps", gb_heaps_describe());
    print_and_delete(machine);
}

void add_context(GbPlacement *placement)
{
    cJSON *machine = gb_placement_describe(placement);
    for (cJSON *item = machine->child; item != nullptr; item = item->next) {
        std::unique_ptr<char, decltype(&cJSON_free)> text(cJSON_PrintUnformatted(item),
                                                          cJSON_free);
        benchmark::AddCustomContext(item->string, text.get());
    }
    cJSON_Delete(machine);
}

FILE *open_output(const char *flag, const std::string &path, const char *mode)
{
    if (path.empty()) return nullptr;
    FILE *file = std::fopen(path.c_str(), mode);
    if (file == nullptr)
        refuse(std::string(flag) + ": cannot write " + path + ": " + std::strerror(errno));
    return file;
}

void check_trace(const Flags &flags, size_t cases)
{
    if (flags.trace.empty()) return;
    if (!flags.account || flags.variants.size() != 1 || cases != 1)
        refuse("--trace: needs --account, one variant, and --cells and --threads of one case");
}

// False when what was buffered did not fit.
bool close_output(FILE *file)
{
    return file == nullptr || std::fclose(file) == 0;
}

int finish(GbRun &run)
{
    bool written = close_output(run.samples);
    written = close_output(run.trace) && written;
    if (!written && run.error == nullptr) {
        run.error = "cannot write the samples or the trace (disk full?)";
        run.error_code = 1;
    }
    gb_placement_close(run.placement);
    if (run.error != nullptr) {
        std::fprintf(stderr, "gilbench-bench: %s\n", run.error);
        return run.error_code;
    }
    return interrupted ? 130 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    std::vector<char *> whole(argv, argv + argc + 1);
    Flags flags = read_flags(argc, argv);
    if (flags.list) {
        print_and_delete(gb_cells_describe());
        return 0;
    }
    GbRun run = {};
    run.placement = gb_placement_open();
    if (run.placement == nullptr) refuse("hwloc cannot read the machine's topology");
    if (flags.machine) {
        describe_machine(run.placement, whole.data());
        return 0;
    }
    if (flags.modules.empty()) flags.modules = beside(argv[0]);
    settle_threads(flags, gb_placement_units(run.placement));
    set_up(run, flags);
    load_sides(run, flags);
    std::vector<GbCase> cases = select_all(run, flags);
    check_trace(flags, cases.size());
    load_heaps(run, cases, whole.data());
    run.samples = open_output("--samples", flags.samples, "ae");
    run.trace = open_output("--trace", flags.trace, "we");
    catch_signals();
    let_a_second_thread_exist();

    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    add_context(run.placement);
    for (const GbCase &which : cases)
        gb_case_register(&run, which);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return finish(run);
}
