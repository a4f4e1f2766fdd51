"""Every law with a sign that this version can be tried on. To add one, add a line.

The first list is about levers, the second about what people and organizations are like, the third about how much they
heed one thing, the last about single states, raised at the fork. The last two say term by term which way the rules of
docs/model.md pull.
"""

from sim.laws import vacancies
from sim.laws.development import DEVELOPMENT
from sim.laws.law import adding, raising

# many quit, as in private firms: among the few of a government an effect of some percent drowns
RESTLESS = {"behaviour.leaving.early": 0.05, "behaviour.leaving.middle": 0.03, "behaviour.leaving.late": 0.02}
TAPE = (("tickbox", "form"), ("form", "chain"))

LEVERS = [
    *(raising("market.permission", *step).raises("latency", "silence").lowers("participation") for step in TAPE),
    *(raising("market.permission", *step).raises("rationalization").lowers("expressed_desire")
      .among("cohort").between(59, 60) for step in TAPE),
    raising("market.permission", "chain", "tickbox").from_month(60).raises("expressed_desire")
    .among("cohort").between(65, 66),
    raising("market.permission", "chain", "tickbox").from_month(60).than_at_once().lowers("expressed_desire")
    .among("cohort").between(65, 66),
    raising("leadership.signal", 0.0, 0.8).raises("panel", "approvals").between(0, 12),
    raising("leadership.signal", 0.0, 0.8).raises("panel", "approvals").when(leadership_committee_every=6),
    raising("leadership.signal", 0.0, 0.8).raises("perceived_signal", "panel").between(0, 12).fading(12, 24),
    raising("leadership.signal", 0.0, 0.8).raises("perceived_signal", "panel").between(0, 12)
    .growing_with("behaviour.signalling.credibility", 0.5, 0.9),
    raising("leadership.signal", 0.0, 0.8).raises("perceived_signal", "panel").between(0, 12)
    .growing_with("behaviour.signalling.cascade", 0.6, 1.0),
    raising("leadership.signal", 0.0, 0.8).lowers("quits").between(0, 9).when(RESTLESS),
    raising("leadership.signal", 0.0, 0.8).lowers("quits").between(0, 9).fading(12, 24)
    .when({**RESTLESS, "behaviour.leaving.support": -0.5, "behaviour.signalling.half_life": 3.0}),
    raising("leadership.committee_every", 0, 6).raises("perceived_signal", "committee_time"),
    raising("leadership.target_emphasis", 0.0, 1.0).raises("delivery").between(0, 12),
    raising("leadership.target_emphasis", 0.0, 1.0).raises("manager_hoarding", "target_pressure", "stress", "quits")
    .lowers("approvals"),
    raising("leadership.listening", 0.0, 1.0).raises("expected_support"),
    raising("leadership.listening", 0.0, 0.1).lowers("expected_support"),
    raising("leadership.priority", "none", "gaps").raises("gaps_met"),
    raising("managers.export_reward", 0.0, 1.0).raises("approvals", "hoarding_index").lowers("manager_hoarding"),
    raising("managers.export_reward", 0.0, 1.0).raises("manager_release"),
    raising("managers.export_reward", 0.0, 1.0).lowers("manager_hoarding")
    .growing_with("behaviour.culture.fellows", 0.0, 3.0),
    raising("managers.backfill", 0.0, 1.0).raises("approvals", "delivery"),
    raising("managers.backfill", 0.0, 1.0).raises("delivery").among("lending_teams"),
    raising("market.time_cap", 0.1, 0.2).raises("time_away", "skills_beyond").lowers("delivery"),
    raising("market.time_cap", 0.2, 0.4).raises("time_away", "skills_beyond").lowers("delivery"),
    raising("market.time_cap", 0.1, 0.2).lowers("delivery").among("lending_teams"),
    raising("market.time_cap", 0.1, 0.4).lowers("panel")
    .when({"behaviour.permitting.experience": 0.0, "behaviour.culture.experience": 0.0,
           "behaviour.permitting.complaint": 0.0}),
    raising("market.released", 0.5, 1.0).lowers("load", "overloaded", "stress"),
    raising("market.released", 0.0, 1.0).lowers("load", "overloaded", "stress")
    .among("everyone", "participants", "lending_teams"),
    raising("market.visibility", 0.25, 0.5).raises("asks", "rejections", "ties_across").lowers("needs_unmet"),
    raising("market.visibility", 0.5, 1.0).raises("asks", "rejections", "ties_across").lowers("needs_unmet"),
    raising("market.visibility", 0.25, 1.0).raises("quality"),
    raising("market.tools", 0.5, 1.0).raises("asks", "rejections", "ties_across").lowers("needs_unmet"),
    raising("market.matching", "poster_choice", "central").raises("fit_shown", "fit_true")
    .lowers("first_choices", "liked"),
    raising("market.matching", "poster_choice", "deferred_acceptance").lowers("first_choices", "rejections"),
    raising("market.profiles", 0.3, 0.6).raises("asks_outside", "outside_pull"),
    raising("market.profiles", 0.0, 1.0).raises("asks_outside", "outside_pull"),
    raising("market.profiles", 0.0, 1.0).raises("quits").when({"behaviour.leaving.outside": 0.3}),
    raising("market.open", False, True).raises("by_volunteers").between(0, 24).when({"scenario.demand.share": 0.1}),
]

PEOPLE = [
    raising("behaviour.people.strictness", 0.3, 0.7).raises("latent_desire", "interested"),
    raising("behaviour.people.growth_need", 0.4, 0.6).raises("latent_desire", "needs_posted", "asks"),
    raising("behaviour.people.efficacy", 0.4, 0.6).raises("asks"),
    raising("behaviour.people.hoarding", 0.3, 0.7).lowers("hoarding_index"),
    raising("behaviour.permitting.habit", -1.0, 1.0).raises("approvals", "expected_support", "efficacy"),
    raising("behaviour.filling.outside_months", 2.0, 6.0).raises("load"),
    raising("behaviour.people.age", 32.0, 42.0).raises("age", "retirements"),
    raising("behaviour.desiring.identity_growth", 0.0, 0.3).raises("latent_desire", "stress", "asks_outside"),
    raising("behaviour.working.tie_across", 6.0, 24.0).raises("ties_across", "belonging"),
    raising("behaviour.working.gain", 0.3, 0.6).raises("skills_beyond", "engagement"),
    raising("behaviour.working.tie_gain", 0.05, 0.3).raises("belonging"),
]

HABITS = [
    raising("behaviour.noticing.stretch", 0.0, 1.5).raises("skills_beyond"),
    raising("behaviour.noticing.load", -2.0, 0.0).raises("asks"),
    raising("behaviour.asking.load", -2.0, 0.0).lowers("silence_strain"),
    raising("behaviour.noticing.focus", 0.0, 2.0).lowers("asks_outside"),
    raising("behaviour.noticing.tie", 0.0, 1.0).raises("interested"),
    raising("behaviour.noticing.identity", 0.0, 1.0).raises("asks_outside")
    .when({"behaviour.desiring.identity_growth": 0.3}),
    raising("behaviour.noticing.browsing", 0.1, 1.0).raises("asks_outside"),
    raising("behaviour.matching.offer_interest", 0.0, 2.0).raises("liked").when(market_matching="central"),
    raising("behaviour.matching.drafted", 0.0, 0.5).lowers("engagement").among("participants")
    .when(market_matching="central"),
    raising("behaviour.permitting.informal_support", 0.0, 4.0).lowers("ticked_unasked"),
    raising("behaviour.permitting.away", -6.0, 0.0).raises("panel"),
    raising("behaviour.permitting.complaint", 0.0, 0.5).raises("panel"),
    raising("behaviour.permitting.above_lean", 0.0, 2.0).raises("approvals").when(market_permission="chain"),
    raising("behaviour.permitting.delay_form", 0.5, 2.0).raises("latency").when(market_permission="form"),
    raising("behaviour.permitting.delay_approver", 0.5, 2.0).raises("latency").when(market_permission="chain"),
    raising("behaviour.desiring.rejection_weight", 0.0, 1.0).raises("rationalization"),
    raising("behaviour.straining.efficacy_rejection", 0.0, 1.0).lowers("efficacy"),
    raising("behaviour.straining.efficacy_denial", 0.0, 0.3).lowers("efficacy"),
    raising("behaviour.straining.role_conflict", 0.0, 0.6).raises("stress").among("participants"),
    raising("behaviour.straining.sceptics", 0.0, 0.3).raises("stress").among("participants"),
    raising("behaviour.learning.refusal", 1.0, 3.0).lowers("expected_support"),
    raising("behaviour.learning.seen", 0.0, 0.2).raises("expected_support").when({"behaviour.permitting.habit": 2.0}),
    raising("behaviour.leaving.heat", 0.0, 2.0).raises("quits").when(market_profiles=1.0),
    raising("behaviour.leaving.thwarted", 0.0, 1.0).raises("quits"),
    raising("behaviour.leaving.rejected", 0.0, 0.92).raises("quits"),
    raising("behaviour.leaving.support", -0.5, 0.0).raises("quits")
    .when({**RESTLESS, "leadership.signal": 0.8, "leadership.committee_every": 6}),
    raising("behaviour.leaving.honeymoon", -0.8, 0.0).raises("quits")
    .when({**RESTLESS, "behaviour.leaving.honeymoon_months": 12.0}),
    raising("behaviour.leaving.outsider", 0.0, 0.4).raises("quits"),
    raising("behaviour.posting.effort", 0.0, 0.1).raises("load"),
    raising("behaviour.working.release_floor", 0.0, 0.8).lowers("load"),
    raising("behaviour.working.release_support", 0.0, 1.0).lowers("load"),
    raising("behaviour.working.handover", 0.0, 0.3).lowers("delivery").among("lending_teams"),
    raising("behaviour.culture.learned", 20.0, 120.0).raises("lending_experience"),
    raising("behaviour.culture.missed", 10.0, 40.0).lowers("lending_experience"),
]

STATES = [
    adding("staff.efficacy", 0.2).raises("interested").lowers("silence"),
    adding("staff.expected_support", 0.2).lowers("silence", "ticked_unasked", "rationalization"),
    adding("staff.odds", 0.2).lowers("silence"),
    adding("staff.rationalization", 0.2).raises("silence").lowers("expressed_desire"),
    adding("staff.stress", 0.2).raises("silence").lowers("engagement"),
    adding("staff.stress", 0.4).raises("quits").when(RESTLESS),
    adding("staff.belonging", 0.2).raises("engagement").lowers("interested"),
    adding("staff.skills", 0.5).raises("delivery", "engagement"),
    adding("staff.engagement", 1.0).raises("delivery"),
    adding("staff.engagement", 1.0).lowers("quits").when(RESTLESS),
    adding("staff.rejected", 1.0).raises("quits"),
    adding("staff.identity", 0.3).raises("latent_desire", "stress"),
    adding("staff.failures", 0.5).raises("rationalization"),
    adding("staff.conflict", 6).raises("stress"),
    adding("circles.strengths", 0.4).raises("belonging"),
    adding("units.development", 0.15).raises("panel"),
    adding("units.development", 0.15).lowers("load").among("participants"),
    adding("units.development", -0.3).raises("stress").among("participants").when(market_released=0.0),
    adding("units.hoarding", 0.3).lowers("hoarding_index"),
    adding("units.heard", 0.5).raises("panel", "needs_posted").lowers("rationalization"),
    adding("units.heard", 0.5).raises("needs_posted").when(market_permission="none"),
    adding("units.heard", 0.5).raises("expected_support").when(market_open=False),
    adding("units.heard", 0.5).raises("manager_support", "manager_release").lowers("manager_hoarding").between(0, 12),
    adding("units.experience", 0.5).raises("panel", "manager_support", "manager_release").lowers("manager_hoarding"),
    adding("units.pressure", 0.5).raises("manager_hoarding").lowers("panel", "manager_support", "manager_release"),
    adding("units.target", 0.1).raises("target_pressure"),
    adding("units.denied", 1.0).raises("panel"),
    adding("units.burdened", 0.3).lowers("panel"),
    adding("units.peers", 0.3).raises("interested").lowers("silence", "rationalization"),
    adding("units.strictness", 0.3).raises("rationalization").when(market_open=False).between(0, 3),
]

LAWS = [*LEVERS, *PEOPLE, *HABITS, *STATES, *vacancies.MOVES, *vacancies.STATES, *DEVELOPMENT]
