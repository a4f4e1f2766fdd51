"""Who gets which place, of those who have permission."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.plain_mesa.request import Request
    from benchmarks.plain_mesa.work import Project


def give_out_places(requests: list[Request]) -> None:
    """Deferred acceptance (Gale and Shapley): people propose down their lists, projects keep the best so far.

    Where everybody names one project, as under the poster's choice, the poster simply takes the best.
    """
    untried = {request: [project for project in request.open_choices() if request.asker.has_room_for(project)]
               for request in requests}
    kept: dict[Project, list[Request]] = {}
    proposing, unlucky = [request for request in requests if untried[request]], []
    while proposing:
        request = proposing.pop()
        if not untried[request]:
            unlucky.append(request)
            continue
        project = untried[request].pop(0)
        held = kept.setdefault(project, [])
        held.append(request)
        if len(held) > project.places_left:
            worst = min(held, key=project.suitability)
            held.remove(worst)
            proposing.append(worst)
    settle(requests, kept, unlucky)


def settle(requests: list[Request], kept: dict[Project, list[Request]], unlucky: list[Request]) -> None:
    """Those who are kept join, the unlucky are rejected; for the others what is left is too long: they drop out."""
    placed = [(request.asker, project) for project, held in kept.items() for request in held]
    for asker, project in placed:
        asker.join(project)
    for request in unlucky:
        request.asker.is_rejected()
    for request in requests:
        request.close()
