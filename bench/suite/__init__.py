"""The suite: profiles, plans, processes, samples, statistics, and the command line over them.

Modules depend on each other in one direction only:

    errors, locations          what everything uses
    results, outcomes          the only readers and writers of run folders
    statistics                 the only place that computes ratios, floors and verdicts
    install, build, machine, peers, doctor
    profiles -> plan -> commands -> runner
                               what to measure, in which order, and the processes that do it
    beside                     a section of compare
    run, compare, test, stress one command each
    cli                        arguments and dispatch

Modules up to the commands import nothing outside the standard library at the top, except
`results` and `statistics`: the command line must work before packages are installed.
"""
