// module.h: modules: __main__, builtins, and those that programs import.
#ifndef RT_VM_MODULE_H
#define RT_VM_MODULE_H

#include "vm/vm.h"

// Immortal. All names in its table are interned.
typedef struct RtModule {
    RtObject base;
    RtObject *name;
    struct RtModule *older; // made before
    RtTable table;          // guarded by the module's section
} RtModule;

#pragma GCC visibility push(hidden)
extern const RtType rt__module_type;
#pragma GCC visibility pop

RtObject *rt__module_new(RtThread *t, const char *name);

static inline RtTable *rt__module_table(RtObject *module)
{
    return &((RtModule *)module)->table;
}

// Of a module whose attributes nobody changes: builtins. NULL without an error.
RtObject *rt__module_get_borrowed(RtThread *t, RtObject *module, RtObject *name);
// `value` NULL: deletes it. 1; 0 without an error: there is none; -1.
int rt__module_store(RtThread *t, RtObject *module, RtObject *name, RtObject *value);

#endif
