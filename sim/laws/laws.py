"""Every law with a sign that this version can be tried on. To add one, add a line.

The first list is about levers, the second about what people and organizations are like, the third about single states,
raised at the fork: these say term by term which way the rules of docs/model.md pull.
"""

from sim.laws.law import adding, raising

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
    raising("leadership.committee_every", 0, 6).raises("perceived_signal", "committee_time"),
    raising("leadership.target_emphasis", 0.0, 1.0).raises("delivery").between(0, 12),
    raising("leadership.target_emphasis", 0.0, 1.0).raises("manager_hoarding", "target_pressure", "stress")
    .lowers("approvals"),
    raising("leadership.listening", 0.0, 1.0).raises("expected_support"),
    raising("leadership.listening", 0.0, 0.1).lowers("expected_support"),
    raising("leadership.priority", "none", "gaps").raises("gaps_met"),
    raising("managers.export_reward", 0.0, 1.0).raises("approvals", "hoarding_index").lowers("manager_hoarding"),
    raising("managers.backfill", 0.0, 1.0).raises("approvals", "delivery"),
    raising("managers.backfill", 0.0, 1.0).raises("delivery").among("lending_teams"),
    raising("market.time_cap", 0.1, 0.2).raises("time_away", "skills_beyond").lowers("delivery"),
    raising("market.time_cap", 0.2, 0.4).raises("time_away", "skills_beyond").lowers("delivery"),
    raising("market.time_cap", 0.1, 0.2).lowers("delivery").among("lending_teams"),
    raising("market.released", 0.5, 1.0).lowers("load", "overloaded", "stress"),
    raising("market.released", 0.0, 1.0).lowers("load", "overloaded", "stress")
    .among("everyone", "participants", "lending_teams"),
    raising("market.visibility", 0.25, 0.5).raises("asks", "rejections", "ties_across").lowers("needs_unmet"),
    raising("market.visibility", 0.5, 1.0).raises("asks", "rejections", "ties_across").lowers("needs_unmet"),
    raising("market.tools", 0.5, 1.0).raises("asks", "rejections", "ties_across").lowers("needs_unmet"),
    raising("market.profiles", 0.3, 0.6).raises("asks_outside", "outside_pull"),
    raising("market.profiles", 0.0, 1.0).raises("asks_outside", "outside_pull"),
]

PEOPLE = [
    raising("behaviour.people.strictness", 0.3, 0.7).raises("latent_desire", "interested"),
    raising("behaviour.people.growth_need", 0.4, 0.6).raises("latent_desire", "needs_posted", "asks"),
    raising("behaviour.people.efficacy", 0.4, 0.6).raises("asks"),
    raising("behaviour.people.hoarding", 0.3, 0.7).lowers("hoarding_index"),
]

STATES = [
    adding("staff.efficacy", 0.2).raises("interested").lowers("silence"),
    adding("staff.expected_support", 0.2).lowers("silence", "ticked_unasked", "rationalization"),
    adding("staff.odds", 0.2).lowers("silence"),
    adding("staff.rationalization", 0.2).raises("silence").lowers("expressed_desire"),
    adding("staff.stress", 0.2).raises("silence").lowers("engagement"),
    adding("staff.belonging", 0.2).raises("engagement").lowers("interested"),
    adding("staff.engagement", 1.0).raises("delivery"),
    adding("staff.identity", 0.3).raises("latent_desire", "stress"),
    adding("staff.failures", 0.5).raises("rationalization"),
    adding("staff.conflict", 6).raises("stress"),
    adding("circles.strengths", 0.4).raises("belonging"),
    adding("units.development", 0.15).raises("panel"),
    adding("units.development", 0.15).lowers("load").among("participants"),
    adding("units.development", -0.3).raises("stress").among("participants").when(market_released=0.0),
    adding("units.hoarding", 0.3).lowers("hoarding_index"),
    adding("units.heard", 0.5).raises("panel", "needs_posted").lowers("rationalization"),
    adding("units.heard", 0.5).raises("manager_support").lowers("manager_hoarding").between(0, 12),
    adding("units.experience", 0.5).raises("panel", "manager_support").lowers("manager_hoarding"),
    adding("units.pressure", 0.5).raises("manager_hoarding").lowers("panel", "manager_support"),
    adding("units.denied", 1.0).raises("panel"),
    adding("units.burdened", 0.3).lowers("panel"),
    adding("units.peers", 0.3).raises("interested").lowers("silence", "rationalization"),
    adding("units.strictness", 0.3).raises("rationalization").when(market_open=False).between(0, 3),
]

LAWS = [*LEVERS, *PEOPLE, *STATES]
