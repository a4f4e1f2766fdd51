"""Uncertainties: how people behave, which nobody knows exactly. One group for each phase of the month.

Grades: A field experiment, B administrative or measured data, C survey or single case, D assumption. Everything of
grade D comes with a wide range. Coefficients are in logits unless a unit is given.
"""

from sim.settings.declare import Settings, group, settings
from sim.settings.market import Asking, Matching, Noticing, Permitting, Posting, Signalling
from sim.settings.moves import Applying, Backing, Filling
from sim.settings.people import Desiring, Learning, Leaving, People, Straining
from sim.settings.work import Culture, Mobilizing, Targets, Training, Working


@settings
class Behaviour(Settings):
    """How people behave."""

    people: People = group(People, "what people and units are like")
    signalling: Signalling = group(Signalling, "the signal of leadership")
    posting: Posting = group(Posting, "needs and postings")
    desiring: Desiring = group(Desiring, "wish and rationalization")
    noticing: Noticing = group(Noticing, "what people see and like")
    asking: Asking = group(Asking, "who asks")
    permitting: Permitting = group(Permitting, "how managers answer")
    matching: Matching = group(Matching, "how posters or a central office choose")
    mobilizing: Mobilizing = group(Mobilizing, "who follows the call of a shock")
    working: Working = group(Working, "work, learning and ties")
    training: Training = group(Training, "training in skills that are short")
    straining: Straining = group(Straining, "stress, belonging, engagement")
    applying: Applying = group(Applying, "who applies for vacancies")
    backing: Backing = group(Backing, "how managers answer people who want to move")
    filling: Filling = group(Filling, "how vacancies are filled")
    leaving: Leaving = group(Leaving, "turnover")
    learning: Learning = group(Learning, "beliefs")
    targets: Targets = group(Targets, "what managers are held to")
    culture: Culture = group(Culture, "managers' traits")
