"""Laws of the internal labour market: levers on vacancies, what draws people to them, and what managers say."""

from sim.laws.law import adding, raising

MOVES = [
    raising("market.open", False, True).raises("turned_down", "overloaded").lowers("delivery"),
    raising("vacancies.posted", 0.0, 1.0).raises("internal_fills", "turned_down").when(vacancies_internal_first=3),
    raising("vacancies.internal_first", 0, 4).raises("internal_fills", "chain_length", "vacancy")
    .lowers("cost_per_fill"),
    raising("vacancies.interview_all", False, True).raises("interviewed").lowers("quits"),
    raising("vacancies.min_time_in_role", 0, 24).lowers("mobility"),
    raising("managers.release_within", 0, 6).raises("vacancy_months", "blocked", "held", "delivery")
    .lowers("mobility"),
    raising("managers.export_reward", 0.0, 1.0).raises("back_panel", "mobility", "internal_fills"),
    raising("development.pathways", 0.0, 1.0).raises("applications_beyond"),
    raising("leadership.signal", 0.0, 0.8).raises("back_panel").between(0, 12),
    raising("leadership.target_emphasis", 0.0, 1.0).lowers("back_panel"),
    raising("behaviour.people.hoarding", 0.3, 0.7).raises("hoarding_of_moves")
    .lowers("internal_fills", "move_asks").weakly(4),
    raising("behaviour.people.release", 0.15, 0.45).raises("back_panel", "move_asks", "mobility"),
    raising("behaviour.backing.habit", -2.0, 0.0).raises("back_panel", "mobility"),
    raising("behaviour.backing.away", -6.0, 0.0).raises("back_panel"),
    raising("behaviour.backing.experience", 0.0, 1.0).raises("back_panel"),
    raising("behaviour.filling.veto", 0.0, 1.0).raises("vetoed").lowers("mobility"),
    raising("behaviour.filling.lapse", 0.0, 0.3).raises("blocked"),
    raising("behaviour.filling.reservation", -0.5, 0.5).raises("chosen_fit").lowers("internal_fills"),
    raising("behaviour.filling.covered", 0.0, 0.5).lowers("load"),
    raising("behaviour.filling.cool", 0.0, 1.0).raises("quits", "turned_down"),
    raising("behaviour.applying.fit", 0.5, 3.0).raises("applications"),
    raising("behaviour.applying.push", 0.0, 1.0).raises("lateral"),
    raising("behaviour.applying.pay", 0.0, 1.0).raises("upward"),
    raising("behaviour.applying.grade", 0.0, 1.5).raises("upward"),
    raising("behaviour.applying.distance", -2.0, 0.0).raises("applications_beyond"),
    raising("behaviour.applying.trust", 0.0, 1.0).raises("applications", "slotting_success").weakly(4),
    raising("behaviour.applying.renown", 0.0, 1.0).raises("applications"),
    raising("behaviour.applying.desire", 1.0, 4.0).raises("applications"),
    raising("behaviour.applying.efficacy", 0.0, 2.0).raises("applications"),
    raising("behaviour.applying.release", 0.0, 3.0).raises("applications"),
    raising("behaviour.applying.chances", 0.0, 3.0).raises("applications"),
]

STATES = [
    adding("staff.expected_release", 0.2).raises("applications").between(0, 12),
    adding("staff.chances", 0.2).raises("applications").between(0, 12),
    adding("staff.stress", 0.3).raises("applications").between(0, 12).weakly(4),
    adding("units.release", 0.3).raises("back_panel"),
    adding("units.renown", 0.3).raises("applications").between(0, 12),
]
