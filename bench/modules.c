// modules.c: dlopen, with RTLD_LOCAL so that modules do not see each other's symbols.
#define _GNU_SOURCE
#include "modules.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static char error_text[4096 + 512];

static const GbModule *load(const char *path, const char **error)
{
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        snprintf(error_text, sizeof error_text, "%s", dlerror());
        *error = error_text;
        return NULL;
    }
    const GbModule *module = dlsym(handle, GB_MODULE_SYMBOL);
    if (module != NULL && module->version == GB_MODULE_VERSION) return module;
    snprintf(error_text, sizeof error_text, "%s is not a kernel module of this version", path);
    *error = error_text;
    return NULL;
}

static void path_of(char *path, size_t size, const char *folder, const char *variant,
                    bool account)
{
    snprintf(path, size, "%s/kernels-%s%s.so", folder, variant, account ? "-account" : "");
}

const GbModule *gb_module_load(const char *folder, const char *variant, bool account,
                               const char **error)
{
    char path[4096];
    path_of(path, sizeof path, folder, variant, account);
    return load(path, error);
}

static bool copy_file(const char *from, int to)
{
    int source = open(from, O_RDONLY | O_CLOEXEC);
    struct stat status;
    bool done = source >= 0 && fstat(source, &status) == 0;
    for (off_t sent = 0; done && sent < status.st_size;)
        done = sendfile(to, source, &sent, (size_t)(status.st_size - sent)) > 0;
    if (source >= 0) close(source);
    return done;
}

const GbModule *gb_module_load_copy(const char *folder, const char *variant, const char **error)
{
    char from[4096];
    path_of(from, sizeof from, folder, variant, false);
    char path[] = "/tmp/gilbench-copy-XXXXXX.so";
    int to = mkostemps(path, 3, O_CLOEXEC);
    bool copied = to >= 0 && copy_file(from, to);
    if (to >= 0) close(to);
    const GbModule *module = NULL;
    if (copied)
        module = load(path, error);
    else
        *error = "cannot copy a kernel module to the temporary folder";
    if (to >= 0) unlink(path); // the mapping stays
    return module;
}
