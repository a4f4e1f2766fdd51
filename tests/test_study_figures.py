"""Figures of comparisons and studies: what is drawn are the numbers, and nothing is told by colour alone."""

import itertools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from sim.errors import SettingsError
from sim.reporting.forest import forest
from sim.reporting.heat import heat
from sim.reporting.months import by_month
from sim.reporting.responses import response
from sim.reporting.style import SEVERAL, save, series
from sim.reporting.tradeoff import tradeoff
from sim.studies.effects import effects
from sim.studies.estimates import effect, estimate

N = 7
CAPS = (0.0, 0.1, 0.2)
KINDS = ("tickbox", "form")
MOVES = {"participation": 0.5, "delivery": -0.1, "stress": 0.0}
SHARED = {"participation": 0.05, "delivery": 0.2, "stress": 0.1}  # SD between organizations


def a_frame(windows=("all",), setups=("run",)):
    """A small study with known effects: the larger the cap, the more participation and the less delivery."""
    rng, rows = np.random.default_rng(11), []
    for setup, replicate in itertools.product(setups, range(N)):
        own = {name: rng.normal(0, sd) for name, sd in SHARED.items()}
        for kind, cap, window in itertools.product(KINDS, CAPS, windows):
            dose = cap * (1 if kind == "tickbox" else 0.5)
            values = {name: 0.5 + own[name] + move * dose + rng.normal(0, 0.002) for name, move in MOVES.items()}
            values["silence"] = 0.7 + rng.normal(0, 0.01) if cap else np.nan
            rows.append({"setup": setup, "replicate": replicate, "seed": replicate, "permission": kind, "cap": cap,
                         "group": "everyone", "window": window, **values})
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def frame():
    return a_frame()


@pytest.fixture(scope="module")
def table(frame):
    """Effects of two policies against a third."""
    named = frame.assign(policy=frame.permission + " " + frame.cap.astype(str)).drop(columns=["permission", "cap"])
    three = named[named.policy.isin(["tickbox 0.2", "tickbox 0.1", "form 0.1"])]
    return effects(three, {"policy": "tickbox 0.2"})


def panels(figure):
    """Visible panels by the label above them."""
    return {axes.texts[0].get_text() if axes.texts else "": axes for axes in figure.axes if axes.get_visible()}


def every_text(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts] + [text.get_text() for text in figure.texts]


# Effects


def test_a_forest_plot_shows_effect_unit_and_number(table):
    said = every_text(forest(table, "tickbox 0.2", "n = 7 organizations"))
    row = table[(table.measure == "participation") & (table.policy == "form 0.1")].iloc[0]
    numbers = [text.split()[0].replace("−", "-") for text in said if text.endswith("worse")]
    assert any(float(number) == pytest.approx(100 * row.effect, rel=0.01) for number in numbers)
    assert "people on a project" in said
    assert any(text.startswith("percentage points") for text in said)
    assert any("n = 7 organizations" in text and f"all {len(table)} effects" in text for text in said)


def test_what_is_not_told_apart_among_all_is_hollow(table):
    figure = forest(table, "tickbox 0.2", "n = 7")
    dots = [line for axes in figure.axes for line in axes.get_lines() if line.get_linestyle() == "None"]
    assert len(dots) == (table.n > 0).sum()
    hollow = sum(dot.get_markerfacecolor() == "white" for dot in dots)
    assert hollow == (table.p_adjusted >= 0.05).sum() > 0
    assert hollow < len(dots)


def test_rows_put_effects_on_their_own_side(table):
    figure = forest(table, "tickbox 0.2", "n = 7")
    dots = [line for line in figure.axes[0].get_lines() if line.get_linestyle() == "None"]
    shown = [row.effect for _, some in table.groupby("measure", sort=False) for row in some.itertuples()]
    assert [np.sign(dot.get_xdata()[0]) for dot in dots] == list(np.sign(shown))


def test_months_draw_each_effect_with_its_band(table):
    months = pd.concat([table.assign(month=at, effect=table.effect * at) for at in (1, 2, 3)])
    figure = by_month(months, "tickbox 0.2", "n = 7")
    panel = panels(figure)["work delivered by teams"]
    (line,) = (line for line in panel.get_lines() if line.get_label() == "form 0.1")
    row = table[(table.measure == "delivery") & (table.policy == "form 0.1")].iloc[0]
    assert line.get_xdata() == pytest.approx([1, 2, 3])
    assert line.get_ydata() == pytest.approx([100 * row.effect * at for at in (1, 2, 3)])
    assert len(panel.collections) == 2
    assert {text.get_text() for text in figure.legends[0].get_texts()} == {"tickbox 0.1", "form 0.1"}


def test_what_is_clear_alone_but_not_among_all_is_not_called_told_apart(table):
    """Where many effects are looked at, one in twenty is clear by chance."""
    from sim.reporting.comparison import ALONE, rows
    from sim.studies.telling import is_told

    alone = table.assign(p=0.03, p_adjusted=0.4, effect=0.2, low=0.1, high=0.3)
    assert not any(is_told(row) for row in alone.itertuples())
    found = SimpleNamespace(effects=alone, policies=("tickbox 0.1", "form 0.1"), replicates=N)
    cells = [cell for *_, some in rows(found, "all", "everyone") for cell in some]
    assert all(cell.is_unclear and cell.text.endswith(ALONE) for cell in cells)
    figure = forest(alone, "tickbox 0.2", "n = 7")
    dots = [line for line in figure.axes[0].get_lines() if line.get_linestyle() == "None"]
    assert {dot.get_markerfacecolor() for dot in dots} == {"white"}


# Studies


def test_response_curves_are_estimates_with_their_intervals(frame):
    panel = panels(response(frame, "cap", ["participation"], permission="form"))["people on a project"]
    (line,) = panel.get_lines()
    found = [estimate(frame[(frame.cap == cap) & (frame.permission == "form")].participation) for cap in CAPS]
    assert line.get_ydata() == pytest.approx([100 * one.mean for one in found])
    band = panel.collections[0].get_paths()[0].vertices[:, 1]
    assert {round(100 * end, 9) for one in found for end in (one.low, one.high)} <= {round(y, 9) for y in band}


def test_paired_responses_have_narrower_bands(frame):
    figures = [response(frame, "cap", ["delivery"], by="permission", against=base) for base in (None, {"cap": 0.0})]
    bands = [np.ptp(panels(figure)["work delivered by teams"].collections[0].get_paths()[0].vertices[:, 1])
             for figure in figures]  # fmt: skip
    assert bands[1] < bands[0] / 3
    panel = panels(figures[1])["work delivered by teams"]
    one, other = panel.get_lines()[:2]
    assert [line.get_ydata()[0] for line in (one, other)] == [0, 0]
    assert one.get_color() != other.get_color()
    assert one.get_marker() != other.get_marker()
    assert one.get_linestyle() != other.get_linestyle()
    assert "Against cap 0.0." in figures[1].texts[1].get_text()


def test_a_measure_that_the_baseline_does_not_have_is_said_to_be_missing(frame):
    said = every_text(response(frame, "cap", ["silence"], against={"cap": 0.0}, permission="form"))
    assert any("missing" in text for text in said)
    assert not any("missing" in text for text in every_text(response(frame, "cap", ["silence"], permission="form")))


def test_a_lever_of_names_is_drawn_in_their_order(frame):
    panel = panels(response(frame, "permission", ["stress"], cap=0.1))["stress"]
    assert [label.get_text() for label in panel.get_xticklabels()] == list(KINDS)


def test_heat_maps_have_a_number_in_each_cell(frame):
    figure = heat(frame, "cap", "permission", ["participation", "delivery"])
    cells = [text.get_text() for text in figure.axes[0].texts if text.get_text()[0] in "0123456789"]
    shown = [f"{100 * frame[(frame.cap == cap) & (frame.permission == kind)].participation.mean():.1f}"
             for kind in KINDS for cap in CAPS]  # fmt: skip
    assert cells == shown
    assert figure.axes[0].get_xlabel() == "cap"
    assert figure.axes[0].get_ylabel() == "permission"


def test_heat_maps_of_effects_put_into_brackets_what_is_not_told_apart(frame):
    base = {"cap": 0.0, "permission": "tickbox"}
    figure = heat(frame, "cap", "permission", ["stress", "participation"], against=base)
    for axes, measure in zip(figure.axes, ("stress", "participation"), strict=True):
        clear = {(kind, cap): effect(frame, measure, {"permission": kind, "cap": cap}, base).is_clear
                 for kind in KINDS for cap in CAPS if (kind, cap) != ("tickbox", 0.0)}  # fmt: skip
        brackets = sum(text.get_text().startswith("(") for text in axes.texts)
        assert brackets == sum(not one for one in clear.values())
    assert sum(text.get_text().startswith("(") for text in figure.axes[0].texts) > 0


def test_numbers_in_maps_can_be_read(frame):
    """Contrast of 4.5 and more between number and ground (WCAG 2), in maps of levels and of effects."""
    def light(colour):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    contrasts = []
    for against in (None, {"cap": 0.1, "permission": "tickbox"}):
        for measure in ("participation", "delivery", "stress"):
            axes = heat(frame, "cap", "permission", measure, against=against).axes[0]
            ground = axes.images[0]
            for text in axes.texts[: len(KINDS) * len(CAPS)]:
                x, y = (int(at) for at in text.get_position())
                shades = light(text.get_color()), light(ground.cmap(ground.norm(ground.get_array()[y, x]))[:3])
                contrasts.append((max(shades) + 0.05) / (min(shades) + 0.05))
    assert min(contrasts) >= 4.5


def test_a_trade_off_has_both_intervals(frame):
    figure = tradeoff(frame, "participation", "delivery", by="permission")
    axes = figure.axes[0]
    bars = [bar for bar in axes.containers if bar.has_xerr and bar.has_yerr]
    assert len(bars) == len(KINDS) * len(CAPS)
    first = frame[(frame.permission == "tickbox") & (frame.cap == 0.0)]
    across = bars[0].lines[2][0].get_segments()[0][:, 0]
    found = estimate(first.participation)
    assert across == pytest.approx([100 * found.low, 100 * found.high])
    assert axes.get_xlabel() == "people on a project, % of people (more is better)"
    assert {text.get_text() for text in axes.texts} == {str(cap) for cap in CAPS}


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (lambda frame: response(frame, "cap", ["stress"], window="year 9"), "no rows with window 'year 9'"),
        (lambda frame: response(frame, "cap", ["stress"]), "do not single out one run"),
        (lambda frame: heat(frame, "cap", "permission", "stress", against={"cap": 0.7}), "no runs of {'cap': 0.7}"),
        (lambda frame: tradeoff(a_frame(setups=("a", "b")), "stress", "delivery"), "setups a, b: choose one"),
    ],
)
def test_what_cannot_be_drawn_is_said(frame, draw, expected):
    with pytest.raises(SettingsError) as refused:
        draw(frame)
    assert expected in str(refused.value)


# Looks


def test_lines_differ_in_more_than_colour():
    looks = [series(at) for at in range(len(SEVERAL))]
    for name in ("color", "marker", "linestyle"):
        assert len({str(look[name]) for look in looks}) == len(SEVERAL)


def test_nothing_is_drawn_beyond_the_slide(frame, table, tmp_path):
    """Texts stay on the slide, and none is smaller than 10 points."""
    figures = {
        "forest": forest(table, "tickbox 0.2", "n = 7 organizations"),
        "response": response(frame, "cap", list(MOVES), by="permission"),
        "heat": heat(frame, "cap", "permission", list(MOVES)),
        "tradeoff": tradeoff(frame, "participation", "delivery", by="permission"),
    }
    for name, figure in figures.items():
        save(figure, tmp_path, name, {})
        width, height = figure.bbox.width, figure.bbox.height
        inside = (text for axes in figure.axes for text in (*axes.texts, axes.xaxis.label, axes.yaxis.label))
        texts = [*figure.texts, *inside]
        for text in texts:
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert box.x0 >= 0, (name, text)
                assert box.x1 <= width, (name, text)
                assert box.y0 >= 0, (name, text)
                assert box.y1 <= height, (name, text)
                assert text.get_size() >= 10, (name, text)
