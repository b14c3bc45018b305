// verify.c: proves that registers are used as the eval loop relies on.
//
// For every instruction, two sets: the registers that are written on all ways to it, and those
// that may be written on one of them. The first must have all that it reads. The second must
// have none above the arguments of a call, because they are in the callee's window, which begins
// empty. The sets are found as the greatest and least that fit: start with what is known at entry,
// follow all ways until nothing changes. What an instruction does to registers is read off its
// format; those that use windows of them, or differ, are told below.
#include <stdio.h>

#include "object/array.h"
#include "vm/code.h"

typedef struct Set {
    uint64_t bits[2];
} Set;

typedef struct State {
    Set sure;
    Set maybe;
} State;

typedef struct Verifier {
    RtThread *t;
    const RtCode *code;
    State *states;    // at the beginning of each instruction
    uint8_t *known;   // by word: 1: it has a state; 2: and it is on the stack
    uint32_t *stack;  // instructions to look at again
    uint32_t depth;
    uint8_t *starts;  // by word: an instruction begins there
    char *sentence;
    size_t size;
} Verifier;

// ------------------------------------------------------------------ sets

static bool has(const Set *set, uint32_t reg)
{
    return set->bits[reg / 64] >> (reg % 64) & 1;
}

static void add(State *state, uint32_t reg)
{
    state->sure.bits[reg / 64] |= (uint64_t)1 << (reg % 64);
    state->maybe.bits[reg / 64] |= (uint64_t)1 << (reg % 64);
}

static void discard(State *state, uint32_t reg)
{
    state->sure.bits[reg / 64] &= ~((uint64_t)1 << (reg % 64));
    state->maybe.bits[reg / 64] &= ~((uint64_t)1 << (reg % 64));
}

// What is known where two ways meet.
static State meet(const State *a, const State *b)
{
    State both;
    for (unsigned i = 0; i < 2; i++) {
        both.sure.bits[i] = a->sure.bits[i] & b->sure.bits[i];
        both.maybe.bits[i] = a->maybe.bits[i] | b->maybe.bits[i];
    }
    return both;
}

// ------------------------------------------------------------------ errors

static bool refuse(Verifier *v, uint32_t reg, const char *what)
{
    snprintf(v->sentence, v->size, "register %u %s", reg, what);
    return false;
}

static bool need(Verifier *v, const State *state, uint32_t first, uint32_t count)
{
    for (uint32_t reg = first; reg < first + count; reg++) {
        if (!has(&state->sure, reg)) return refuse(v, reg, "may be empty where it is read");
    }
    return true;
}

// ------------------------------------------------------------------ one instruction

// The registers that an instruction takes, all of them.
static uint32_t window(RtOp op, uint32_t word, uint32_t *first)
{
    uint32_t count = word >> 24;
    *first = word >> 16 & 0xff;
    switch (op) {
    case RT_OP_LIST:
    case RT_OP_TUPLE:
    case RT_OP_SET:
    case RT_OP_STRING: return count;
    case RT_OP_DICT: return 2 * count;
    case RT_OP_SLICE: return 3;
    case RT_OP_CALL:
    case RT_OP_CALLKW:
    case RT_OP_CALLM:
    case RT_OP_CALLMKW: return count + 1;
    case RT_OP_CLASS: return count + 2;
    default: return 0;
    }
}

static bool is_call(RtOp op)
{
    return op == RT_OP_CALL || op == RT_OP_CALLKW || op == RT_OP_CALLM || op == RT_OP_CALLMKW;
}

static bool take_window(Verifier *v, State *state, RtOp op, uint32_t word)
{
    uint32_t first;
    uint32_t count = window(op, word, &first);
    if (!need(v, state, first, count)) return false;
    for (uint32_t reg = first; reg < first + count; reg++)
        discard(state, reg);
    for (uint32_t reg = first + count; is_call(op) && reg < v->code->reg_count; reg++) {
        if (has(&state->maybe, reg))
            return refuse(v, reg, "may be in use above the arguments of a call");
    }
    return true;
}

// Operands that stay whatever the instruction does.
static bool is_kept(RtOp op, unsigned shift)
{
    switch (op) {
    case RT_OP_CHECK:
    case RT_OP_DELCELL:
    case RT_OP_LISTADD:
    case RT_OP_SETADD:
    case RT_OP_DICTADD:
    case RT_OP_ENTERHANDLER: return shift == 8;
    case RT_OP_FORITER:
    case RT_OP_WITHENTER: return shift == 16;
    default: return false;
    }
}

static bool read_operand(Verifier *v, State *state, RtOp op, uint32_t word, unsigned shift)
{
    uint32_t reg = word >> shift & 0x7f;
    bool last = word >> shift & RT_LAST_USE;
    if (last && is_kept(op, shift)) return refuse(v, reg, "is kept, this is not its last use");
    if (op == RT_OP_CHECK) return true;
    if (!need(v, state, reg, 1)) return false;
    if (last) discard(state, reg);
    return true;
}

static unsigned width(char letter)
{
    if (letter == 'k' || letter == 'I' || letter == 'N' || letter == 'J') return 16;
    if (letter == 'S') return 24;
    return letter == 'W' || letter == 'x' || letter == 'y' || letter == 'w' ? 0 : 8;
}

static bool read_operands(Verifier *v, State *state, RtOp op, uint32_t word)
{
    unsigned shift = 8;
    for (const char *letter = rt__ops[op].format; *letter != '\0'; letter++) {
        uint32_t byte = shift < 32 ? word >> shift & 0xff : 0;
        bool reads = *letter == 'r' || (*letter == 'o' && byte != RT_NO_REGISTER);
        if (reads && !read_operand(v, state, op, word, shift)) return false;
        shift += width(*letter);
    }
    bool in_namespace = op == RT_OP_LOADNAME || op == RT_OP_STORENAME || op == RT_OP_DELNAME;
    return !in_namespace || need(v, state, 0, 1);
}

static void write_operands(State *state, const RtCode *code, uint32_t at)
{
    uint32_t word = code->words[at];
    RtOp op = word & 0xff;
    uint32_t a = word >> 8 & 0x7f;
    if (op == RT_OP_UNPACK || op == RT_OP_UNPACKEX) {
        uint32_t count = word >> 24;
        if (op == RT_OP_UNPACKEX) count += 1 + code->words[at + 1];
        for (uint32_t i = 0; i < count; i++)
            add(state, a + i);
    } else if (op == RT_OP_CLEAR) {
        discard(state, a);
    } else if (op == RT_OP_CHECK || rt__ops[op].format[0] == 'd') {
        add(state, a);
    }
}

// ------------------------------------------------------------------ ways

static bool arrive(Verifier *v, uint32_t at, const State *state)
{
    if (at >= v->code->word_count || !v->starts[at]) {
        snprintf(v->sentence, v->size, "the code goes on past its end");
        return false;
    }
    State met = v->known[at] ? meet(&v->states[at], state) : *state;
    if (v->known[at] && __builtin_memcmp(&met, &v->states[at], sizeof met) == 0) return true;
    v->states[at] = met;
    if (v->known[at] != 2) v->stack[v->depth++] = at;
    v->known[at] = 2;
    return true;
}

// An error in the instruction: what it has read may be gone, what it writes may be there.
static bool arrive_at_handlers(Verifier *v, uint32_t at, const State *before, const State *after)
{
    for (uint32_t i = 0; i < v->code->handler_count; i++) {
        const RtHandler *handler = &v->code->handlers[i];
        if (at < handler->start || at >= handler->end) continue;
        State state = meet(before, after);
        for (uint32_t reg = handler->reg; reg < v->code->reg_count; reg++)
            discard(&state, reg);
        add(&state, handler->reg);
        return arrive(v, handler->target, &state); // the innermost catches all
    }
    return true;
}

static bool ends(RtOp op)
{
    switch (op) {
    case RT_OP_JUMP:
    case RT_OP_LOOP:
    case RT_OP_RETURN:
    case RT_OP_RETURNK:
    case RT_OP_RAISE:
    case RT_OP_RERAISE:
    case RT_OP_RAISECURRENT:
    case RT_OP_ASSERTFAIL: return true;
    default: return false;
    }
}

// The distance that an instruction may jump; 0: none. (A jump to what comes next is none.)
static int64_t distance(const RtCode *code, uint32_t at)
{
    uint32_t word = code->words[at];
    for (const char *letter = rt__ops[word & 0xff].format; *letter != '\0'; letter++) {
        if (*letter == 'J') return (int16_t)(word >> 16);
        if (*letter == 'S') return (int32_t)word >> 8;
        if (*letter == 'W') return (int32_t)code->words[at + 1];
    }
    return 0;
}

static bool step(Verifier *v, uint32_t at)
{
    const RtCode *code = v->code;
    uint32_t word = code->words[at];
    RtOp op = word & 0xff;
    uint32_t next = at + rt__op_words(word);
    int64_t jump = distance(code, at);
    State before = v->states[at];
    State after = before;
    if (!read_operands(v, &after, op, word) || !take_window(v, &after, op, word)) return false;
    State jumped = after;
    write_operands(&after, code, at);
    if (op == RT_OP_FORITER)
        discard(&jumped, word >> 16 & 0x7f);
    else
        jumped = after;
    if (!arrive_at_handlers(v, at, &before, &after)) return false;
    if (jump != 0 && !arrive(v, (uint32_t)(next + jump), &jumped)) return false;
    if (op == RT_OP_FORITER && jump == 0 && !arrive(v, next, &jumped)) return false;
    bool goes_on = !ends(op) || (jump == 0 && (op == RT_OP_JUMP || op == RT_OP_LOOP));
    return !goes_on || arrive(v, next, &after);
}

static void mark_starts(Verifier *v)
{
    const RtCode *code = v->code;
    for (uint32_t at = 0; at < code->word_count; at += rt__op_words(code->words[at]))
        v->starts[at] = 1;
}

static bool run(Verifier *v, uint32_t *at)
{
    State entry = {{{0}}, {{0}}};
    for (uint32_t i = 0; i < v->code->arg_count; i++)
        add(&entry, i);
    *at = 0;
    mark_starts(v);
    if (!arrive(v, 0, &entry)) return false;
    while (v->depth > 0) {
        *at = v->stack[--v->depth];
        v->known[*at] = 1;
        if (!step(v, *at)) return false;
    }
    return true;
}

bool rt__verify(RtThread *t, const RtCode *code, char *sentence, size_t size, uint32_t *at)
{
    size_t count = code->word_count;
    Verifier v = {.t = t, .code = code, .sentence = sentence, .size = size};
    v.states = rt__array_new(t, 0, count, sizeof *v.states);
    v.known = rt_array_alloc_zeroed(2 * count);
    v.stack = rt__array_new(t, 0, count, sizeof *v.stack);
    bool good = v.states != NULL && v.known != NULL && v.stack != NULL;
    *at = 0;
    snprintf(sentence, size, "out of memory");
    if (good) {
        v.starts = v.known + count;
        good = run(&v, at);
    }
    rt_array_free(v.states);
    rt_array_free(v.known);
    rt_array_free(v.stack);
    return good;
}
