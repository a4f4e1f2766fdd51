"""Laws of development: training, what is served first, rotation."""

from sim.laws.law import raising

DEVELOPMENT = [
    raising("development.upskilling", 0.0, 0.05)
    .raises("gap_coverage", "training_time", "skills_beyond", "outside_pull")
    .lowers("hidden_talent"),
    raising("development.upskilling", 0.0, 0.05).lowers("delivery").between(0, 12),
    raising("development.upskilling", 0.0, 0.05).lowers("delivery").between(0, 12).fading(48, 60),
    raising("development.upskilling", 0.0, 0.05).raises("competence").between(48, 60),
    raising("leadership.priority", "none", "gaps").raises("gap_coverage").when(development_upskilling=0.05),
    raising("leadership.priority", "none", "gaps").raises("perceived_signal").when(leadership_committee_every=3),
    raising("leadership.priority", "none", "vacancies").raises("short_coverage").when(vacancies_internal_first=4),
    raising("vacancies.rotation_every", 60, 12).raises("rotations", "mobility", "ties_across")
    .lowers("competence", "delivery", "latent_desire"),
    raising("behaviour.training.level", 0.5, 1.5).raises("gap_coverage", "skills_beyond"),
    raising("behaviour.training.certificate", 8.0, 160.0).raises("hidden_talent").lowers("gap_coverage"),
    raising("behaviour.training.shown", 0.5, 0.95).raises("gap_coverage").lowers("hidden_talent").weakly(4),
    raising("behaviour.training.validity", 12.0, 60.0).raises("gap_coverage").lowers("hidden_talent"),
    raising("behaviour.training.first", 1.0, 4.0).raises("gap_coverage")
    .when(leadership_priority="gaps", development_upskilling=0.05),
]
