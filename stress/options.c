// options.c: the command line of a stress program; getopt_long reads it.
#define _GNU_SOURCE
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPTIONS_MOST 16

_Noreturn void options_refuse(const char *name, const char *text)
{
    fprintf(stderr, "%s: --%s: '%s' is wrong or unknown (--help tells)\n",
            program_invocation_short_name, name, text);
    exit(2);
}

uint64_t options_number(const char *name, const char *text, uint64_t least, uint64_t most)
{
    char *end;
    errno = 0;
    uint64_t value = strtoull(text, &end, 0);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || value < least ||
        value > most)
        options_refuse(name, text);
    return value;
}

static _Noreturn void show_help(const OptionRow *rows)
{
    printf("%s:\n", program_invocation_short_name);
    for (; rows->name != NULL; rows++) {
        const char *value = rows->value != NULL ? rows->value : "";
        int width = 20 - (int)strlen(rows->name);
        printf("  --%s %-*s %s\n", rows->name, width > 0 ? width : 0, value, rows->help);
    }
    exit(0);
}

static void take(const OptionRow *row, const char *text)
{
    if (row->number != NULL)
        *row->number = options_number(row->name, text, row->least, row->most);
    else
        row->take(row->argument, row->name, text);
}

static _Noreturn void complain(const char *what, const char *argument)
{
    fprintf(stderr, "%s: %s %s (--help tells)\n", program_invocation_short_name, what,
            argument);
    exit(2);
}

void options_read(const OptionRow *rows, int count, char **arguments)
{
    struct option known[OPTIONS_MOST + 2] = {{"help", no_argument, NULL, 0}};
    for (size_t i = 0; i < OPTIONS_MOST && rows[i].name != NULL; i++)
        known[i + 1] = (struct option){
            rows[i].name, rows[i].value != NULL ? required_argument : no_argument, NULL, 0};
    opterr = 0;
    int index, found;
    while ((found = getopt_long(count, arguments, "", known, &index)) != -1) {
        if (found == '?') complain("unknown or incomplete:", arguments[optind - 1]);
        if (index == 0) show_help(rows);
        take(&rows[index - 1], optarg);
    }
    if (optind < count) complain("what is", arguments[optind]);
}
