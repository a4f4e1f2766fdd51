"""The report of the main job: its numbers are those of the effects, its words follow them, its figures fit a slide."""

import itertools
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from sim.errors import SettingsError
from sim.reporting import cap
from sim.reporting.balance import LEFT_OUT
from sim.reporting.findings import Arm, Findings
from sim.reporting.sentences import headline, notes, sentences
from sim.reporting.style import look, save, style
from sim.reporting.tables import NOT_TOLD, cell, compared, stays_clear, table
from sim.settings.study import CapStudy
from sim.studies.estimates import Estimate, effect, estimate
from sim.studies.wording import ALL, GIVES, GROUPS, scaled, size, with_interval, wording

N = 6
CAPS = (0.0, 0.1, 0.2, 0.4)
SIGNALS = {
    "sustained": {"signal": 0.8, "committee_every": 6},
    "quiet": {"signal": 0.0, "committee_every": 0},
    "one launch": {"signal": 0.8, "committee_every": 0},
}
NIL_WHEN_CLOSED = (
    "participation", "needs_met", "skills_beyond", "light", "innovations", "time_away", "rejections", "outside_pull",
    "worth",
)
MOVED = {"expressed_desire": 0.2, "resigned_stayers": -0.3, "ties_across": 0.5, "delivery": -0.04, "overloaded": 0.05,
         "belonging": 0.1, "target_pressure": 0.03, "manager_hoarding": -0.02}
WORTH, WORK = 1.0, -2.0  # for a dose of 1: needs met are worth half of what teams deliver less
REASONS = ("rationalized", "refusal", "rejection", "tape", "strain", "anyway")
UNMOVED = ("stress", "expected_support")  # noise alone, so that most of their effects cannot be told apart


def a_frame(n: int = N, setups: tuple[str, ...] = ("default", "lively")) -> pd.DataFrame:
    """A frame as the study makes it, with effects that are known."""
    draw = np.random.default_rng(7)
    rows = []
    for setup, replicate in itertools.product(setups, range(n)):
        own = draw.normal(0, 0.01)
        for permission, said, share in itertools.product(("tickbox", "form"), SIGNALS, CAPS):
            dose = share * (3 if setup == "lively" else 1) * (1 if permission == "tickbox" else 0.6)
            labels = {"setup": setup, "replicate": replicate, "permission": permission, "leadership": said,
                      "cap": share}
            values = {name: 0.4 + own + by * dose + draw.normal(0, 1e-4) for name, by in MOVED.items()}
            values |= {name: abs(dose + draw.normal(0, 0.001)) if share else 0.0 for name in NIL_WHEN_CLOSED}
            values |= {name: 0.3 + own + draw.normal(0, 0.01) for name in UNMOVED}
            values["silence"] = 0.9 - 0.1 * (permission == "tickbox") + draw.normal(0, 1e-3) if share else np.nan
            values["worth"], values["core_work"] = WORTH * dose, 1200 + own + WORK * dose + draw.normal(0, 1e-3)
            values |= {"work_and_worth": values["worth"] + values["core_work"], "lending": 0.5 if share else 0.0}
            values |= {f"silence_{name}": 0.1 * i if share else np.nan for i, name in enumerate(REASONS, 1)}
            rows.append({**labels, "group": "everyone", "window": "all", **values})
            junk = dict.fromkeys(values, 99.0)
            rows.append({**labels, "group": "everyone", "window": "year 1", **junk})
            rows.append({**labels, "group": "lending_teams", "window": "all", **junk})
    return pd.DataFrame(rows)


def study(**changes: object) -> CapStudy:
    return CapStudy(**{"replicates": N, "caps": CAPS, "signals": SIGNALS, **changes})


@pytest.fixture(scope="module")
def findings() -> Findings:
    return Findings(a_frame(), study(), size=1000)


@pytest.fixture(scope="module")
def figures(findings: Findings) -> dict[str, Figure]:
    return cap.figures(findings)


def everyone(findings: Findings, setup: str) -> pd.DataFrame:
    frame = findings.frame
    return frame[(frame.setup == setup) & (frame.group == "everyone") & (frame.window == "all")]


def first_number(text: str) -> float:
    found = re.search(r"[+−]?[\d,]*\.?\d+", text)
    assert found, text
    return float(found.group().replace("−", "-").replace(",", ""))


def lines(findings: Findings, setup: str) -> list:
    return [line for _, group in table(findings, setup).groups for line in group]


# Numbers


@pytest.mark.parametrize("setup", ["default", "lively"])
def test_cells_are_the_paired_effects(findings: Findings, setup: str) -> None:
    frame, arms = everyone(findings, setup), table(findings, setup).arms
    seen = 0
    for line in lines(findings, setup):
        if line.words.measure == "silence":
            continue
        for arm, shown in zip(arms, line.cells, strict=True):
            found = effect(frame, line.words.measure, arm.labels(), {**arm.labels(), "cap": 0.0})
            found = scaled(found, line.words.scale)
            if found.is_clear:
                assert first_number(shown.text) == pytest.approx(found.mean, rel=6e-3, abs=1e-9), (line, arm)
                half = first_number(shown.text.split("±")[1])
                assert half == pytest.approx((found.high - found.low) / 2, rel=0.34)
                seen += 1
    assert seen > 30


@pytest.mark.parametrize("setup", ["default", "lively"])
def test_not_told_apart_exactly_where_the_interval_includes_0(findings: Findings, setup: str) -> None:
    frame, arms, said = everyone(findings, setup), table(findings, setup).arms, []
    for line in lines(findings, setup):
        if findings.has_effect(setup, line.words.measure):
            for arm, shown in zip(arms, line.cells, strict=True):
                found = effect(frame, line.words.measure, arm.labels(), {**arm.labels(), "cap": 0.0})
                includes = found.low <= 0 <= found.high
                assert (NOT_TOLD in shown.text) == shown.is_unclear == includes, (line.words.measure, arm)
                said.append(includes)
    assert any(said)
    assert not all(said)


def test_cell_says_how_many_there_were_when_some_are_missing() -> None:
    found = Estimate(2.0, 1.0, 3.0, 4)
    assert "n = 4" in cell(found, 5).text
    assert "n =" not in cell(found, 4).text
    assert cell(Estimate(np.nan, np.nan, np.nan, 0), 4).is_unclear


def test_silence_is_a_level_since_a_closed_market_has_none(findings: Findings) -> None:
    (line,) = (line for line in lines(findings, "default") if line.words.measure == "silence")
    frame = everyone(findings, "default")
    for arm, shown in zip(table(findings, "default").arms, line.cells, strict=True):
        rows = frame[(frame.permission == arm.permission) & (frame.leadership == arm.leadership) & (frame.cap == 0.2)]
        assert first_number(shown.text) == pytest.approx(100 * rows.silence.mean(), rel=5e-3)
        assert not shown.text.startswith("+")
    assert line.closed == "–"


def test_what_is_0_when_closed_is_no_comparison(findings: Findings) -> None:
    shown = {line.words.measure: line.closed for line in lines(findings, "default")}
    assert {name for name, closed in shown.items() if closed == "none"} == set(NIL_WHEN_CLOSED)
    could_go_either_way = len(MOVED) + len(UNMOVED) + len(("core_work", "work_and_worth"))
    assert len(list(compared(findings))) == could_go_either_way * len(findings.told_arms) * len(findings.setups)


def test_adjusting_for_many_comparisons_widens_the_interval() -> None:
    draw = np.random.default_rng(3)
    verdicts = []
    for shift in np.linspace(0, 2, 40):
        values = draw.normal(shift, 1, 8)
        found, wider = estimate(values), estimate(values, 1 - 0.05 / 20)
        assert stays_clear(found, 1) == found.is_clear
        assert stays_clear(found, 20) == wider.is_clear
        verdicts.append((found.is_clear, wider.is_clear))
    assert {(True, True), (True, False), (False, False)} <= set(verdicts)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Estimate(-0.6, -0.8, -0.4, 16), "−0.60 points (−0.80 to −0.40)"),
        (Estimate(25.87, 24.8, 26.94, 16), "+25.9 points (+24.8 to +26.9)"),
        (Estimate(1027.3, 1026.9, 1027.7, 9), "+1,027.3 points (+1,026.9 to +1,027.7)"),
        (Estimate(0.00598, 0.00529, 0.00667, 9), "+0.00598 points (+0.00529 to +0.00667)"),
        (Estimate(0.0, 0.0, 0.0, 9), "0 points (0 to 0)"),
        (Estimate(3.0, np.nan, np.nan, 1), "+3.00 points (no interval: n = 1)"),
    ],
)
def test_numbers_as_people_read_them(found: Estimate, text: str) -> None:
    assert with_interval(found, unit="points") == text


# Words


def test_sentences_carry_the_paired_difference_of_permissions(findings: Findings) -> None:
    frame = everyone(findings, "lively")
    found = effect(frame, "participation", Arm("form", "quiet", 0.2).labels(), Arm("tickbox", "quiet", 0.2).labels())
    told = with_interval(scaled(found, 100), unit="percentage points")
    (sentence,) = (one for one in sentences(findings, "lively") if one.startswith("A form instead of a tick box"))
    assert f"people on a project {told}" in sentence
    other = Findings(findings.frame, study(permissions=("form", "tickbox")), 1000)
    (turned,) = (one for one in sentences(other, "lively") if one.startswith("A tick box instead of a form"))
    opposite = Estimate(-found.mean, -found.high, -found.low, found.n)
    assert f"people on a project {with_interval(scaled(opposite, 100), unit='percentage points')}" in turned


def test_sentences_follow_the_numbers(findings: Findings) -> None:
    """A gain that turns into a loss moves to the costs; nothing is said of what is not told apart but that."""
    said = sentences(findings, "default")
    assert "ties to other departments" in said[0]
    assert "work delivered by teams" in said[1]
    assert "overloaded people" in said[1]
    assert "overloaded people" not in said[0]
    frame = findings.frame.copy()
    frame["ties_across"], frame["delivery"] = -frame["ties_across"], -frame["delivery"]
    turned = sentences(Findings(frame, study(), 1000), "default")
    assert "ties to other departments" in turned[1]
    assert "work delivered by teams" in turned[0]
    flat = findings.frame.copy()
    for name in ALL:
        flat[name] = flat["stress"]
    dull = sentences(Findings(flat, study(), 1000), "default")
    assert "nothing that can be told apart" in dull[0]
    assert "would be found four times in five" in dull[2]


def test_what_is_gained_and_lost_stands_in_one_unit(findings: Findings) -> None:
    """Needs met are worth half of what teams deliver less, so they would have to be worth twice as much."""
    frame, start = everyone(findings, "lively"), findings.first
    (said,) = (one for one in sentences(findings, "lively") if one.startswith("In one unit"))
    for name in ("worth", "core_work", "work_and_worth"):
        found = effect(frame, name, start.labels(), start.but(cap=0.0).labels())
        assert with_interval(found, unit="FTE-months") in said
    assert findings.gain("lively", "work_and_worth", start).high < 0
    assert findings.break_even("lively", start).mean == pytest.approx(-WORK / WORTH, rel=0.02)
    assert with_interval(findings.break_even("lively", start), signed=False, unit="times") in said
    frame = findings.frame.assign(core_work=1200 - findings.frame.core_work)
    better = sentences(Findings(frame, study(), 1000), "lively")
    assert not [one for one in better if "To make up for" in one]


def test_what_lenders_lose_is_all_that_is_lost_over_their_share(findings: Findings) -> None:
    loss, gain = findings.loss_of_lenders("lively", findings.first), findings.gain("lively", "delivery", findings.first)
    assert loss.mean == pytest.approx(gain.mean / 0.5)
    (said,) = (one for one in sentences(findings, "lively") if one.startswith("Where that falls"))
    assert with_interval(loss, unit="percentage points") in said


def test_silence_is_told_with_its_reasons(findings: Findings) -> None:
    (said,) = (one for one in sentences(findings, "default") if one.startswith("Of those who could ask and did not"))
    assert "without a wish talked away 10.0 %" in said
    assert "without red tape 40.0 %" in said
    assert "enough for 60.0 %" in said


def test_unclear_measures_are_named_with_what_would_have_been_found(findings: Findings) -> None:
    told = {name: findings.told("default", name, findings.first) for name in ALL}
    unclear = [name for name in ALL if findings.has_effect("default", name) and not told[name].is_clear]
    assert unclear
    (said,) = (one for one in sentences(findings, "default") if one.startswith("Not told apart from a closed market"))
    for name in ALL:
        assert (wording(name).label in said) == (name in unclear)


@pytest.mark.parametrize("setup", ["default", "lively"])
def test_n_and_size_are_always_said(findings: Findings, setup: str) -> None:
    assert f"n = {N} organizations of 1,000 people" in sentences(findings, setup)[-1]
    unknown = Findings(findings.frame, study())
    assert f"n = {N} organizations, each" in sentences(unknown, setup)[-1]
    filed = Findings(findings.frame, study(), 312, is_one=True)
    assert f"n = {N} replicates of one organization of 312 people" in sentences(filed, setup)[-1]


def test_notes_count_the_comparisons(findings: Findings) -> None:
    found = list(compared(findings))
    (first, *_) = notes(findings)
    assert f"hold {len(found)} comparisons" in first
    assert f"about {size(len(found) / 20)} would look clear" in first
    assert f"{sum(one.is_clear for one in found)} are clear" in first


def test_headline_tells_of_every_setting(findings: Findings) -> None:
    for setup in findings.setups:
        joined = findings.level(setup, "participation", findings.first)
        assert f"{setup}: {with_interval(joined, signed=False, unit='%')} of people" in headline(findings)


@pytest.mark.parametrize("width", [80, 110, 160])
def test_plain_text_keeps_every_number_at_any_width(findings: Findings, width: int) -> None:
    text = cap.plain(findings, width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    squeezed = re.sub(r"\s", "", text)
    for setup in findings.setups:
        for line in lines(findings, setup):
            if width == 160:
                assert line.words.label in text
            for shown in line.cells:
                number = with_margin_parts(shown.text)[0]
                assert number in squeezed


def with_margin_parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[±(]", text)] if NOT_TOLD not in text else ["±" + text.split("±")[1]]


def test_markdown_tables_are_rectangular_and_names_cannot_break_them(findings: Findings) -> None:
    frame = findings.frame.replace({"leadership": {"quiet": "no | word"}})
    signals = {"no | word": SIGNALS["quiet"], "sustained": SIGNALS["sustained"]}
    text = cap.markdown(Findings(frame, study(signals=signals), 1000))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == len(findings.setups) * (2 + len(GROUPS) + len(ALL))
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {2 + 1 + len(findings.told_arms)}


# Designs of the user's own


def test_reference_cap_and_order_of_leaderships(findings: Findings) -> None:
    assert findings.reference == 0.2
    assert Findings(findings.frame, study(caps=(0.0, 0.4, 0.1))).reference == 0.4
    assert findings.leaderships == ["quiet", "one launch", "sustained"]
    assert findings.quiet_and_loud == ["quiet", "sustained"]
    with pytest.raises(SettingsError, match="above 0"):
        _ = Findings(findings.frame, study(caps=(0.0,))).reference


def test_small_design_of_ones_own(tmp_path: Path) -> None:
    """Two replicates, one permission, one signal, one setting, one cap: everything is written, nothing is made up."""
    small = study(permissions=("form",), signals={"quiet": SIGNALS["quiet"]}, caps=(0.0, 0.1), replicates=2)
    own = Findings(a_frame(2, ("my firm",)), small)
    said = " ".join(sentences(own, "my firm"))
    assert "n = 2 organizations" in said
    assert "A cap of 10 %" in said
    assert "instead of" not in said
    assert "Going from" not in said
    assert {path.name for path in cap.write(own, tmp_path, {"seed": "1"})} == {
        f"{name}.{end}" for name in NAMES for end in ("png", "svg")
    } | {"answer.md"}


# Figures


def texts(figure: Figure) -> list:
    """Every text that is drawn, with its box in pixels."""
    from matplotlib.text import Text

    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    shown = [one for one in figure.findobj(Text) if one.get_visible() and one.get_text().strip()]
    inside = {id(label) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in off_limits(axis)}
    return [(one, one.get_window_extent(renderer)) for one in shown if id(one) not in inside]


def off_limits(axis: object) -> list:
    """Labels of ticks that lie outside the axis' limits or are switched off, and so are not drawn."""
    drawn = {id(tick) for tick in axis._update_ticks()}
    ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    return [label for tick in ticks for label in (tick.label1, tick.label2) if id(tick) not in drawn]


NAMES = ("cap-against-closed", "cap-gives", "cap-costs", "cap-in-one-unit")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_off_or_overlaps(figures: dict[str, Figure], name: str) -> None:
    with style():
        boxes = texts(figures[name])
    width, height = figures[name].canvas.get_width_height()
    for text, box in boxes:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, text.get_text()  # noqa: PT018
        assert text.get_fontsize() >= 12, text.get_text()
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert wide <= 1 or high <= 3, (one.get_text(), other.get_text())


@pytest.mark.parametrize("name", NAMES)
def test_figures_say_n(figures: dict[str, Figure], name: str) -> None:
    shown = " ".join(text.get_text() for text in figures[name].texts)
    assert f"n = {N} organizations of 1,000 people" in shown
    assert "95 % intervals" in shown


@pytest.mark.parametrize("name", NAMES[1:])
def test_curves_name_units_and_all_arms(findings: Findings, figures: dict[str, Figure], name: str) -> None:
    figure = figures[name]
    units = {" ".join((words.unit, words.change)[i].split()) for words in ALL.values() for i in (0, 1)}
    for axes in figure.axes:
        assert axes.get_ylabel().replace("\n", " ") in units
    bottom = [axes for axes in figure.axes if axes.get_subplotspec().is_last_row()]
    assert {axes.get_xlabel() for axes in bottom} == {"time cap (%)"}
    told = {text.get_text() for text in figure.legends[0].get_texts()}
    assert told == {f"{kind}, leadership: {said}" for kind in ("tick box", "form") for said in SIGNALS}
    looks = {(line.get_color(), line.get_marker()) for line in figure.legends[0].get_lines()}
    assert len(looks) == len(told)


def test_arms_stay_apart_in_grey_print() -> None:
    """Leadership by its marker, permission by lightness (relative luminance, WCAG 2)."""
    from matplotlib.colors import to_rgb

    names = ["quiet", "one launch", "sustained"]
    assert len({look(["tickbox", "form"], names, "form", name)["marker"] for name in names}) == 3
    shades = [to_rgb(look(["tickbox", "form"], names, name, "quiet")["color"]) for name in ("tickbox", "form")]
    linear = [np.where((c := np.array(s)) <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for s in shades]
    dark, light = sorted(float(np.dot(one, (0.2126, 0.7152, 0.0722))) for one in linear)
    assert (light + 0.05) / (dark + 0.05) > 2


def test_curves_draw_the_effects(findings: Findings, figures: dict[str, Figure]) -> None:
    frame = everyone(findings, "default")
    (panel,) = (axes for axes in figures["cap-gives"].axes[:5] if axes.get_title("left").startswith("stated wish"))
    (line,) = (line for line in panel.get_lines() if line.get_label() == "form, leadership: quiet")
    means = [
        100 * effect(frame, "expressed_desire", *(Arm("form", "quiet", one).labels() for one in (at, 0.0))).mean
        for at in CAPS
    ]
    assert line.get_xdata() == pytest.approx([100 * at for at in CAPS])
    assert line.get_ydata() == pytest.approx(means)


def test_balance_is_hollow_where_nothing_is_told_apart(findings: Findings, figures: dict[str, Figure]) -> None:
    figure = figures["cap-against-closed"]
    dots = [line for axes in figure.axes for line in axes.get_lines() if line.get_marker() in ("o", "^", "s")]
    measures = [name for name in ALL if name not in ("silence", *LEFT_OUT)]
    found = [findings.gain(setup, name, arm) for setup in findings.setups for name in measures
             for arm in findings.told_arms]
    hollow = sum(dot.get_markerfacecolor() == "white" for dot in dots)
    assert len(dots) == len(found)
    assert hollow == sum(not one.is_clear for one in found) > 0
    printed = [findings.gain(setup, name, findings.first.but(permission=kind)) for setup in findings.setups
               for name in measures for kind in findings.permissions]
    questions = sum(text.get_text().count("?") for axes in figure.axes for text in axes.texts)
    assert questions == sum(not one.is_clear for one in printed) > 0


def test_balance_puts_better_to_the_right(findings: Findings, figures: dict[str, Figure]) -> None:
    """Fewer resigned people are better, less work delivered is worse, though both numbers fall."""
    axes = figures["cap-against-closed"].axes[0]
    at = {text.get_text(): text.get_position()[1] for text in axes.texts}
    for label, sign in (("long in post and resigned", 1), ("core work of teams", -1)):
        dots = [line for line in axes.get_lines() if line.get_marker() == "o"]
        row = [line for line in dots if abs(line.get_ydata()[0] - at[label]) < 0.5]
        assert len(row) == 2
        assert all(np.sign(line.get_xdata()[0]) == sign for line in row)


def test_saved_files_are_the_same_bytes_and_carry_their_origin(figures: dict[str, Figure], tmp_path: Path) -> None:
    about = {"title": "Größe", "seed": "1", "command": "elbowroom cap"}
    first = save(figures["cap-gives"], tmp_path / "one", "cap", about)
    second = save(figures["cap-gives"], tmp_path / "two", "cap", about)
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
    with Image.open(first[0]) as picture:
        assert picture.size == (2000, 1125)
        assert about.items() <= picture.text.items()
    drawing = first[1].read_text(encoding="utf-8")
    assert "command: elbowroom cap" in drawing
    assert "<dc:date>" not in drawing


def test_styling_leaves_settings_as_they_were() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    with style():
        assert matplotlib.rcParams["svg.hashsalt"] == "elbowroom"
    assert dict(matplotlib.rcParams) == before


def test_words_cover_what_is_measured() -> None:
    from sim.measures import MEASURES

    assert set(ALL) <= set(MEASURES)
    for name, words in ALL.items():
        assert MEASURES[name].better in (0, words.better), name
    assert wording("vacancy").unit == "% of seats"
    assert len(GIVES) > 3
