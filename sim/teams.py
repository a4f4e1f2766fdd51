"""Teams: who is here and away, what managers hear of it, what they are held to, and what lending teaches them."""

from sim.compiling import rule
from sim.judging import clip, kept, uncovered, works_here
from sim.records import NONE, Now, Unit
from sim.tallies import Flow
from sim.time_cap import is_away, project_time
from sim.world import World


@rule
def released(unit: Unit, now: Now) -> float:
    """Share of project time that is really taken off the job: what rules say, as far as the manager plays along."""
    b = now.behaviour.working
    return now.policy.market.released * (b.release_floor + b.release_support * unit.development)


@rule
def counts_teams(world: World) -> None:
    """Who is here and who is away, team by team."""
    for unit in world.units:
        unit.heads, unit.participants, unit.away, unit.vacant = 0, 0, 0.0, unit.seats - unit.closed
        unit.delivered = unit.learned = unit.called = 0.0
    for employee in world.staff:
        if employee.person != NONE:
            world.units[employee.unit].vacant -= 1
        if works_here(employee):
            unit = world.units[employee.unit]
            unit.heads += 1
            unit.away += project_time(employee)
            unit.called += employee.duty
            if is_away(employee):
                unit.participants += 1
                unit.lent = world.now.month


@rule
def is_covered(unit: Unit, now: Now, flow: Flow) -> None:
    """Consultants do part of the work of vacant seats."""
    time = now.behaviour.filling.covered * unit.vacant
    done = now.behaviour.working.temp * time
    unit.delivered += done
    flow.covered += time
    flow.cover_done += done


@rule
def complains(unit: Unit, now: Now) -> None:
    """Complaints fade; those who stay behind complain of what absent members leave to them."""
    left = kept(now.behaviour.permitting.complaint_half_life)
    unit.denied *= left
    unit.burdened = left * unit.burdened + released(unit, now) * uncovered(unit, now)


@rule
def remembers_peers(unit: Unit, now: Now) -> None:
    """The share of team-mates on projects, as a mean of about a year."""
    share = unit.participants / max(1.0, float(unit.heads))
    unit.peers += (share - unit.peers) / now.behaviour.working.peers_months


@rule
def planned(unit: Unit) -> float:
    """Seats that the plan has at present."""
    return max(1.0, float(unit.seats - unit.closed))


@rule
def sets_target(unit: Unit, now: Now) -> None:
    """What the unit usually delivers a seat, and how much pressure is usual, as they were in the burn-in."""
    pace = max(1.0 / now.behaviour.targets.memory, 1.0 / (now.month - now.first + 1.0))
    unit.target += pace * (unit.delivered / planned(unit) - unit.target)
    unit.usual_pressure += pace * (unit.pressure - unit.usual_pressure)


@rule
def feels_pressure(unit: Unit, now: Now) -> None:
    """Missing the target weighs on the manager as far as leadership insists on targets."""
    b = now.behaviour.targets
    missed = clip(b.slope * (1.0 - unit.delivered / planned(unit) / max(1e-9, unit.target)), 0.0, 1.0)
    unit.pressure += b.pace * (now.policy.leadership.target_emphasis * missed - unit.pressure)


@rule
def gains_experience(unit: Unit, now: Now) -> None:
    """What lending brings back to a team, less what is missed; who never lends never learns."""
    if unit.participants == 0:
        return
    b, heads = now.behaviour.culture, max(1.0, float(unit.heads))
    back = b.learned * unit.learned / heads - b.missed * released(unit, now) * uncovered(unit, now)
    unit.experience += b.experience_pace * (clip(back, -1.0, 1.0) - unit.experience)
