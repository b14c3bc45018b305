// options.h: the command line of a stress program, as a table with a row for each option.
#ifndef STRESS_OPTIONS_H
#define STRESS_OPTIONS_H

#include <stdint.h>

typedef struct OptionRow {
    const char *name;  // without the dashes; NULL ends the table
    const char *value; // what stands for it in the help; NULL: the option takes none
    const char *help;
    uint64_t *number; // where a whole number from `least` to `most` goes; NULL: `take` reads it
    uint64_t least, most;
    void (*take)(void *argument, const char *name, const char *text);
    void *argument;
} OptionRow;

// Reads the options of the command line in their order; of one given twice, both are read.
// --help prints the table and ends the program with code 0; what is unknown or incomplete is
// refused.
void options_read(const OptionRow *rows, int count, char **arguments);

uint64_t options_number(const char *name, const char *text, uint64_t least, uint64_t most);

// Ends the program with one line that says what is wrong with the option, and exit code 2.
_Noreturn void options_refuse(const char *name, const char *text);

#endif
