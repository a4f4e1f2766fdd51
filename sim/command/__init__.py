"""The command line. Only this folder and the Hydra plugin know Hydra; nothing heavy is imported before it is needed."""

import sys
from importlib import import_module

HELP = """\
elbowroom: how people move, or fail to move, inside organizations

  elbowroom cap                      the main job: what the 20 % cap does under a tick box and under red tape,
                                     with a quiet and with a loud leadership
  elbowroom cap org.people=FILE.csv  the same in an organization of your own
  elbowroom run policy=red_tape      one policy against the status quo
  elbowroom run policy.market.time_cap=0.1 policy.market.permission=form org=department
  elbowroom run -m policy=open_opps,red_tape           several: a sweep, see below
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
  elbowroom report STUDY             table and figures; against=policy.market.time_cap=0 shows differences
  elbowroom career person=24 policy=open_opps versus=red_tape org=department
                                     one person's story, under one policy or under two side by side
  elbowroom laws                     which way levers and causes pull, on 50 draws of behaviour too
  elbowroom laws laws.match=stress laws.draws=0
  elbowroom parameters [WORD]        everything that may be set: unit, range, default, source, grade
  elbowroom phases [NAME]            what happens in a month: phases, rules, what each reads and changes
  elbowroom warm                     compile everything now rather than at the first run
  eval "$(elbowroom completion)"     the shell completes commands, names of settings and their choices (bash, zsh)

Settings are given as name=value; a misspelt one is answered with the nearest that exists.
Named choices: org=, policy=, behaviour=, sector=. Results go to results/, one folder for each run.
"""

COMMANDS = {  # where each is
    "cap": "cap:main",
    "run": "run:main",
    "compare": "compare:main",
    "sweep": "sweep:main",
    "extend": "stores:extend",
    "merge": "stores:merge",
    "status": "stores:status",
    "report": "stores:report",
    "laws": "laws:main",
    "career": "career:main",
    "parameters": "listing:show_parameters",
    "phases": "phases:show_phases",
    "warm": "progress:warm_up",
    "completion": "completion:main",
}
GO_ON = ("cap", "run", "compare", "sweep", "extend")  # given again, they do what is missing


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

    if {"-h", "--help"} & set(rest):
        print(HELP, end="")
        return 0
    try:
        if command not in COMMANDS:
            raise ElbowroomError(
                f"There is no command {command!r}.{nearest(command, COMMANDS)} There are {', '.join(COMMANDS)}."
            )
        module, _, function = COMMANDS[command].partition(":")
        return int(getattr(import_module(f"sim.command.{module}"), function)(rest))
    except ElbowroomError as error:
        print(f"elbowroom: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        goes_on = "; what was finished is kept, and the same command goes on" if command in GO_ON else ""
        print(f"elbowroom: stopped{goes_on}; of a run that was not finished, nothing was written.", file=sys.stderr)
        return 130
