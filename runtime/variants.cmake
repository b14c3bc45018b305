# variants.cmake: THE table of variants. Everything that exists once per variant is made from
# it: the library, the kernel module, the stress programs; timed, and if GILBENCH_WHOLE is on all
# but the outcome tables as account build, too.
#
# Neighbouring rows differ in one policy (runtime/README.md tells what each step costs).
#
#                  name            lock     refcount  heap
set(GILBENCH_VARIANTS
    "unlocked        none     plain     single"
    "gil             gil      plain     single"
    "gil-biased      gil      biased    thread"
    "object          object   biased    thread"
    "object-atomic   object   atomic    thread"
)

# Sets <prefix>_NAME, _LOCK, _REFCOUNT and _HEAP from a row.
function(gilbench_variant_row prefix row)
    separate_arguments(fields UNIX_COMMAND "${row}")
    list(GET fields 0 name)
    list(GET fields 1 lock)
    list(GET fields 2 refcount)
    list(GET fields 3 heap)
    set(${prefix}_NAME ${name} PARENT_SCOPE)
    set(${prefix}_LOCK ${lock} PARENT_SCOPE)
    set(${prefix}_REFCOUNT ${refcount} PARENT_SCOPE)
    set(${prefix}_HEAP ${heap} PARENT_SCOPE)
endfunction()

# What a build's targets are called by: `gil`, or `gil-account`.
function(gilbench_builds out name)
    set(builds "")
    foreach(flavour IN LISTS GILBENCH_FLAVOURS)
        if(flavour STREQUAL timed)
            list(APPEND builds ${name})
        else()
            list(APPEND builds ${name}-${flavour})
        endif()
    endforeach()
    set(${out} ${builds} PARENT_SCOPE)
endfunction()

set(GILBENCH_VARIANT_NAMES "")
foreach(row IN LISTS GILBENCH_VARIANTS)
    gilbench_variant_row(ROW "${row}")
    list(APPEND GILBENCH_VARIANT_NAMES ${ROW_NAME})
endforeach()
