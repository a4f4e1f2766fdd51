"""What people, departments and units are called; nobody bears the id of somebody else."""

import pytest
from organizations import an_organization

from sim.errors import ElbowroomError
from sim.people.read import read

FILE = """employee_id,manager_id,department,grade,job_family,fte,tenure_months
ann,,Head office,Director,Policy,1,300
bob,ann,North,Head,Law,1,200
cy,ann,South,Head,Finance,0.5,150
""" + "".join(f"p{i},{'bob' if i % 2 else 'cy'},,Officer,Law,1,{10 * i + 5}\n" for i in range(24))


@pytest.fixture(scope="module")
def lived():
    """Eight months of a busy organization: to be looked at only."""
    return an_organization(months=8)


@pytest.fixture(scope="module")
def roster(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "people.csv"
    path.write_text(FILE)
    return read(path)


def test_people_of_a_file_bear_its_names(roster):
    organization = an_organization(roster=roster)
    assert {person.name for person in organization.agents} == set(roster.ids)
    ann, bob, p3 = (organization.person(name) for name in ("ann", "bob", "p3"))
    assert (bob.manager, p3.manager, p3.department_name, p3.family_name) == (ann, bob, "North", "Law")
    assert (p3.grade_name, p3.tenure, organization.person("cy").fte) == ("Officer", 35, 0.5)
    assert ann.grade < bob.grade < p3.grade
    assert p3.unit_name == organization.person("p5").unit_name == "reports of bob"
    assert repr(p3) == "<Employee p3>"


def test_newcomers_do_not_bear_the_name_of_somebody_from_the_file(roster):
    organization = an_organization(roster=roster)
    named = {person.unique_id: person.name for person in organization.agents}
    organization.run_for(30)
    newcomers = [person for person in organization.agents if person.unique_id not in named]
    assert len(newcomers) > 3
    assert not {person.name for person in newcomers} & set(roster.ids)
    assert all(person.name == named[person.unique_id] for person in organization.agents if person not in newcomers)
    names = [person.name for person in organization.agents]
    assert len(set(names)) == len(names)
    assert all(organization.person(person.name) is person for person in organization.agents)
    gone = next(post for post in roster.ids if post not in names)
    with pytest.raises(ElbowroomError, match=f"'{gone}' has left.* (held by|vacant)"):
        organization.person(gone)


def test_people_of_a_generated_organization_have_short_labels(lived):
    names = [person.name for person in lived.agents]
    assert len(set(names)) == len(names) > 60
    assert max(map(len, names)) <= 6
    assert all(lived.person(person.name) is person for person in lived.agents)
    assert {person.department_name for person in lived.agents} == set(lived.roster.departments)


def test_an_unknown_name_of_a_person_is_answered(roster):
    with pytest.raises(ElbowroomError, match="nobody called 'bop'. Did you mean 'bob'"):
        an_organization(roster=roster).person("bop")
