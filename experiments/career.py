"""python -m experiments.career person=24 policy=open_opps versus=red_tape org=department"""

from sim.command import main

if __name__ == "__main__":
    import sys

    sys.exit(main(["career", *sys.argv[1:]]))
