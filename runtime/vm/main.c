// main.c: gilbench-exec-<variant> FILE.gba [ARGUMENTS]: runs a program, as python3 does.
//
// --dis prints its code instead; --account prints the counters (base/account.def) to standard
// error after it, a line "account NAME VALUE UNIT" each.
//
// Exit codes are CPython's: 0, 1 after an uncaught exception, what sys.exit says, 2 for a file
// that cannot be loaded, and after Ctrl-C the signal itself.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/exception.h"
#include "vm/operations.h"
#include "vm/vm.h"

static RtThread *main_thread;

static void on_interrupt(int number)
{
    (void)number;
    rt__breaker_set(main_thread, RT_BREAK_SIGNAL);
}

static void install_handlers(RtThread *t)
{
    main_thread = t;
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

// The whole file; NULL with a message.
static char *read_file(const char *name, size_t *size)
{
    FILE *file = fopen(name, "rb");
    char *text = NULL;
    size_t capacity = 0;
    *size = 0;
    if (file == NULL) {
        fprintf(stderr, "gilbench-exec: %s: %s\n", name, strerror(errno));
        return NULL;
    }
    while (!feof(file) && !ferror(file)) {
        if (capacity - *size < 65536) text = realloc(text, capacity = capacity * 2 + 65536);
        if (text == NULL) break;
        *size += fread(text + *size, 1, capacity - *size, file);
    }
    if (text == NULL || ferror(file)) {
        fprintf(stderr, "gilbench-exec: %s: cannot be read\n", name);
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

// What a SystemExit asks for: its code, or 1 after the message that it is.
static int exit_code(RtThread *t, RtObject *exception)
{
    RtObject *name = rt_str_intern(t, "code", 4);
    RtObject *code = name != NULL ? rt__get_attr(t, exception, name) : NULL;
    if (code == NULL || code == rt_none()) return 0;
    int64_t value;
    if (rt__is_instance(code, &rt__int_type) && rt__as_int(t, code, &value))
        return (int)(value & 0xff);
    RtObject *text = rt__str(t, code);
    if (text != NULL) fprintf(stderr, "%s\n", rt_str_bytes_borrowed(text, NULL));
    rt_decref_null(t, text);
    rt_decref(t, code);
    return 1;
}

static int report(RtThread *t, bool *interrupted)
{
    *interrupted = rt__error_is(t, rt__error_class(t, RT_ERROR_INTERRUPT));
    if (!rt__error_is(t, rt__vm(t)->system_exit)) {
        rt__report_uncaught(t, NULL);
        return 1;
    }
    rt__output_flush(t);
    RtObject *exception = rt__exception_take(t);
    int code = exit_code(t, exception);
    rt_decref(t, exception);
    return code;
}

static void print_account(RtRuntime *runtime)
{
    RtAccountEntry entries[128];
    size_t count = rt_account_read(runtime, entries, sizeof entries / sizeof entries[0]);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "account %s %llu %s\n", entries[i].name,
                (unsigned long long)entries[i].value, entries[i].unit);
}

// `arguments` begins with the file's name, which becomes the source's: sys.argv.
static int run(RtThread *t, const char **arguments, bool shows, bool *interrupted)
{
    size_t size;
    const char *name = arguments[0];
    char *text = read_file(name, &size);
    if (text == NULL) return 2;
    RtCode *code = rt__load(t, name, text, size);
    free(text);
    if (code == NULL) {
        fprintf(stderr, "%s\n", rt_error_message(t));
        rt_error_clear(t);
        return 2;
    }
    arguments[0] = code->file;
    rt__vm(t)->arguments = arguments;
    RtObject *result = shows ? rt__disassemble(t, code) : rt__run(t, code);
    if (result == NULL) return report(t, interrupted);
    if (shows) fputs(rt_str_bytes_borrowed(result, NULL), stdout);
    rt_decref(t, result);
    return 0;
}

// By the signal that interrupted the program, as whoever waits for it expects.
static void end_by_interrupt(void)
{
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
}

static bool is_option(int argc, char **argv, const char *option)
{
    return argc > 1 && strcmp(argv[1], option) == 0;
}

int main(int argc, char **argv)
{
    bool shows = is_option(argc, argv, "--dis");
    bool counts = is_option(argc, argv, "--account");
    const char **arguments = (const char **)argv + 1 + (shows || counts);
    if (arguments[0] == NULL) {
        fprintf(stderr, "usage: %s [--dis|--account] FILE.gba [ARGUMENT...]\n", argv[0]);
        return 2;
    }
    if (counts && !RT_ACCOUNT_ENABLED) {
        fprintf(stderr, "gilbench-exec: this build counts nothing\n");
        return 2;
    }
    RtRuntime *runtime = rt_runtime_create(NULL);
    RtThread *t = runtime != NULL ? rt_thread_enter(runtime) : NULL;
    if (t == NULL || !rt__vm_create(t, rt__modules)) {
        fprintf(stderr, "gilbench-exec: out of memory\n");
        return 1;
    }
    install_handlers(t);
    bool interrupted = false;
    int code = run(t, arguments, shows, &interrupted);
    if (!rt__vm_finish(t)) {
        if (interrupted) end_by_interrupt();
        rt_process_end(code); // daemons run on until then
    }
    rt_thread_leave(t);
    if (counts) print_account(runtime);
    rt__vm_destroy(runtime);
    rt_runtime_destroy(runtime);
    if (interrupted) end_by_interrupt();
    return code;
}
