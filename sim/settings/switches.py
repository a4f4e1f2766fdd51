"""Switches: each takes one mechanism out, to see what it does."""

from typing import Any

from sim.settings.declare import Settings, setting, settings


def switch(text: str) -> Any:
    return setting(True, text, kind="switch", grade="")


@settings
class Switches(Settings):
    """Mechanisms that can be taken out; all are in unless somebody says otherwise."""

    signal: bool = switch("the signal of leadership: renewals, decay, what managers hear")
    rationalization: bool = switch("people talk themselves out of wanting, and back into it")
    learning: bool = switch("skills grow with practice")
    fading: bool = switch("skills above their resting level fade when unused")
    networking: bool = switch("ties form and fade")
    beliefs: bool = switch("people learn what to expect of their manager and of posters")
    complaints: bool = switch("managers hear from the denied and from those who carry the load")
    targets: bool = switch("managers are held to what their units delivered before")
    culture: bool = switch("managers' traits move with what they hear, live through and see")
    straining: bool = switch("stress, belonging, engagement and efficacy respond")
    turnover: bool = switch("people leave, and outsiders are hired")
    restlessness: bool = switch("what people live through makes them quit or stay")
    moves: bool = switch("people move between jobs inside")
