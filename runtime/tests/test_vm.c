// The interpreter, from assembly texts: what programs compute, what the loader refuses, and
// that no text, however it is damaged, does harm.
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#include "testing.h"
#include "vm/operations.h"

#define HEAD      "gilbench-assembly 2 0000\nfile \"prog.py\"\n"
#define ANY_COUNT SIZE_MAX // of objects left
#define MODULE(regs)                                                                           \
    HEAD "code 0 \"<module>\" args 0 defaults 0 locals 0 regs " #regs " line 1\n"

// Objects that the immortal ones of the test's program keep alive to the end.
static size_t kept;

static RtCode *load(RtThread *t, const char *text)
{
    return rt__load(t, "test.gba", text, strlen(text));
}

static char *read_program(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    MUST(file != NULL);
    char *text = malloc(1 << 16);
    *size = fread(text, 1, 1 << 16, file);
    fclose(file);
    return text;
}

// What the program leaves in the global `x`, as repr prints it.
static void expect(RtThread *t, const char *text, const char *repr)
{
    RtCode *code = load(t, text);
    if (code == NULL) fail_msg("%s", rt_error_message(t));
    if (rt__run(t, code) == NULL) {
        rt__report_uncaught(t, NULL);
        fail_msg("the program raised an exception");
    }
    RtCache unused = {.kind = RT_CACHE_NONE};
    RtObject *x = rt__load_global(t, rt_str_intern(t, "x", 1), &unused);
    assert_non_null(x);
    test_repr(t, x, repr);
}

static void expect_error(RtThread *t, const char *text, const char *message)
{
    RtCode *code = load(t, text);
    if (code == NULL) fail_msg("%s", rt_error_message(t));
    assert_null(rt__run(t, code));
    RtObject *exception = rt__exception_take(t);
    test_repr(t, exception, message);
}

static void expect_refusal(RtThread *t, const char *text, const char *sentence)
{
    assert_null(load(t, text));
    assert_string_equal(rt_error_message(t), sentence);
    rt_error_clear(t);
}

static const char fib[] = MODULE(3) //
    "k0 code 1\nk1 str \"fib\"\nk2 str \"x\"\nk3 none\n"
    "FUNCTION r0 - - k0\nSTOREGLOBAL r0! k1\n"
    "LOADGLOBAL r0 k1\nLOADI r1 15\nCALL r0 0 1\nSTOREGLOBAL r0! k2\nRETURNK k3\nend\n"
    "code 1 \"fib\" args 1 defaults 0 locals 1 regs 4 line 1\n"
    "names [\"n\"]\nk0 str \"fib\"\n"
    "JLTI 0 r0 2 L1\nRETURN r0\nL1:\n"
    "LOADGLOBAL r1 k0\nSUBI r2 r0 1\nCALL r1 1 1\n"
    "LOADGLOBAL r2 k0\nSUBI r3 r0 2\nCALL r2 2 1\nADD r1 r1! r2!\nRETURN r1!\nend\n";

static void test_calls(void **state)
{
    expect(test_thread(state), fib, "610");
}

static void test_loops(void **state)
{
    expect(test_thread(state),
           MODULE(5) "k0 none\nk1 str \"range\"\nk2 str \"x\"\n"
                     "LOADI r0 0\nLOADGLOBAL r1 k1\nLOADI r2 30000\nCALL r1 1 1\nITER r1 r1!\n"
                     "L1:\nFORITER r2 r1 L2\nMUL r3 r2 r2\nADD r0 r0! r3!\nLOOP L1\n"
                     "L2:\nSTOREGLOBAL r0! k2\nRETURNK k0\nend\n",
           "8999550005000");
}

// The division fails with the handler's register, and one above it, in use.
static void test_handlers(void **state)
{
    expect(
        test_thread(state),
        MODULE(5) "k0 none\nk1 str \"ZeroDivisionError\"\nk2 str \"x\"\nk3 str \"caught\"\n"
                  "L0:\nLOADI r0 1\nLOADI r1 2\nFLOORDIVI r2 r1 0\nCLEAR r0\nCLEAR r1\n"
                  "CLEAR r2\nL1:\nJUMP L9\n"
                  "L2:\nENTERHANDLER r0\nLOADGLOBAL r1 k1\nMATCHEXC r1 r0 r1!\n"
                  "JTRUE r1! L3\nRERAISE r0\nL3:\nLEAVEHANDLER\nCLEAR r0\nLOADK r0 k3\n"
                  "STOREGLOBAL r0! k2\nRETURNK k0\nL9:\nRETURNK k0\nhandler L0 L1 L2 r0\nend\n",
        "'caught'");
}

static void test_errors(void **state)
{
    RtThread *t = test_thread(state);
    expect_error(t, MODULE(2) "k0 none\nk1 str \"y\"\nLOADGLOBAL r0 k1\nRETURNK k0\nend\n",
                 "NameError(\"name 'y' is not defined\")");
    expect_error(
        t, MODULE(2) "k0 none\nLOADI r0 1\nLOADK r1 k0\nADD r0 r0! r1!\nRETURNK k0\nend\n",
        "TypeError(\"unsupported operand type(s) for +: 'int' and 'NoneType'\")");
    expect_error(t, MODULE(2) "k0 none\nLOADI r0 1\nCALL r0 0 0\nRETURNK k0\nend\n",
                 "TypeError(\"'int' object is not callable\")");
}

static void test_deep_recursion(void **state)
{
    expect_error(
        test_thread(state),
        MODULE(2) "k0 code 1\nk1 str \"f\"\nk2 none\nFUNCTION r0 - - k0\n"
                  "STOREGLOBAL r0! k1\nLOADGLOBAL r0 k1\nCALL r0 0 0\nRETURNK k2\nend\n"
                  "code 1 \"f\" args 0 defaults 0 locals 0 regs 2 line 1\nk0 str \"f\"\n"
                  "LOADGLOBAL r0 k0\nCALL r0 0 0\nRETURN r0!\nend\n",
        "RecursionError('maximum recursion depth exceeded')");
}

static void test_refusals(void **state)
{
    RtThread *t = test_thread(state);
    expect_refusal(t, "", "test.gba:1: the file is empty");
    expect_refusal(t, "gilbench-assembly 9 0\n", "test.gba:1: the file is of another version");
    expect_refusal(t, HEAD, "test.gba:2: the file has no code");
    expect_refusal(t, MODULE(2) "MOVE r0 r1\nRETURN r0\nend\n",
                   "test.gba:4: register 1 may be empty where it is read");
    expect_refusal(t, MODULE(2) "LOADI r0 1\nend\n",
                   "test.gba:4: the code goes on past its end");
    expect_refusal(t, MODULE(2) "LOADI r2 1\nend\n",
                   "test.gba:4: a number is out of its range");
    expect_refusal(t, MODULE(2) "NONSENSE r1\nend\n",
                   "test.gba:4: there is no such instruction");
    expect_refusal(t, MODULE(2) "JUMP L1\nend\n", "test.gba:4: there is no such label");
    expect_refusal(t, MODULE(2) "L1:\nJUMP L1\nend\n",
                   "test.gba:5: LOOP goes backward, and nothing else does");
    expect_refusal(t,
                   MODULE(3) "k0 none\nLOADI r0 1\nLOADI r2 1\nCALL r0 0 0\nRETURNK k0\nend\n",
                   "test.gba:7: register 2 may be in use above the arguments of a call");
    expect_refusal(t, MODULE(2) "LOADI r0 1\nADD r1 r0! r0!\nRETURN r1!\nend\n",
                   "test.gba:5: register 0 may be empty where it is read");
    expect_refusal(t, MODULE(2) "k0 int 1\nLOADGLOBAL r0 k0\nend\n",
                   "test.gba:5: the constant is no name");
}

// Damages a good program at random: bytes change, lines go away or come twice. Whatever is
// accepted runs, for a while, and is dropped.
static void damage(char *text, size_t *size, uint64_t *seed)
{
    static const char letters[] = "r0123456789!kL:[]\"- \nABCDEILMORST";
    for (uint64_t i = test_random(seed) % 4 + 1; i > 0; i--) {
        size_t at = (size_t)(test_random(seed) % *size);
        switch (test_random(seed) % 3) {
        case 0:
            text[at] = letters[test_random(seed) % (sizeof letters - 1)];
            break;
        case 1:
            memmove(text + at, text + at + 1, *size - at - 1);
            --*size;
            break;
        default:
            text[at] = (char)test_random(seed);
        }
    }
}

static RtThread *interrupted;

static void interrupt(int number)
{
    (void)number;
    rt__breaker_set(interrupted, RT_BREAK_SIGNAL);
}

// 0: not at all.
static void interrupt_after(suseconds_t microseconds)
{
    struct itimerval timer = {.it_value = {.tv_usec = microseconds}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

// Whether the text was accepted.
static bool try_damaged(RtThread *t, const char *text, size_t size)
{
    RtCode *code = rt__load(t, "damaged.gba", text, size);
    if (code != NULL) {
        interrupt_after(20000); // a damaged loop may have no end
        RtObject *result = rt__run(t, code);
        interrupt_after(0);
        rt_decref_null(t, result);
        if (result == NULL) rt_decref(t, rt__exception_take(t));
    } else {
        assert_non_null(strstr(rt_error_message(t), "damaged.gba:"));
    }
    rt_error_clear(t);
    return code != NULL;
}

// How many of so many damaged copies were accepted.
static unsigned try_copies(RtThread *t, const char *good, size_t good_size, unsigned copies,
                           uint64_t *seed)
{
    char *text = malloc(good_size);
    unsigned accepted = 0;
    interrupted = t;
    signal(SIGALRM, interrupt);
    for (unsigned i = 0; i < copies; i++) {
        size_t size = good_size;
        memcpy(text, good, size);
        damage(text, &size, seed);
        accepted += try_damaged(t, text, size);
    }
    signal(SIGALRM, SIG_DFL);
    free(text);
    return accepted;
}

static void test_damaged(void **state)
{
    uint64_t seed = 5;
    unsigned copies = TEST_ROUNDS(3000);
    unsigned accepted = try_copies(test_thread(state), fib, sizeof fib - 1, copies, &seed);
    assert_in_range(accepted, 1, copies - 1);
}

// Sends what programs print nowhere, or, given what it returned, back to where it went.
static int hide_output(int before)
{
    int target = before >= 0 ? before : open("/dev/null", O_WRONLY);
    int kept_output = dup(STDOUT_FILENO);
    dup2(target, STDOUT_FILENO);
    close(target);
    return kept_output;
}

// The translator's golden files have every instruction. What damaged programs leave behind in
// classes, which are immortal, is not counted.
static void test_damaged_golden(void **state)
{
    RtThread *t = test_thread(state);
    glob_t files;
    uint64_t seed = 7;
    unsigned accepted = 0, copies = TEST_ROUNDS(500);
    MUST(glob(TEST_GOLDEN "/*.gba", 0, NULL, &files) == 0);
    int output = hide_output(-1);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        size_t size;
        char *good = read_program(files.gl_pathv[i], &size);
        accepted += try_copies(t, good, size, copies, &seed);
        free(good);
    }
    rt__output_flush(t);
    close(hide_output(output));
    assert_in_range(accepted, 1, files.gl_pathc * copies - 1);
    globfree(&files);
    kept = ANY_COUNT;
}

// ------------------------------------------------------------------ threads

static RtObject *global(RtThread *t, const char *name)
{
    RtCache unused = {.kind = RT_CACHE_NONE};
    RtObject *interned = rt_str_intern(t, name, strlen(name));
    return rt__load_global(t, interned, &unused);
}

#define THREAD_ROUNDS TEST_ROUNDS(2000)

// Each on objects of its own, and on a shared instance, dict, class, its functions, its caches.
static void run_work(RtThread *t, void *argument)
{
    (void)argument;
    RtObject *work = global(t, "work");
    RtObject *rounds = rt_int_new(t, THREAD_ROUNDS);
    RtObject *result = rt__call(t, work, &rounds, 1, NULL);
    if (result == NULL) rt__report_uncaught(t, "worker");
    MUST(result != NULL);
    RtObject *total = rt_tuple_get(t, result, 0);
    MUST(rt_int_value(total) == THREAD_ROUNDS);
    rt_decref(t, total);
    rt_decref(t, result);
    rt_decref(t, rounds);
}

static void test_threads(void **state)
{
    NEEDS_THREADS();
    RtThread *t = test_thread(state);
    size_t size;
    char *text = read_program(TEST_PROGRAMS "/threads.gba", &size);
    RtCode *code = rt__load(t, "threads.gba", text, size);
    free(text);
    if (code == NULL) fail_msg("%s", rt_error_message(t));
    RtObject *result = rt__run(t, code);
    assert_non_null(result);
    test_run_threads(t, 4, run_work, NULL);
    kept = 4; // the int in Shape.made, grow's defaults, __init__'s closure and its cell
}

// What a program leaves in a module is dropped with what the module has itself.
static void test_imported(void **state)
{
    RtThread *t = test_thread(state);
    for (const RtModuleRow *row = rt__modules; row->name != NULL; row++) {
        RtObject *module = rt__import(t, rt_str_intern(t, row->name, strlen(row->name)));
        assert_non_null(module);
        assert_true(rt__module_set_steal(t, module, "hook", rt_list_new(t, 0)));
        rt_decref(t, module);
    }
    kept = 2; // of the program's own Thread, which is immortal: its attributes' dict and its run
}

// ------------------------------------------------------------------ the fixture

static int setup(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->runtime = rt_runtime_create(NULL);
    fixture->t = rt_thread_enter(fixture->runtime);
    *state = fixture;
    kept = 0;
    return rt__vm_create(fixture->t, rt__modules) ? 0 : -1;
}

// What is alive after the globals are gone is immortal, or leaked.
static int teardown(void **state)
{
    Fixture *fixture = *state;
    rt__vm_finish(fixture->t);
    const char *violation = rt_gc_audit(fixture->t);
    if (violation != NULL) fail_msg("%s", violation);
    rt_thread_leave(fixture->t);
    if (kept != ANY_COUNT) assert_int_equal(rt_runtime_live_objects(fixture->runtime), kept);
    rt__vm_destroy(fixture->runtime);
    rt_runtime_destroy(fixture->runtime);
    free(fixture);
    return 0;
}

#define VM_TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        VM_TEST(test_calls),   VM_TEST(test_loops),          VM_TEST(test_handlers),
        VM_TEST(test_errors),  VM_TEST(test_deep_recursion), VM_TEST(test_refusals),
        VM_TEST(test_damaged), VM_TEST(test_damaged_golden), VM_TEST(test_threads),
        VM_TEST(test_imported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
