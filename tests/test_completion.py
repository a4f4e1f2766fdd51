"""Completion, as a shell asks for it."""

import shutil
import subprocess

import pytest
from test_command import elbowroom

from sim.command import COMMANDS


def typed(line, monkeypatch) -> list[str]:
    monkeypatch.setenv("COMP_LINE", line)
    monkeypatch.setenv("COMP_POINT", str(len(line)))
    return elbowroom("completion").out.split("\n")[:-1]


def test_commands_are_completed(monkeypatch):
    assert typed("elbowroom co", monkeypatch) == ["compare ", "completion "]
    assert [word.strip() for word in typed("elbowroom ", monkeypatch)] == list(COMMANDS)


def test_settings_and_their_choices_are_completed(monkeypatch):
    assert typed("elbowroom run policy.market.perm", monkeypatch) == ["policy.market.permission="]
    assert typed("elbowroom run policy.market.permission=", monkeypatch) == ["none ", "tickbox ", "form ", "chain "]
    assert typed("elbowroom run policy.market.permission=ti", monkeypatch) == ["tickbox "]
    assert typed("elbowroom sweep org=dep", monkeypatch) == ["department "]
    assert "red_tape " in typed("elbowroom compare policy=open_opps baseline=", monkeypatch)
    assert typed("elbowroom career person=3 ver", monkeypatch) == ["versus="]
    assert typed("elbowroom run policy.market.open=t", monkeypatch) == ["true "]


@pytest.mark.parametrize("line", ["elbowroom nonsense po", "elbowroom run policy.market.time_cap=", "elbowroom run zz"])
def test_where_nothing_can_follow_nothing_does(line, monkeypatch):
    assert not "".join(typed(line, monkeypatch))


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_bash_takes_the_script():
    script = elbowroom("completion").out
    done = subprocess.run(["bash", "-c", f"{script}complete -p elbowroom"], capture_output=True, text=True, check=True)
    assert "elbowroom completion" in done.stdout
