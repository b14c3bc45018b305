// modules.c: the modules that programs can import.
#include "vm/native.h"

const RtModuleRow rt__modules[] = {
    {NULL, NULL},
};
