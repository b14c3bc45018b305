// code.h: the code of a function, as loaded from an assembly text.
//
// Code is immutable once the program it belongs to is loaded, immortal, and shared by all
// threads; what they learn while they run it is in caches of their own (vm/vm.h).
#ifndef RT_VM_CODE_H
#define RT_VM_CODE_H

#include "object/types.h"

typedef enum RtOp {
#define OP(name, format, effect) RT_OP_##name,
#include "vm/opcodes.def"
#undef OP
    RT_OP_COUNT,
} RtOp;

#define RT_MAX_REGISTERS 128u // operands have 7 bits for them
#define RT_LAST_USE      128u // the bit of an operand that is used for the last time
#define RT_NO_REGISTER   255u

typedef struct RtOpInfo {
    const char *name;
    const char *format; // opcodes.def
} RtOpInfo;
extern const RtOpInfo rt__ops[RT_OP_COUNT];

// How many words an instruction has, 1 to 3: a word operand is W, x, y or w.
static inline uint32_t rt__op_words(uint32_t word)
{
    uint32_t words = 1;
    for (const char *letter = rt__ops[word & 0xff].format; *letter != '\0'; letter++)
        words += *letter == 'W' || *letter == 'x' || *letter == 'y' || *letter == 'w';
    return words;
}

// Offsets in words. An error in [start, end) goes on at `target`.
typedef struct RtHandler {
    uint32_t start;
    uint32_t end;
    uint32_t target;
    uint32_t reg; // gets the exception; those above it become empty
} RtHandler;

typedef struct RtCode {
    RtObject base;
    const char *file;    // the source's name: an interned str's bytes
    RtObject *name;      // interned, as are all names
    RtObject *qualname;  // "Node.__init__"
    uint32_t arg_count;  // parameters: the first locals
    uint32_t default_count;
    uint32_t local_count;
    uint32_t reg_count;
    uint32_t first_line;
    uint32_t word_count;
    uint32_t constant_count;
    uint32_t cell_count;
    uint32_t free_count;
    uint32_t handler_count;
    uint32_t cache_base; // the number of its first cache in the runtime
    uint32_t cache_count;
    uint32_t *words;
    uint32_t *lines; // of each word
    RtObject **constants;
    RtObject **local_names;
    RtObject **free_names;
    uint32_t *cells; // locals that are cells from entry on
    RtHandler *handlers;
    _Atomic uint32_t has_function; // 1: a function was made of it (vm/function.c)
} RtCode;

#pragma GCC visibility push(hidden)
extern const RtType rt__code_type;
#pragma GCC visibility pop

// A code without contents, immortal. NULL with an error.
RtCode *rt__code_new(RtThread *t);

// Loads the program in `text` (`size` bytes of assembly, whose file is called `name` in
// messages) and returns the code of its module, immortal. NULL and a VALUE error that says
// "name:line: what is wrong" for a text that is not right; whatever it is, what is loaded is safe
// to run. No other thread runs in the interpreter.
RtCode *rt__load(RtThread *t, const char *name, const char *text, size_t size);

// Whether every register that an instruction reads was written on all ways to it, which the eval
// loop relies on. If not, what is wrong is in `sentence`, and the offset of where in *word.
bool rt__verify(RtThread *t, const RtCode *code, char *sentence, size_t size, uint32_t *word);

// A str: the code, and those it refers to, in assembly text.
RtObject *rt__disassemble(RtThread *t, const RtCode *code);

#endif
