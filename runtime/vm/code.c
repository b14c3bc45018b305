// code.c: the table of instructions, and code objects.
#include "vm/code.h"

#include "object/array.h"
#include "object/format.h"
#include "object/value.h"
#include "platform/platform.h"
#include "rt_inline.h"

const RtOpInfo rt__ops[RT_OP_COUNT] = {
#define OP(name, format, effect) {#name, format},
#include "vm/opcodes.def"
#undef OP
};

RtCode *rt__code_new(RtThread *t)
{
    RtCode *code = (RtCode *)rt__object_new(t, &rt__code_type, sizeof(RtCode));
    if (code == NULL) return NULL;
    __builtin_memset((char *)code + sizeof(RtObject), 0, sizeof *code - sizeof(RtObject));
    rt_ref_make_immortal(&code->base.ref);
    return code;
}

static void free_arrays(RtObject *object)
{
    RtCode *code = (RtCode *)object;
    rt_array_free(code->words);
    rt_array_free(code->lines);
    rt_array_free(code->constants);
    rt_array_free(code->local_names);
    rt_array_free(code->free_names);
    rt_array_free(code->cells);
    rt_array_free(code->handlers);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    RtCode *code = (RtCode *)object;
    return rt__format(t, "<code object %s, file \"%s\", line %u>",
                      rt_str_bytes_borrowed(code->name, NULL), code->file, code->first_line);
}

const RtType rt__code_type = {RT_TYPE_BASE, .name = "code", .free_arrays = free_arrays,
                              .hash = rt__identity_hash, .repr = repr};
