"""Mesa's view: faces read and write records, their verbs are the rules, and nothing is made that nobody asks for."""

import mesa
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from conftest import BUSY, same
from mesa.agent import AgentSet

from sim.agents import Employee, Leadership, MiddleManager
from sim.building import set_policy
from sim.codes import FREE, PERMITTED
from sim.errors import ElbowroomError, SettingsError
from sim.judging import log_odds, sigma
from sim.mechanisms.asking import asks, is_made
from sim.organization import Organization
from sim.people.generate import generate
from sim.records import NONE, Request
from sim.running import Setup, burn_in, forked
from sim.settings import OrganizationSpec, Policy, Switches, named
from sim.world import copied

SMALL = OrganizationSpec(size=80, burn_in=12)
FORM = Policy().changed("market.permission", "form").changed("market.time_cap", 0.5)


def an_organization(policy=FORM, rng=11, months=0, switches=None, spec=SMALL) -> Organization:
    organization = Organization(spec, policy, BUSY, switches, rng=rng)
    for _ in range(months):
        organization.step()
    return organization


@pytest.fixture(scope="module")
def lived() -> Organization:
    """Eight months of a busy organization, with requests that wait for an answer: to be looked at only."""
    organization = an_organization(months=8)
    assert pending(organization)
    return organization


def pending(organization):
    """Requests and the managers they wait for."""
    return [(r, r.asker.manager) for r in organization.requests if r.asker.manager not in (None, r.asker)]


# Months


def test_it_stands_at_month_nought_after_its_burn_in():
    organization = an_organization()
    assert isinstance(organization, mesa.Model)
    assert organization.month == organization.steps == 0
    assert len(organization.measures()) == 0


def test_a_step_is_a_month():
    organization = an_organization(months=3)
    assert organization.month == organization.steps == 3
    assert organization.measures().index.tolist() == [0, 1, 2]


def test_stepping_past_the_first_year_keeps_every_month():
    organization = an_organization()
    early = None
    for month in range(1, 28):
        organization.step()
        assert len(organization.measures()) == month
        if month == 11:
            early = organization.measures()
    pd.testing.assert_frame_equal(organization.measures().iloc[:11], early)
    assert organization.measures().drop(columns=["approval", "expired"]).stress.notna().all()


@pytest.mark.parametrize("group", ["everyone", "cohort"])
def test_stepping_is_running(group):
    """An organization lived month by month is the one that studies run in one go."""
    from sim.measures import monthly

    organization = an_organization(months=14)
    run = forked(burn_in(Setup(SMALL, BUSY), 11), FORM, 14, keep=True)
    assert same(organization.world._replace(census=run.census, flow=run.flow), run.world)
    pd.testing.assert_frame_equal(organization.measures(group), monthly(run, group))


def test_looking_changes_nothing():
    quiet, watched = an_organization(), an_organization()
    for _ in range(4):
        quiet.step()
        watched.step()
        for request, manager in pending(watched):
            manager.approves(request), manager.reasons(request), request.asker.asks()
        watched.agents.shuffle().select(lambda person: person.stress > 0.2).agg("tenure", np.mean)
        assert watched.graph
        assert len(watched.measures("participants")) == watched.month
    assert same(quiet.world, watched.world)


def test_the_same_seed_gives_the_same_organization_and_another_one_another():
    assert same(an_organization(rng=3, months=2).world, an_organization(rng=3, months=2).world)
    one, other = (an_organization(rng=rng, months=2).measures().stress.iloc[-1] for rng in (3, 4))
    assert one != other


def test_names_and_settings_do_equally():
    named_one = Organization("department", "red_tape", "lively", rng=2)
    spelled = Organization(
        named.organization("department"), named.policy("red_tape"), named.behaviour("lively"), Switches(), rng=2
    )
    assert named_one.setup == spelled.setup
    assert named_one.policy == spelled.policy == Policy().changed("market.permission", "chain")
    assert same(named_one.world, spelled.world)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(SettingsError, match="'department'"):
        Organization("departmnt")
    organization = an_organization()
    with pytest.raises(SettingsError, match="'red_tape'"):
        organization.policy = "red_tpe"
    assert organization.policy == FORM


def test_a_plan_of_posts_may_be_given():
    organization = Organization(SMALL, roster=generate(33, 2))
    assert len(organization.world.seats) == 33


def test_a_policy_set_midway_holds_from_then_on():
    quiet = an_organization(months=10)
    changed = an_organization(months=5)
    assert same(changed.world, an_organization(months=5).world)
    changed.policy = FORM.changed("market.open", False)
    for _ in range(5):
        changed.step()
    asked, other = quiet.measures().asks, changed.measures().asks
    assert asked[:5].tolist() == other[:5].tolist()
    assert asked[5:].sum() > 0
    assert other[5:].sum() == 0
    assert not changed.policy.market.open
    changed.policy = "red_tape"
    assert changed.world.now.policy.market.permission == changed.policy.market.permission == 3


def test_a_switch_takes_its_mechanism_out():
    still = an_organization(months=6, switches=Switches(turnover=False))
    assert still.measures().turnover.eq(0).all()
    assert an_organization(months=6).measures().turnover.sum() > 0


# Faces


def test_no_faces_are_made_before_somebody_looks():
    organization = an_organization(months=1)
    assert not organization._faces
    assert organization.measures().stress.notna().all()
    assert not organization._faces
    assert len(organization._faces) < len(organization.agents) == len(organization._faces)


def test_agents_are_those_in_post(lived):
    staff = lived.world.staff
    assert isinstance(lived.agents, AgentSet)
    here = staff["person"][staff["person"] != NONE]
    assert sorted(a.unique_id for a in lived.agents) == sorted(here.tolist())
    assert len(lived.agents) == (lived.world.seats["holder"] != NONE).sum() < len(staff)


def test_managers_are_those_who_lead(lived):
    kinds = lived.agents_by_type
    assert set(kinds) == set(lived.agent_types) == {Employee, MiddleManager}
    assert len(kinds[Employee]) + len(kinds[MiddleManager]) == len(lived.agents)
    assert {a.row for a in kinds[MiddleManager]} == {int(r) for r in lived.world.units["manager"] if r != NONE}


def test_attributes_are_the_record():
    organization = an_organization()
    for person in organization.agents:
        record = organization.world.staff[person.row]
        for name in person.columns():
            assert np.array_equal(getattr(person, name), record[name])


def test_writing_an_attribute_changes_the_organization():
    organization = an_organization()
    person = next(iter(organization.agents))
    person.stress, person.latent = 0.75, 0.5
    person.skills[2] = 1.5
    record = organization.world.staff[person.row]
    assert (record.stress, record.latent, record.skills[2]) == (0.75, 0.5, 1.5)
    before = organization.agents.agg("stress", np.mean)
    organization.agents.set("stress", 0.9)
    assert organization.agents.agg("stress", np.mean) == pytest.approx(0.9)
    assert before != pytest.approx(0.9)


def test_what_is_written_has_its_effect():
    """A wish put into everybody's record is one on which they act."""
    wishing, listless = an_organization(), an_organization()
    for organization, wish in ((wishing, 1.0), (listless, 0.0)):
        organization.agents.do(lambda person, wish=wish: setattr(person, "latent", wish))
        organization.agents.do(lambda person: setattr(person, "rationalization", 0.0))
    eager, tired = (np.mean([p.p_asks() for p in o.agents]) for o in (wishing, listless))
    assert eager > tired + 0.1


def test_an_unknown_attribute_is_answered_with_those_there_are(lived):
    person = next(iter(lived.agents))
    with pytest.raises(AttributeError, match=r"has no 'strees'.*stress"):
        _ = person.strees
    with pytest.raises(AttributeError, match=r"has no 'strees'.*stress"):
        person.strees = 0.5
    assert not hasattr(person, "strees")


def test_a_face_stays_the_same_as_long_as_its_person_is_here():
    organization = an_organization()
    before = {person.unique_id: person for person in organization.agents}
    for _ in range(6):
        organization.step()
    after = {person.unique_id: person for person in organization.agents}
    stayed = set(before) & set(after)
    assert stayed
    assert stayed != set(before)
    assert all(before[number] is after[number] for number in stayed)
    assert all(before[number].is_here == (number in stayed) for number in before)
    assert len(organization._faces) == len(after)


def test_a_face_of_somebody_who_left_says_so():
    organization = an_organization()
    before = list(organization.agents)
    for _ in range(6):
        organization.step()
    gone = next(person for person in before if not person.is_here)
    for look in (lambda: gone.stress, lambda: gone.p_asks(), lambda: setattr(gone, "stress", 1.0), lambda: gone.manager,
                 lambda: gone.tenure):  # fmt: skip
        with pytest.raises(ElbowroomError, match=f"person {gone.unique_id} has left"):
            look()
    assert str(gone.unique_id) in repr(gone)


def test_a_seat_filled_anew_has_another_face():
    organization = an_organization()
    before = {person.row: person for person in organization.agents}
    for _ in range(12):
        organization.step()
    after = {person.row: person for person in organization.agents}
    renewed = [row for row in before if row in after and before[row].unique_id != after[row].unique_id]
    assert renewed
    assert all(after[row] is not before[row] and after[row].hired >= 0 and not before[row].is_here for row in renewed)


def test_nobody_is_removed_by_hand():
    organization = an_organization()
    person = next(iter(organization.agents))
    with pytest.raises(ElbowroomError, match="by the rules"):
        person.remove()
    with pytest.raises(ElbowroomError, match="by the rules"):
        organization.agents.do("remove")
    assert person.is_here


def test_tenure_counts_months_since_hire():
    organization = an_organization()
    before = {person.unique_id: person.tenure for person in organization.agents}
    organization.step()
    assert all(p.tenure == before.get(p.unique_id, 0) + 1 for p in organization.agents)
    assert organization.agents.agg("tenure", np.mean) == pytest.approx(np.mean([p.tenure for p in organization.agents]))


def test_agents_can_be_selected_and_summed_up(lived):
    old = lived.agents.select(lambda person: person.tenure > 60)
    assert 0 < len(old) < len(lived.agents)
    assert old.agg("tenure", np.mean) > lived.agents.agg("tenure", np.mean)
    assert lived.agents.agg("stress", np.mean) == pytest.approx(lived.measures().stress.iloc[-1])
    assert lived.agents.agg("fte", sum) == pytest.approx(lived.world.census[7, 0].contracted)


def test_teams_are_those_who_report_to_a_manager(lived):
    managers = list(lived.agents_by_type[MiddleManager])
    for manager in managers:
        assert manager.post.manager == manager.row
        assert all(person.manager is manager for person in manager.team)
        assert manager not in manager.team
    led = {person.unique_id for manager in managers for person in manager.team}
    orphans = {person.unique_id for person in lived.agents if person.manager is None}
    head = next(manager for manager in managers if manager.manager is manager)
    assert led | orphans | {head.unique_id} == {person.unique_id for person in lived.agents}
    assert not led & orphans


def test_a_collector_reads_the_model_and_its_agents():
    organization = an_organization()
    collector = mesa.DataCollector(
        model_reporters={"month": "month", "stress": lambda model: model.agents.agg("stress", np.mean)},
        agent_reporters={"latent": "latent", "months": lambda person: person.tenure},
        agenttype_reporters={MiddleManager: {"team": lambda manager: len(manager.team)}},
    )
    for _ in range(3):
        organization.step()
        collector.collect(organization)
    model, agents = collector.get_model_vars_dataframe(), collector.get_agent_vars_dataframe()
    assert model.month.tolist() == [1, 2, 3]
    assert model.stress.tolist() == pytest.approx(organization.measures().stress.tolist())
    last = agents.loc[3]
    assert sorted(last.index) == sorted(person.unique_id for person in organization.agents)
    assert last.latent.mean() == pytest.approx(organization.measures().latent_desire.iloc[-1])
    assert (agents.months >= 0).all()
    teams = collector.get_agenttype_vars_dataframe(MiddleManager).loc[3].team
    assert teams.sum() <= len(organization.agents) - 1


# Verbs


def test_probabilities_are_probabilities(lived):
    assert all(0 < person.p_asks() < 1 for person in lived.agents)
    assert all(0 < manager.p_approves(request) < 1 for request, manager in pending(lived))


def test_whether_somebody_asks_is_drawn_with_their_probability():
    """Over many months, the person and all else held fixed."""
    organization = an_organization(months=4)
    now, n = organization.world.now, 1500
    for person in list(organization.agents)[:3]:
        p, yes = person.p_asks(), 0
        month = int(now.month)
        for later in range(n):
            now.month = month + later
            yes += person.asks()
        now.month = month
        assert abs(yes / n - p) < 4 * np.sqrt(p * (1 - p) / n) + 1e-9
        assert person.asks() == asks(person.record, person.own_unit, now)


def test_the_terms_of_a_managers_answer_add_up_to_it():
    """Over many requests that differ in nothing but their key."""
    organization, n = an_organization(months=8), 3000
    for request, manager in pending(organization)[:3]:
        terms = manager.reasons(request)
        assert sum(terms) == pytest.approx(log_odds(terms))
        p = manager.p_approves(request)
        assert p == pytest.approx(1 / (1 + np.exp(-sum(terms))))
        yes, record = 0, request.record
        for key in range(n):
            record.key = request.key = key
            yes += manager.approves(request)
        assert abs(yes / n - p) < 4 * np.sqrt(p * (1 - p) / n)


def test_the_terms_of_asking_add_up_to_its_probability(lived):
    person = list(lived.agents)[3]
    assert person.p_asks() == pytest.approx(sigma(sum(person.motives())))
    assert person.motives().desire == pytest.approx(2 * person.latent * (1 - person.rationalization))


def test_a_managers_answer_follows_the_traits_of_the_post():
    organization = an_organization(months=8)
    request, manager = pending(organization)[0]
    before = manager.p_approves(request)
    manager.post.development = 0.0
    assert manager.p_approves(request) < before


def test_a_manager_answers_only_for_their_own_people(lived):
    request, manager = pending(lived)[0]
    other = next(m for m in lived.agents_by_type[MiddleManager] if m is not manager)
    with pytest.raises(ElbowroomError, match="not by one of the people"):
        other.p_approves(request)


@pytest.mark.parametrize("permission", ["none", "tickbox", "form", "chain"])
def test_the_head_needs_nobodys_yes(lived, permission):
    world = copied(lived.world)
    set_policy(world, Policy().changed("market.permission", permission))
    head = world.staff[int(world.units["manager"][0])]
    report = world.staff[int(world.seats["holder"][1])]
    request = Request.rows(1)[0]
    is_made(request, head, 0, world.needs[0], world.now)
    assert request.stage == PERMITTED
    is_made(request, report, 1, world.needs[0], world.now)
    assert request.stage != PERMITTED


def test_requests_say_who_asks_since_when_and_when_they_are_over():
    organization = an_organization(months=8)
    requests = organization.requests
    assert len(requests) == (organization.world.requests["stage"] != FREE).sum()
    assert all(r.asker.request == r.row and 0 <= r.months <= 4 for r in requests)
    for _ in range(5):
        organization.step()
    over = [r for r in requests if r.key not in {other.key for other in organization.requests}]
    assert over
    with pytest.raises(ElbowroomError, match="answered, has expired or was overtaken"):
        _ = over[0].months


def test_leadership_may_speak_up_at_any_time():
    organization = an_organization(months=6)
    leadership = organization.leadership
    assert isinstance(leadership, Leadership)
    before = leadership.signal
    heard = organization.world.units["heard"].mean()
    assert leadership.renews() == leadership.signal > before
    organization.step()
    assert organization.world.units["heard"].mean() > heard


# The graph


@pytest.fixture(scope="module")
def full():
    """An organization in which every post is held."""
    return an_organization(months=3, switches=Switches(turnover=False))


def test_the_graph_is_of_everybody_here(lived):
    graph = lived.graph
    assert set(graph) == {person.unique_id for person in lived.agents}
    assert graph.graph["month"] == 8
    for person in lived.agents:
        node = graph.nodes[person.unique_id]
        assert node["stress"] == person.stress
        assert node["depth"] == person.own_unit.depth
        assert all(np.isscalar(value) for value in node.values())


def test_departments_in_the_graph_are_those_of_the_plan():
    """Whoever heads a department belongs to it, not to the one above."""
    roster = generate(80, 4)
    graph = Organization(SMALL, switches=Switches(turnover=False), roster=roster).graph
    told = {number: graph.nodes[number]["department"] for number in roster.number.tolist()}
    assert told == dict(zip(roster.number.tolist(), roster.department.tolist(), strict=True))


def test_ties_have_two_ends_and_one_edge(lived):
    graph, staff = lived.graph, lived.world.staff
    ties = {n: set() for n in graph}
    for a, b, kind in graph.edges(data="kind"):
        if kind != "reports":
            ties[a].add(b)
            ties[b].add(a)
    for person in lived.agents:
        held = person.ties[person.ties != NONE]
        assert ties[person.unique_id] == set(staff["person"][held].tolist())
        for other in held:
            slot, back = np.flatnonzero(person.ties == other)[0], np.flatnonzero(staff["ties"][other] == person.row)
            assert len(back) == 1
            edge = graph.edges[person.unique_id, int(staff["person"][other])]
            assert edge["strength"] == person.strengths[slot] == staff["strengths"][other, back[0]]


def test_kinds_of_ties_say_where_they_lead(lived):
    graph = lived.graph
    seen = set()
    for a, b, kind in graph.edges(data="kind"):
        one, other = graph.nodes[a], graph.nodes[b]
        together = one["unit"] in (other["unit"], other["leads"]) or other["unit"] == one["leads"]
        same = one["department"] == other["department"]
        assert kind == "reports" or kind == ("team" if together else "department" if same else "across")
        seen.add(kind)
    assert seen >= {"team", "department", "across"}


def test_reports_make_a_tree_under_the_head(full):
    graph = full.graph
    tree = nx.Graph((a, b) for a, b, reports in graph.edges(data="reports") if reports)
    assert set(tree) == set(graph)
    assert nx.is_tree(tree)
    head = next(person for person in full.agents if person.manager is person)
    depth = nx.shortest_path_length(tree, head.unique_id)
    for person in full.agents:
        if person is not head:
            assert tree.has_edge(person.unique_id, person.manager.unique_id)
            assert depth[person.unique_id] == person.own_unit.depth + 1


def test_a_graph_can_be_written(full, tmp_path):
    nx.write_graphml(full.graph, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml")
    assert read.number_of_edges() == full.graph.number_of_edges()


# Mesa's own names


def test_no_attribute_is_one_that_mesa_owns():
    """Newer versions of Mesa bind these names on every model."""
    own = set(vars(Organization)) | (set(vars(an_organization())) - set(vars(mesa.Model(rng=1))))
    assert {"month", "world"} <= own
    assert not own & {"scenario", "time", "rng", "random", "steps", "running"}


def test_mesas_random_streams_do_not_touch_the_draws():
    one, other = an_organization(), an_organization()
    one.random.random()
    one.rng.random()
    list(one.agents.shuffle())
    one.step()
    other.step()
    assert same(one.world, other.world)


# What people type by mistake


def test_an_organization_has_no_last_month():
    with pytest.raises(ElbowroomError, match="no last month"):
        an_organization().run_model()


@pytest.mark.parametrize("rng", ["7", 7.5, -1, True, None])
def test_a_seed_is_a_whole_number(rng):
    with pytest.raises(SettingsError, match="whole number"):
        Organization(SMALL, rng=rng)


def test_levers_may_be_set_by_nested_dictionaries_and_faults_are_told_at_once():
    organization = Organization(SMALL, {"market": {"time_cap": 0.1}}, rng=1)
    assert organization.policy == Policy().changed("market.time_cap", 0.1)
    for wrong in ({"market": {"time_capp": 0.1}}, 3, ["open_opps"]):
        with pytest.raises(SettingsError, match=r"policy"):
            Organization(SMALL, wrong, rng=1)


def test_an_unknown_group_is_answered_with_those_there_are():
    with pytest.raises(SettingsError, match="cohort"):
        an_organization(months=1).measures("participation")
