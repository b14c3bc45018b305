// disassemble.c: code as text, for people: what the loader reads, with offsets.
#include <stdio.h>

#include "object/format.h"
#include "vm/code.h"
#include "rt_inline.h"

static void add(RtBuffer *buffer, const char *format, int64_t value)
{
    char text[64];
    snprintf(text, sizeof text, format, (long long)value);
    rt__buffer_add_text(buffer, text);
}

static void add_register(RtBuffer *buffer, uint32_t value, char letter)
{
    if (letter == 'o' && value == RT_NO_REGISTER) {
        rt__buffer_add_text(buffer, " -");
        return;
    }
    add(buffer, " r%lld", value & 0x7f);
    if (value & RT_LAST_USE) rt__buffer_add_text(buffer, "!");
}

static void add_operand(RtBuffer *buffer, const RtCode *code, uint32_t at, char letter,
                        unsigned *shift, uint32_t *extra)
{
    uint32_t word = code->words[at];
    uint32_t after = at + rt__op_words(word);
    uint32_t byte = *shift < 32 ? word >> *shift & 0xff : 0;
    int64_t wide = (int16_t)(word >> 16);
    switch (letter) {
    case 'd':
    case 'r':
    case 'o': add_register(buffer, byte, letter); break;
    case 'n': add(buffer, " %lld", byte); break;
    case 'i': add(buffer, " %lld", (int8_t)byte); break;
    case 'k': add(buffer, " k%lld", word >> 16); break;
    case 'N': add(buffer, " %lld", word >> 16); break;
    case 'I': add(buffer, " %lld", wide); break;
    case 'J': add(buffer, " %lld", after + wide); break;
    case 'S': add(buffer, " %lld", (int64_t)after + ((int32_t)word >> 8)); break;
    case 'W': add(buffer, " %lld", (int64_t)after + (int32_t)code->words[(*extra)++]); break;
    case 'w': add(buffer, " %lld", code->words[(*extra)++]); break;
    default: add(buffer, " k%lld", code->words[(*extra)++] & 0xffff);
    }
    *shift += 8;
}

// The constant that the instruction refers to, if any: what a reader wants to know.
static void add_remark(RtBuffer *buffer, const RtCode *code, uint32_t at)
{
    uint32_t extra = at + 1;
    for (const char *letter = rt__ops[code->words[at] & 0xff].format; *letter; letter++) {
        bool is_extra = *letter == 'x' || *letter == 'y';
        uint32_t index = is_extra ? code->words[extra] & 0xffff : code->words[at] >> 16;
        extra += is_extra || *letter == 'W' || *letter == 'w';
        if (!is_extra && *letter != 'k') continue;
        rt__buffer_add_text(buffer, "  ; ");
        rt__buffer_add_repr(buffer, code->constants[index]);
    }
}

static void add_instruction(RtBuffer *buffer, const RtCode *code, uint32_t at)
{
    const RtOpInfo *info = &rt__ops[code->words[at] & 0xff];
    unsigned shift = 8;
    uint32_t extra = at + 1;
    add(buffer, "%6lld  ", at);
    rt__buffer_add_text(buffer, info->name);
    for (const char *letter = info->format; *letter != '\0'; letter++)
        add_operand(buffer, code, at, *letter, &shift, &extra);
    add_remark(buffer, code, at);
    rt__buffer_add_text(buffer, "\n");
}

static void add_code(RtBuffer *buffer, const RtCode *code)
{
    rt__buffer_add_text(buffer, "code ");
    rt__buffer_add_repr(buffer, code->qualname);
    add(buffer, " args %lld", code->arg_count);
    add(buffer, " locals %lld", code->local_count);
    add(buffer, " regs %lld\n", code->reg_count);
    uint32_t line = 0;
    for (uint32_t at = 0; at < code->word_count; at += rt__op_words(code->words[at])) {
        if (code->lines[at] != line) add(buffer, "  line %lld\n", line = code->lines[at]);
        add_instruction(buffer, code, at);
    }
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const RtHandler *handler = &code->handlers[i];
        add(buffer, "  handler %lld", handler->start);
        add(buffer, " %lld", handler->end);
        add(buffer, " %lld", handler->target);
        add(buffer, " r%lld\n", handler->reg);
    }
    for (uint32_t i = 0; i < code->constant_count; i++) {
        if (code->constants[i]->type == &rt__code_type)
            add_code(buffer, (const RtCode *)(const void *)code->constants[i]);
    }
}

RtObject *rt__disassemble(RtThread *t, const RtCode *code)
{
    RtBuffer buffer;
    rt__buffer_begin(&buffer, t);
    add_code(&buffer, code);
    return rt__buffer_finish(&buffer);
}
