"""python -m experiments.run policy=open_opps org=agency policy.market.time_cap=0.1"""

from sim.command import main

if __name__ == "__main__":
    import sys

    sys.exit(main(["run", *sys.argv[1:]]))
