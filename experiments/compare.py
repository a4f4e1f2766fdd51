"""python -m experiments.compare policy=red_tape baseline=open_opps org=department"""

from sim.command import main

if __name__ == "__main__":
    import sys

    sys.exit(main(["compare", *sys.argv[1:]]))
