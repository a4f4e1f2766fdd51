"""Measures of people: sums over a group of people by the people in it."""

from typing import Any

from sim.measures.measure import measure

Pair = tuple[Any, Any]


@measure("people on a project", "share of people", by_group=True)
def participation(people: Any, flow: Any) -> Pair:
    """People on at least one project during the month, by people in post."""
    return people.on_project, people.heads


@measure("time given to projects", "share of contracted time", by_group=True)
def time_away(people: Any, flow: Any) -> Pair:
    """Time given to projects in FTE, by contracted time in FTE."""
    return people.away, people.contracted


@measure("latent wish for new work", "0-1", by_group=True)
def latent_desire(people: Any, flow: Any) -> Pair:
    """Latent desire, mean over people."""
    return people.latent, people.heads


@measure("expressed wish for new work", "0-1", by_group=True, better=1)
def expressed_desire(people: Any, flow: Any) -> Pair:
    """Latent desire times what rationalization leaves of it, mean over people: what a survey hears."""
    return people.expressed, people.heads


@measure("wish talked away (rationalization)", "share", by_group=True, better=-1)
def rationalization(people: Any, flow: Any) -> Pair:
    """Share of the latent wish that people have talked themselves out of, mean over people."""
    return people.rationalization, people.heads


@measure("involuntary stayers", "share of people", by_group=True, better=-1)
def involuntary_stayers(people: Any, flow: Any) -> Pair:
    """People with 60 months or more in post and a latent desire of .3 or more, by people in post."""
    return people.stayers, people.heads


@measure("the resigned among them", "share of people", by_group=True, better=-1)
def resigned_stayers(people: Any, flow: Any) -> Pair:
    """Involuntary stayers with a rationalization of .5 or more, by people in post."""
    return people.resigned, people.heads


@measure("long in post and wishing to move, as a survey sees it", "share of people", by_group=True)
def surveyed_stayers(people: Any, flow: Any) -> Pair:
    """People with 60 months or more in post and an expressed desire of .3 or more, by people in post."""
    return people.surveyed, people.heads


@measure("stress", "0-1", by_group=True, better=-1)
def stress(people: Any, flow: Any) -> Pair:
    """Stress, mean over people."""
    return people.stress, people.heads


@measure("load", "share of contracted time", by_group=True, better=-1)
def load(people: Any, flow: Any) -> Pair:
    """Core work and projects that fall to somebody, as a share of contracted time, mean over people."""
    return people.load, people.heads


@measure("time worked in the job", "share of contracted time", by_group=True)
def core_time(people: Any, flow: Any) -> Pair:
    """Time worked in the job, handing over included, as a share of contracted time, mean over people."""
    return people.core_done, people.heads


@measure("time worked on projects", "share of contracted time", by_group=True)
def project_time(people: Any, flow: Any) -> Pair:
    """Time worked on projects and on looking after postings, as a share of contracted time, mean over people."""
    return people.project_done, people.heads


@measure("overloaded people", "share of people", by_group=True, better=-1)
def overloaded(people: Any, flow: Any) -> Pair:
    """People with more work than fits into full time and overtime, by people in post."""
    return people.overloaded, people.heads


@measure("belonging", "0-1", by_group=True, better=1)
def belonging(people: Any, flow: Any) -> Pair:
    """Sense of belonging, mean over people."""
    return people.belonging, people.heads


@measure("engagement", "SD", by_group=True, better=1)
def engagement(people: Any, flow: Any) -> Pair:
    """Engagement in the model's fixed units, mean over people."""
    return people.engagement, people.heads


@measure("self-efficacy", "0-1", by_group=True, better=1)
def efficacy(people: Any, flow: Any) -> Pair:
    """Self-efficacy, mean over people."""
    return people.efficacy, people.heads


@measure("support expected of the manager", "0-1", by_group=True, better=1)
def expected_support(people: Any, flow: Any) -> Pair:
    """Support for development that people expect of their manager, mean over people."""
    return people.support, people.heads


@measure("odds expected of posters", "0-1", by_group=True)
def expected_odds(people: Any, flow: Any) -> Pair:
    """Chance of being chosen that people expect, mean over people."""
    return people.odds, people.heads


@measure("team delivery", "standard workers per person", by_group=True, better=1)
def delivery(people: Any, flow: Any) -> Pair:
    """Core work delivered, by contracted time: 1 is what a settled worker of usual competence delivers full time."""
    return people.output, people.contracted


@measure("competence in the role", "SD", by_group=True, better=1)
def competence(people: Any, flow: Any) -> Pair:
    """Mean proficiency in the job's skills, around what is usual in the job, mean over people."""
    return people.competence, people.heads


@measure("skills beyond the job", "SD", by_group=True, better=1)
def skills_beyond(people: Any, flow: Any) -> Pair:
    """Proficiency above the resting level in skills that the job does not use, summed over skills, mean over people."""
    return people.beyond, people.heads


@measure("hidden talent", "SD", by_group=True, better=-1)
def hidden_talent(people: Any, flow: Any) -> Pair:
    """Skill above what others suppose, as far as it is not shown, summed over skills, mean over people."""
    return people.hidden, people.heads


@measure("pull of the labour market", "SD", by_group=True)
def outside_pull(people: Any, flow: Any) -> Pair:
    """Skill shown beyond the job, above what others suppose, and a second identity that is published, times the heat of
    the labour market, mean over people: what another employer sees, which makes people likelier to quit.
    """
    return people.outside_pull, people.heads


@measure("ties", "ties per person", by_group=True)
def ties(people: Any, flow: Any) -> Pair:
    """Ties held, mean over people."""
    return people.ties, people.heads


@measure("ties across departments", "ties per person", by_group=True, better=1)
def ties_across(people: Any, flow: Any) -> Pair:
    """Ties to people of other departments, those in the own team left out, mean over people."""
    return people.ties_across, people.heads


@measure("E-I index", "-1 to 1", by_group=True)
def ei_index(people: Any, flow: Any) -> Pair:
    """Ties to other departments minus ties inside the own department or team, by all ties (Krackhardt, Stern 1988)."""
    return people.ties_across - people.ties_inside, people.ties


@measure("people quitting", "share a year", by_group=True)
def quits(people: Any, flow: Any) -> Pair:
    """People who quit, by time in post."""
    return people.quits * 12.0, people.heads


@measure("people retiring", "share a year", by_group=True)
def retirements(people: Any, flow: Any) -> Pair:
    """People who retired, by time in post. (By age alone: no policy makes anybody retire.)"""
    return people.retired * 12.0, people.heads


@measure("age", "years", by_group=True)
def age(people: Any, flow: Any) -> Pair:
    """Age, mean over people."""
    return people.age / 12.0, people.heads
