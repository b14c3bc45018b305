// modules.h: loading kernel modules, and copies of them.
#ifndef GB_MODULES_H
#define GB_MODULES_H

#include <stdbool.h>

#include "module.h"

#ifdef __cplusplus
extern "C" {
#endif

// Loads `<folder>/kernels-<variant>[-account].so`. NULL, with a sentence in *error (static
// storage), when there is none or it is of another version. Never unloaded.
const GbModule *gb_module_load(const char *folder, const char *variant, bool account,
                               const char **error);

// Loads a byte copy of it under another name: the loader gives the same handle, and so the
// same static data, for the same file.
const GbModule *gb_module_load_copy(const char *folder, const char *variant,
                                    const char **error);

#ifdef __cplusplus
}
#endif
#endif
