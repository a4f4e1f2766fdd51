"""The verb `report`: what runs, sweeps and comparisons return, as a table and figures that hold the same numbers."""

import pandas as pd
import pytest
from conftest import BUSY
from PIL import Image

import sim
from sim.command import main
from sim.errors import ElbowroomError, SettingsError
from sim.measures import monthly
from sim.studies.compare import SHOWN
from sim.studies.estimates import estimate

CAP, KIND = "policy.market.time_cap", "policy.market.permission"
SMALL = {"size": 30, "burn_in": 6}
KNOWN = {"org": SMALL, "behaviour": BUSY, "months": 12, "replicates": 3, "workers": 1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small study over two levers, in its store."""
    folder = tmp_path_factory.mktemp("study") / "store"
    sim.sweep({CAP: [0, 0.1, 0.2], KIND: ["tickbox", "form"]}, folder=folder, **KNOWN)
    return folder


def at(table, measure, **values):
    """The one row of a table with these values."""
    rows = table[table.measure == measure]
    for name, value in values.items():
        rows = rows[rows[{"cap": CAP, "kind": KIND}.get(name, name)] == value]
    (row,) = rows.itertuples()
    return row


def drawn(figure):
    """Lines by the title of their panel."""
    return {axes.texts[0].get_text(): axes.get_lines() for axes in figure.axes if axes.get_visible() and axes.texts}


def test_a_sweep_is_told_by_point(folder):
    frame = sim.Store(folder).table()
    found = sim.report(frame)
    cut = frame[(frame.group == "everyone") & (frame.window == "all")]
    expected = estimate(cut[(cut[CAP] == 0.2) & (cut[KIND] == "form")].participation)
    row = at(found.table, "participation", cap=0.2, kind="form")
    assert (row.mean, row.low, row.n) == pytest.approx((100 * expected.mean, 100 * expected.low, 3))
    assert row.unit == "% of people"
    assert list(found.figures) == ["response", "map", "trade-off"]
    lines = drawn(found.figures["response"])["people on a project"]
    assert lines[1].get_ydata()[2] == pytest.approx(100 * expected.mean)
    pd.testing.assert_frame_equal(sim.report(folder).table, found.table)
    pd.testing.assert_frame_equal(sim.report(sim.Store(folder)).table, found.table)


def test_differences_are_paired_inside_replicates_and_other_levers(folder):
    found = sim.report(folder, against={CAP: 0}, measures=["delivery", "stress"], window="year 1")
    frame = sim.Store(folder).table()
    cut = frame[(frame.group == "everyone") & (frame.window == "year 1") & (frame[KIND] == "form")]
    one, other = (cut[cut[CAP] == cap].set_index("replicate").delivery for cap in (0.2, 0.0))
    expected = estimate(one - other)
    row = at(found.table, "delivery", cap=0.2, kind="form")
    assert (row.mean, row.low) == pytest.approx((100 * expected.mean, 100 * expected.low))
    assert at(found.table, "stress", cap=0.0, kind="form").mean == 0
    assert set(found.table.measure) == {"delivery", "stress"}
    assert "paired" in str(found)
    lines = drawn(found.figures["response"])["work delivered by teams"]
    assert lines[1].get_ydata()[2] == pytest.approx(100 * expected.mean)
    cells = [text.get_text().strip("()").replace("−", "-") for text in found.figures["map"].axes[0].texts[:6]]
    assert pytest.approx(100 * expected.mean, abs=0.006) in [float(cell) for cell in cells]


def test_three_levers_are_small_multiples_and_samples_are_dots():
    three = sim.sweep({CAP: [0, 0.2], KIND: ["tickbox", "form"], "behaviour.asking.habit": [-2.0, -1.0]}, **KNOWN)
    names = ["response-1", "map-1", "response-2", "map-2", "trade-off"]
    assert list(sim.report(three, against={CAP: 0}).figures) == names
    sampled = sim.sweep({CAP: sim.Interval(0, 0.4), KIND: ["tickbox", "form"]}, design="latin", samples=5, **KNOWN)
    found = sim.report(sampled)
    assert list(found.figures) == [f"dots-{CAP}", f"dots-{KIND}", "trade-off"]
    panel = found.figures[f"dots-{CAP}"].axes[0]
    assert panel.texts[0].get_text() == "people on a project"
    rows = found.table[found.table.measure == "participation"]
    assert [bar.lines[0].get_ydata()[0] for bar in panel.containers] == pytest.approx(list(rows["mean"]))


def test_points_of_a_list_need_not_set_the_same(folder):
    found = sim.report(sim.sweep([{CAP: 0.1}, {CAP: 0.2, KIND: "form"}], **KNOWN))
    assert len(found.shown.columns) == 2
    assert not found.table["mean"].isna().any()


def test_runs_are_shown_month_by_month():
    world = sim.build(SMALL, BUSY)
    runs = {name: sim.run(name, world, months=12) for name in ("open_opps", "red_tape")}
    found = sim.report(runs)
    assert list(found.shown.columns) == ["open_opps", "red_tape"]
    assert len(found.shown) == len(SHOWN)
    line = drawn(found.figures["months"])["stress"][1]
    assert line.get_ydata() == pytest.approx(100 * monthly(runs["red_tape"]).stress)
    assert list(line.get_xdata()) == list(range(1, 13))
    alone = sim.report(runs["open_opps"], measures="stress")
    assert alone.table.value.iloc[0] == at(found.table, "stress", run="open_opps", window="all").value


def test_a_comparison_is_told_in_words_and_numbers():
    found = sim.compare("open_opps", "red_tape", SMALL, BUSY, 4, ["participation", "stress"], months=12)
    told = sim.report(found)
    assert told.table is found.effects
    assert list(told.shown.columns) == ["open_opps", "red_tape"]
    assert list(told.figures) == ["effects", "months"]
    assert str(found).splitlines()[0] in str(told)


def test_a_report_is_written_and_a_notebook_shows_it(folder, tmp_path):
    found = sim.report(folder, tmp_path / "there", measures=["participation", "stress"])
    names = {f"{name}.{kind}" for name in ("response", "map", "trade-off") for kind in ("png", "svg")}
    assert {file.name for file in (tmp_path / "there").iterdir()} == {"table.csv", *names}
    with Image.open(tmp_path / "there" / "map.png") as image:
        assert image.size == (2000, 1125)
    assert pd.read_csv(tmp_path / "there" / "table.csv")["mean"].to_numpy() == pytest.approx(found.table["mean"])
    page = found._repr_html_()
    assert page.count("<img") == 3
    assert "people on a project" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [({"against": {"policy.market.time_cup": 0}}, "differs nowhere; what does is policy.market.time_cap"),
     ({"against": {CAP: 0.7}}, "there are no runs of"), ({"measures": "strss"}, "Did you mean 'stress'"),
     ({"window": "year 3"}, "no rows with window 'year 3'")],
)  # fmt: skip
def test_what_is_not_there_is_told(folder, given, said):
    with pytest.raises(SettingsError, match=said):
        sim.report(folder, **given)


def test_what_cannot_be_reported_is_told(tmp_path):
    with pytest.raises(SettingsError, match=r"what sim\.run, sim\.sweep or sim\.compare returned"):
        sim.report(pd.DataFrame({"x": [1]}))
    with pytest.raises(ElbowroomError, match="is no study"):
        sim.report(tmp_path)


def test_the_command_reports_a_study(folder, tmp_path, capsys):
    words = ["report", str(folder), f"against={CAP}=0,{KIND}=form", "measures=delivery", f"into={tmp_path / 'there'}"]
    assert main(words) == 0
    assert "work delivered by teams" in capsys.readouterr().out
    assert (tmp_path / "there" / "table.csv").is_file()
    assert main(["report", str(folder), "aganst=x"]) == 2
    assert "Did you mean 'against'" in capsys.readouterr().err
