# Compiler flags for everything of ours, as one interface target.
add_library(gilbench_options INTERFACE)

# No link-time optimisation: variants must not be optimised into each other's shape, and a
# call that is a call in one is a call in all.
target_compile_options(
    gilbench_options
    INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wpointer-arith -Wundef
              -Wvla -fno-strict-aliasing -fno-omit-frame-pointer -fno-lto
              $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes>
              $<$<BOOL:${GILBENCH_WERROR}>:-Werror>)

target_compile_definitions(
    gilbench_options INTERFACE $<$<BOOL:${GILBENCH_DEBUG}>:RT_DEBUG>
                               $<$<BOOL:${GILBENCH_PERTURB}>:RT_PERTURB>
                             $<$<BOOL:${GILBENCH_GC_STRESS}>:RT_GC_STRESS>
                             $<$<BOOL:${GILBENCH_CLASSIC_POOLS}>:RT_CLASSIC_POOLS>)

if(GILBENCH_SANITIZE)
    target_compile_options(gilbench_options INTERFACE -fsanitize=${GILBENCH_SANITIZE}
                                                      -fno-sanitize-recover=undefined)
    target_link_options(gilbench_options INTERFACE -fsanitize=${GILBENCH_SANITIZE})
endif()
