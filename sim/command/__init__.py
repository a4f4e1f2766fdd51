"""The command line. Only this folder and the Hydra plugin know Hydra; nothing heavy is imported before it is needed."""

import sys

HELP = """\
elbowroom: how people move, or fail to move, inside organizations

  elbowroom cap                      the main job: what the 20 % cap does under a tick box and under red tape,
                                     with a quiet and with a loud leadership
  elbowroom cap org.people=FILE.csv  the same in an organization of your own
  elbowroom run policy=red_tape      one policy against the status quo
  elbowroom run policy.market.time_cap=0.1 policy.market.permission=form org=department
  elbowroom run -m policy=open_opps,red_tape
  elbowroom compare policy=red_tape,committee baseline=open_opps
                                     policies beside a baseline: effects, intervals, what the same luck saves
  elbowroom compare policy=red_tape baseline=open_opps until=delivery relative=0.1
                                     the same, with as many replicates as that takes
  elbowroom sweep policy.market.time_cap=0,0.1,0.2,0.3 policy.market.permission=tickbox,form
                                     many points in replicates; broken off, the same command goes on
  elbowroom sweep study=cap20        a named study; study.shard=3/16 runs a part of it
  elbowroom sweep behaviour.asking.habit='interval(-5,-2)' study.design=sobol study.samples=64
  elbowroom extend STUDY replicates=200
  elbowroom merge SHARD SHARD ... into=STUDY
  elbowroom status STUDY             what is finished, what failed and why
  elbowroom career person=24 policy=open_opps versus=red_tape org=department
                                     one person's story, under one policy or under two side by side
  elbowroom laws                     which way levers and causes pull, on 50 draws of behaviour too
  elbowroom laws laws.match=stress laws.draws=0
  elbowroom parameters [WORD]        everything that may be set: unit, range, default, source, grade
  elbowroom phases [NAME]            what happens in a month: phases, rules, what each reads and changes
  elbowroom warm                     compile everything now rather than at the first run

Settings are given as name=value; a misspelt one is answered with the nearest that exists.
Named choices: org=, policy=, behaviour=, sector=. Results go to results/, one folder for each run.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 2 something given cannot be used, 130 stopped."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    if given[0] in ("-V", "--version"):
        from sim import __version__

        print(f"elbowroom {__version__}")
        return 0
    return _guarded(given[0], given[1:])


def _guarded(command: str, rest: list[str]) -> int:
    """Errors that people caused are messages, not tracebacks."""
    from sim.errors import ElbowroomError, nearest

    commands = {"cap": _cap, "run": _run, "compare": _compare, "sweep": _sweep, "extend": _extend, "merge": _merge,
                "status": _status, "laws": _laws, "career": _career, "parameters": _parameters, "phases": _phases,
                "warm": _warm}  # fmt: skip
    if {"-h", "--help"} & set(rest):
        print(HELP, end="")
        return 0
    try:
        if command not in commands:
            raise ElbowroomError(
                f"There is no command {command!r}.{nearest(command, commands)} There are {', '.join(commands)}."
            )
        return commands[command](rest)
    except ElbowroomError as error:
        print(f"elbowroom: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("elbowroom: stopped; of a run that was not finished, nothing was written.", file=sys.stderr)
        return 130


def _cap(rest: list[str]) -> int:
    from sim.command.cap import main

    return main(rest)


def _run(rest: list[str]) -> int:
    from sim.command.run import main

    return main(rest)


def _sweep(rest: list[str]) -> int:
    from sim.command.sweep import main

    return main(rest)


def _extend(rest: list[str]) -> int:
    from sim.command.stores import extend

    return extend(rest)


def _merge(rest: list[str]) -> int:
    from sim.command.stores import merge

    return merge(rest)


def _status(rest: list[str]) -> int:
    from sim.command.stores import status

    return status(rest)


def _career(rest: list[str]) -> int:
    from sim.command.career import main

    return main(rest)


def _laws(rest: list[str]) -> int:
    from sim.command.laws import main

    return main(rest)


def _compare(rest: list[str]) -> int:
    from sim.command.compare import main

    return main(rest)


def _parameters(rest: list[str]) -> int:
    from sim.command.listing import show_parameters

    return show_parameters(rest)


def _phases(rest: list[str]) -> int:
    from sim.command.phases import show_phases

    return show_phases(rest)


def _warm(rest: list[str]) -> int:
    from sim.command.progress import warmed

    warmed()
    return 0
