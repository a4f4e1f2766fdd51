"""What is derived from the source of rules: complete, right, and fit to be shown."""

import dataclasses

import pytest

from sim import assigning, building, command, records, tallies, world
from sim.anatomy import Anatomy, Unread, anatomy, called, phases, whole
from sim.command.phases import about
from sim.compiling import calls, is_rule, source
from sim.draws import Decision, uniform
from sim.judging import is_head, red_tape
from sim.measures.measure import MEASURES
from sim.measures.waiting import COLUMNS
from sim.mechanisms import asking, leaving, permitting, working
from sim.month import months
from sim.records import Employee, Now, Unit
from sim.settings.declare import is_group
from sim.settings.parameters import known
from sim.world import World

START = (
    building.people_arrive, building.people_live_alone, building.survival, building.ring_points, building.get_to_know,
    assigning.nominates, assigning.who_asked, assigning.asks_managers, assigning.offers_places,
)  # fmt: skip
PLAIN = (
    building.settled, building._set_now, building.set_policy, building.set_scenario, building._set_seats,
    building.place_on_ring, world.with_tallies,
)  # fmt: skip
KINDS = (
    records.Employee, records.Circle, records.Ranking, records.Unit, records.Seat, records.Need, records.Project,
    records.Request, records.Executive, records.Counts, records.Now,
)  # fmt: skip
SHOWN: set[str] = set()  # that nothing depends on, and people want to see


@pytest.fixture(scope="module")
def everything() -> Anatomy:
    found = whole(months)
    for rule in START:
        found = found | whole(rule)
    return found


def columns(*kinds):
    return {f"{kind.__name__}.{name}" for kind in kinds for name, type_ in kind.__annotations__.items()
            if not is_group(type_)}


def test_every_lever_habit_and_switch_is_read_by_some_rule(everything):
    """A setting that nothing reads would be swept, reported and published without having done anything."""
    settings = {path for path in known() if path.split(".")[0] in ("policy", "behaviour", "switches", "scenario")}
    assert len(settings) > 100
    assert settings == everything.settings


def test_every_column_has_a_writer_and_a_reader(everything):
    by_hand = Anatomy()
    for function in PLAIN:
        by_hand = by_hand | anatomy(function, strict=False)
    assert columns(*KINDS) - everything.writes - by_hand.writes == set()
    assert columns(*KINDS) - everything.reads == SHOWN


def test_everything_counted_is_read_by_a_measure_and_counted_by_a_rule(everything):
    counted = columns(tallies.Census, tallies.Flow)
    assert counted - everything.writes == set()
    measured = {name for measure in MEASURES.values() for name in measure.counted.__code__.co_names}
    measured |= {f"{name}_after" for name in (*COLUMNS, "waiting", "filled", "abolished", "open")}
    assert {column for column in counted if column.partition(".")[2] not in measured} == set()


def test_every_random_number_is_used_and_no_two_decisions_share_one(everything):
    assert {decision.name for decision in Decision} == everything.draws
    assert len({int(decision) for decision in Decision}) == len(Decision)


def test_a_phase_is_what_its_rules_say():
    found = {phase.name: phase for phase in phases()}
    assert [phase.place for phase in phases()] == list(range(1, len(found) + 1))
    assert [*found][:5] == ["signalling", "ending", "posting", "desiring", "noticing"]
    asking_ = found["asking"]
    assert asking.courage in asking_.rules
    assert red_tape in asking_.shared
    assert red_tape in found["desiring"].shared
    assert {"Employee.latent", "Unit.peers", "Request.unasked"} <= asking_.anatomy.reads
    assert "Employee.engagement" not in asking_.anatomy.reads | asking_.anatomy.writes
    assert {"asking", "telling"} == asking_.anatomy.draws
    stressed = {name for name, phase in found.items() if "Employee.stress" in phase.anatomy.writes}
    assert stressed == {"straining", "filling"}


def test_a_rule_reads_what_it_names_and_no_more():
    assert anatomy(is_head).reads == {"Employee.leads", "Employee.unit"}
    ramp = anatomy(working.ramp)
    assert ramp.reads == {"Employee.ramp_months"}
    assert ramp.settings == {"behaviour.working.ramp_start"}
    cut = anatomy(leaving.cuts_ties)
    assert cut.writes == {"Circle.ties", "Employee.tie_count", "Employee.tie_across"}


def test_what_is_changed_in_place_is_read_and_written():
    def rests(employee: Employee, unit: Unit, now: Now) -> None:
        employee.stress *= now.behaviour.straining.stress_rest
        someone, team = employee, unit
        someone.skills[0] += uniform(someone.person, now, Decision.skill, 0)
        team.heads = 3

    found = anatomy(rests)
    assert found.reads == {"Employee.stress", "Employee.skills", "Employee.person"}
    assert found.writes == {"Employee.stress", "Employee.skills", "Unit.heads"}
    assert found.settings == {"behaviour.straining.stress_rest"}
    assert found.draws == {"skill"}


def test_what_cannot_be_followed_is_an_error_and_no_silence():
    def guesses(employee: Employee, something) -> float:
        return employee.stress + something.odd

    with pytest.raises(Unread, match=r"line 2: something\.odd"):
        anatomy(guesses)


def test_every_table_of_the_world_says_what_it_holds(busy):
    for name, hint in World.__annotations__.items():
        held = getattr(busy, name).dtype
        kinds = [part for part in getattr(hint, "__metadata__", ()) if dataclasses.is_dataclass(part) is False]
        assert [kind.dtype for kind in kinds] == ([held] if held.names else [])


def test_rules_call_by_name_whatever_they_call():
    assert permitting.reasons in called(permitting.permitting)
    assert all(is_rule(callee) for rule in called(months) for callee in calls(rule).values())


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("asking", ["Who is interested asks", "motives", "market.permission", "Employee: efficacy", "asking.py:"]),
        ("7", ["permitting"]),
        ("approves", ["Does the manager of `unit` let", "permitting.py:", "called by", "answers", "return uniform("]),
        ("stress", ["Employee.stress", "straining, filling", "behaviour.straining.stress"]),
        ("policy.market.time_cap", ["matching"]),
        ("time_cap", ["policy.market.time_cap"]),
        ("strees", ["Did you mean 'stress'?"]),
    ],
)
def test_one_word_is_enough_to_ask(capsys, word, told):
    assert command.main(["phases", word]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for text in told:
        assert text in said


def test_all_phases_are_told_in_their_order(capsys):
    assert command.main(["phases"]) == 0
    said = capsys.readouterr().out
    places = [said.index(f"{phase.place:2} {phase.name}  ") for phase in phases()]
    assert places == sorted(places)
    assert max(map(len, said.splitlines())) <= 120
    assert about("motives")
    assert source(asking.motives).__name__ in said
