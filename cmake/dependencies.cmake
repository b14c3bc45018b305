# What comes from the system. A missing one is named with its Debian package at once.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(PkgConfig)
if(NOT PkgConfig_FOUND)
    message(FATAL_ERROR "pkg-config is missing: apt-get install pkg-config")
endif()

find_package(benchmark QUIET)
if(NOT benchmark_FOUND)
    message(FATAL_ERROR "Google Benchmark is missing: apt-get install libbenchmark-dev")
endif()

pkg_check_modules(HWLOC QUIET IMPORTED_TARGET hwloc)
if(NOT HWLOC_FOUND)
    message(FATAL_ERROR "hwloc is missing: apt-get install libhwloc-dev")
endif()

pkg_check_modules(CJSON QUIET IMPORTED_TARGET libcjson)
if(NOT CJSON_FOUND)
    message(FATAL_ERROR "cJSON is missing: apt-get install libcjson-dev")
endif()

pkg_check_modules(GMP QUIET IMPORTED_TARGET gmp)
if(NOT GMP_FOUND)
    message(FATAL_ERROR "GMP is missing: apt-get install libgmp-dev")
endif()

pkg_check_modules(CMOCKA QUIET IMPORTED_TARGET cmocka)
if(NOT CMOCKA_FOUND)
    message(FATAL_ERROR "cmocka is missing: apt-get install libcmocka-dev")
endif()

# Debian's own python3: another one earlier on PATH does not see Debian's packages.
find_program(GILBENCH_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(NOT GILBENCH_PYTHON)
    find_program(GILBENCH_PYTHON NAMES python3 REQUIRED)
endif()
