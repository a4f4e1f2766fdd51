"""What several phases ask of vacancies: which are open, who may move, what the manager says, who is chosen."""

from sim.backing import backing, total
from sim.codes import What
from sim.compiling import rule
from sim.draws import Decision, paired, uniform
from sim.judging import has_manager, in_post, is_head, is_turned_down, sigma, value_to_team, works_here
from sim.records import NONE, Employee, Now, Seat, Unit
from sim.skills import competence_in
from sim.tallies import OPEN, Flow
from sim.telling import because, tells_of_seat
from sim.world import World

BACKED, RESISTED = 1, -1


@rule
def key_of_vacancy(seat: Seat) -> int:
    """The key of all that is drawn about this opening of a seat: also that of the outsider who may take it."""
    return seat.number + (seat.opening << 32)


@rule
def is_open(seat: Seat) -> bool:
    """Whether somebody is looked for: nobody holds the seat, nobody has been chosen, and the plan still has it."""
    return seat.holder == NONE and seat.chosen == NONE and not seat.closed


@rule
def months_open(seat: Seat, now: Now) -> int:
    return min(now.month - seat.opened, OPEN - 1)


@rule
def people_move(now: Now) -> bool:
    """People from a people file keep their places until the fork."""
    return now.switches.moves and now.month >= now.settled


@rule
def answering_in(row: int, world: World) -> Unit:
    """The unit whose manager answers for a unit: itself, or while it has no manager, the one above."""
    unit: Unit = world.units[row]
    above: Unit = world.units[unit.parent]
    return unit if has_manager(unit) else above


@rule
def hiring(seat: Seat, world: World) -> Unit:
    """The unit whose manager fills a seat."""
    unit: Unit = answering_in(seat.unit, world)
    return unit


@rule
def may_move(employee: Employee, now: Now) -> bool:
    """Long enough in post, and not about to move already. The head stays until leaving."""
    if not works_here(employee) or employee.goal != NONE or is_head(employee):
        return False
    return bool(in_post(employee, now) >= now.policy.vacancies.min_time_in_role)


# -------------------------------------------------------------------------------------------------- what managers say


@rule
def answering(employee: Employee, world: World) -> Unit:
    """The unit whose manager answers somebody."""
    unit: Unit = answering_in(employee.unit, world)
    return unit


@rule
def luck_with_manager(employee: Employee, seat: Seat, now: Now) -> float:
    """The manager backs a move if the probability is above this."""
    return float(uniform(paired(now, employee.person, key_of_vacancy(seat)), now, Decision.backing, 0))


@rule
def hears_word(employee: Employee, now: Now) -> None:
    """What the manager says of one move counts in what is expected of the next."""
    b = now.behaviour.learning
    if not now.switches.beliefs:
        return
    if employee.word > 0:
        employee.expected_release += b.own * (1.0 - employee.expected_release)
    else:
        employee.expected_release -= min(1.0, b.own * b.refusal) * employee.expected_release


@rule
def asks_manager(employee: Employee, row: int, seat: Seat, world: World) -> None:
    """The own manager backs or resists a move. (Nobody needs permission to apply.)"""
    now, unit = world.now, answering(employee, world)
    flow = world.flow[now.month - now.first]
    terms = backing(unit, value_to_team(employee, world.units[employee.unit], now), now)
    luck = luck_with_manager(employee, seat, now)
    employee.word = BACKED if luck < sigma(total(terms)) else RESISTED
    flow.backed += 1.0 if employee.word == BACKED else 0.0
    flow.resisted += 1.0 if employee.word == RESISTED else 0.0
    tells_of_seat(What.backed if employee.word == BACKED else What.resisted, row, unit.manager, seat, world)
    because(terms, luck, world)
    hears_word(employee, now)


@rule
def is_vetoed(employee: Employee, seat: Seat, now: Now) -> bool:
    """Where managers may forbid moves, some of those who resist do."""
    if employee.word != RESISTED:
        return False
    key = paired(now, employee.person, key_of_vacancy(seat))
    return bool(uniform(key, now, Decision.veto, 0) < now.behaviour.filling.veto)


# ------------------------------------------------------------------------------------------------------ yes and no


@rule
def hold(employee: Employee, now: Now) -> int:
    """Months until somebody who was chosen is let go."""
    most = now.policy.managers.release_within
    return most if employee.word == RESISTED else min(1, most)


@rule
def is_chosen(employee: Employee, row: int, seat: Seat, seat_row: int, world: World) -> None:
    """Somebody gets a vacant seat, and takes it once the manager lets go."""
    now = world.now
    flow = world.flow[now.month - now.first]
    employee.goal, seat.chosen = seat_row, row
    employee.ready = now.month + hold(employee, now)
    flow.chosen += 1.0
    flow.chosen_fit += competence_in(employee, seat.family, now)
    flow.held += float(hold(employee, now)) if employee.word == RESISTED else 0.0
    if now.switches.beliefs:
        employee.chances += now.behaviour.learning.own * (1.0 - employee.chances)
    tells_of_seat(What.chosen, row, hiring(seat, world).manager, seat, world)


@rule
def is_passed_over(employee: Employee, seat: Seat, interviewed: bool, insider: bool, now: Now, flow: Flow) -> None:
    """A rejection for a vacancy hurts less after an interview, and if an insider got the job."""
    b = now.behaviour
    hurt = (b.leaving.interviewed if interviewed else 1.0) * (b.leaving.insider_won if insider else 1.0)
    employee.rejected += hurt
    employee.turned = key_of_vacancy(seat)
    flow.turned_down += 1.0
    flow.turned_down_unheard += 0.0 if interviewed else 1.0
    if now.switches.beliefs:
        employee.chances -= min(1.0, b.learning.own * b.learning.refusal) * employee.chances
    is_turned_down(employee, b.desiring.rejection_weight, b.straining.efficacy_rejection, now)


@rule
def ends_chain(seat: Seat, filled: int, flow: Flow) -> None:
    """A chain of vacancies ends: outside, or where a seat is abolished."""
    flow.chains += 1.0
    flow.chain_fills += float(seat.chain + filled)
