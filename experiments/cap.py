"""python -m experiments.cap org.people=people.csv"""

from sim.command import main

if __name__ == "__main__":
    import sys

    sys.exit(main(["cap", *sys.argv[1:]]))
