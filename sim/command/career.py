"""`elbowroom career`: the story of one person, under one policy or under two."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from omegaconf import DictConfig

from sim.command.composing import launch, output_folder, plain, policy_of, setup_of
from sim.command.progress import introduced, warmed
from sim.errors import ElbowroomError, SettingsError
from sim.settings import named
from sim.settings.study import Study

if TYPE_CHECKING:
    from sim.careers.fork import Fork
    from sim.careers.story import Career

OWN = ("person", "versus")  # words that are no settings


def main(words: list[str] | None = None) -> int:
    given = sys.argv[1:] if words is None else words
    own = dict(word.split("=", 1) for word in given if word.split("=")[0] in OWN and "=" in word)
    rest = [word for word in given if word.split("=")[0] not in OWN]
    if {"-m", "--multirun"} & set(rest):
        raise SettingsError("a career is told of one person under one or two policies: without -m.")
    chosen = [word.removeprefix("policy=") for word in rest if word.startswith("policy=")] or ["open_opps"]
    own["policy"] = " ".join([*chosen, *(word.removeprefix("policy.") for word in rest if word.startswith("policy."))])
    if not own.get("person"):
        raise ElbowroomError(
            "whose career? person=NAME: an id of the people file, or, in a generated organization, a number such as "
            "person=24."
        )
    if own.get("versus"):
        named.policy(own["versus"])  # a misspelt one is told before anything runs

    def task(config: DictConfig) -> None:
        """Run, tell, write."""
        values = plain(config)
        story = told(values, own)
        print(story)
        folder = Path(output_folder())
        write(folder, story, {**values, "career": own})
        print(f"\nText, events and configuration: {folder}")

    return launch(task, "career", rest)


def told(values: dict[str, Any], own: dict[str, str]) -> "Career | Fork":
    """The story, or two side by side."""
    from sim.careers.fork import fork, lived

    setup, policy = setup_of(values), policy_of(values)
    study = Study.made({name: values["study"][name] for name in Study.fields()}, "study")
    introduced(setup.organization)
    warmed()
    if own.get("versus"):
        labels = (own["policy"], own["versus"])
        return fork(policy, own["versus"], own["person"], setup.organization, setup.behaviour, study.months,
                    study.seed, setup.switches, setup.rules, labels=labels, scenario=setup.scenario)  # fmt: skip
    return lived(policy, own["person"], setup, study.months, study.seed)


def write(folder: Path, story: "Career | Fork", values: dict[str, Any]) -> None:
    """career.txt, events.csv and config.yaml."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "career.txt").write_text(f"{story}\n", encoding="utf-8")
        story.events.to_csv(folder / "events.csv", index=False)
        (folder / "config.yaml").write_text(yaml.safe_dump(values, sort_keys=False), encoding="utf-8")
    except OSError as error:
        raise ElbowroomError(
            f"cannot write results to {folder} ({error.strerror}). Name a folder that can be written to: "
            "hydra.run.dir=FOLDER."
        ) from error
