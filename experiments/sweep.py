"""python -m experiments.sweep -m policy.market.time_cap=0,0.1,0.2,0.3 policy.market.permission=tickbox,form"""

from sim.command import main

if __name__ == "__main__":
    import sys

    sys.exit(main(["sweep", *sys.argv[1:]]))
