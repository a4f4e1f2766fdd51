"""People who are told to change places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.plain_mesa.employee import Employee
    from benchmarks.plain_mesa.model import PlainOrganization
    from benchmarks.plain_mesa.unit import Seat


def rotate(model: PlainOrganization) -> None:
    """Whoever has been in post for long enough changes places with somebody of the same grade in another unit."""
    every = model.policy.vacancies.rotation_every
    if not every:
        return
    turn = 1 / model.behaviour.filling.rotation_months
    due = [
        person for person in model.agents
        if person.position >= every and not person.leads and not person.goal and model.random.random() < turn
    ]  # fmt: skip
    model.random.shuffle(due)
    left = pair_up(due, lambda seat: (seat.grade, seat.family))
    pair_up(left, lambda seat: seat.grade)


def pair_up(people: list[Employee], alike: Callable[[Seat], object]) -> list[Employee]:
    """Neighbours in line who are alike, but of different units, change places; the others are left."""
    waiting: dict[object, Employee] = {}
    left = []
    for person in people:
        partner = waiting.pop(alike(person.seat), None)
        if partner and partner.unit is not person.unit:
            change_places(person, partner)
            continue
        if partner:
            left.append(partner)
        waiting[alike(person.seat)] = person
    return left + list(waiting.values())


def change_places(one: Employee, other: Employee) -> None:
    model, seats = one.model, (other.seat, one.seat)
    model.flow["rotated"] += 2
    model.change_places(*seats)
    short = [person.shortfall_for(seat.family) for person, seat in zip((one, other), seats, strict=True)]
    for person, seat, far in zip((one, other), seats, short, strict=True):
        person.leave_seat(seat, far)
    for person, seat in zip((one, other), seats, strict=True):
        person.sit_down(seat)
    for person, far in zip((one, other), short, strict=True):
        person.settle_in_post(far)
        person.meet_new_manager()
