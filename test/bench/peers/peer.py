# /// script
# requires-python = ">=3.11"
# dependencies = ["ax-platform==1.3.1", "optuna==5.0.0", "scipy==1.17.1", "torch==2.15.0"]
# ///
"""Other optimisers behind JSON lines, so that Attune's own search can be compared with them.

One request a line on standard input, one reply a line on standard output. The first line out says which methods can
run here and their versions. Requests:

    {"command": "start", "method": "optuna-tpe", "seed": 1, "space": [{"name": "num_thread", "values": [0, 4, 8]}]}
    {"command": "ask"}
    {"command": "tell", "params": {"num_thread": 4}, "value": 1.7}

`start` begins a new study, whatever went on before. `ask` answers {"params": {...}}, null where the optimiser has nothing left to
try. `tell` takes any point of the
space, asked for or not; `value` is to be minimised, null where the trial failed. What goes wrong is answered as
{"error": "..."}.

The packages above are installed by hand into a Python of one's own, which ATTUNE_PYTHON then names:

    python3 -m venv DIR && DIR/bin/pip install ax-platform==1.3.1 optuna==5.0.0 scipy==1.17.1 torch==2.15.0

Set up as a practised user of these tools would for twenty trials:

- Every parameter is an integer, the index into its ordered values; parameters with one value are left out.
- A failed trial violates a constraint and has the worst value measured so far (those before the first value wait for
  it): Optuna takes constraints with TPE and GP, Ax as an outcome constraint.
- Optuna starts with 4 random trials, its default of 10 being half the budget; TPE is multivariate.
- Ax chooses by itself: 5 trials to begin with, those told without being asked for included, then BoTorch.
"""

import json
import logging
import sys
import warnings
from abc import ABC, abstractmethod
from importlib.metadata import PackageNotFoundError, version
from typing import Any

Point = dict[str, int]

PACKAGES = {
    "optuna-tpe": ["optuna"],
    "optuna-gp": ["optuna", "scipy", "torch"],
    "ax": ["ax-platform"],
}
START_UP_TRIALS = 4


class Peer(ABC):
    """An optimiser over the integers from 0 to `sizes[name]` − 1, minimising."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self._names = list(sizes)
        self._worst: float | None = None
        self._failed: list[Point] = []

    @abstractmethod
    def ask(self) -> Point | None:
        """The point to measure next, None where the optimiser has nothing left to try."""

    @abstractmethod
    def _record(self, point: Point, value: float, failed: bool) -> None:
        """Adds a measured point to what the optimiser knows."""

    def tell(self, point: Point, value: float | None) -> None:
        """Takes a measurement, None where the trial failed."""
        point = {name: point[name] for name in self._names}
        if value is None:
            self._failed.append(point)
        else:
            self._worst = value if self._worst is None else max(self._worst, value)
            self._record(point, value, failed=False)
        if self._worst is not None:
            for failed in self._failed:
                self._record(failed, self._worst, failed=True)
            self._failed.clear()


class OptunaPeer(Peer):
    """Optuna's TPE or Gaussian process."""

    def __init__(self, method: str, sizes: dict[str, int], seed: int) -> None:
        super().__init__(sizes)
        import optuna

        self._optuna = optuna
        self._distributions = {name: optuna.distributions.IntDistribution(0, size - 1) for name, size in sizes.items()}
        samplers = optuna.samplers
        self._study = optuna.create_study(
            direction="minimize",
            sampler=samplers.TPESampler(seed=seed, n_startup_trials=START_UP_TRIALS, multivariate=True)
            if method == "optuna-tpe"
            else samplers.GPSampler(seed=seed, n_startup_trials=START_UP_TRIALS),
        )

    def ask(self) -> Point:
        trial = self._study.ask(self._distributions)
        # What is measured may be another point near by, so measurements are added as trials of their own; samplers
        # ignore those that failed.
        self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
        return {name: trial.params[name] for name in self._names}

    def _record(self, point: Point, value: float, failed: bool) -> None:
        self._study.add_trial(
            self._optuna.trial.create_trial(
                params=point,
                distributions=self._distributions,
                value=value,
                constraints={"failed": 1.0 if failed else -1.0},
            )
        )


class AxPeer(Peer):
    """Ax with the strategy that it chooses for the space."""

    def __init__(self, sizes: dict[str, int], seed: int) -> None:
        super().__init__(sizes)
        from ax.api.client import Client
        from ax.api.configs import RangeParameterConfig
        from ax.exceptions.core import SearchSpaceExhausted

        self._exhausted = SearchSpaceExhausted
        self._client = Client(random_seed=seed)
        self._client.configure_experiment(
            parameters=[
                RangeParameterConfig(name=name, bounds=(0, size - 1), parameter_type="int")
                for name, size in sizes.items()
            ]
        )
        self._client.configure_optimization(objective="-cost", outcome_constraints=["failed <= 0.5"])
        self._client.configure_generation_strategy(
            initialization_random_seed=seed, allow_exceeding_initialization_budget=True
        )
        self._open: tuple[int, Point] | None = None

    def ask(self) -> Point | None:
        if not self._names:
            return None
        if self._open is not None:
            self._client.mark_trial_failed(trial_index=self._open[0])
            self._open = None
        try:
            ((index, parameters),) = self._client.get_next_trials(max_trials=1).items()
        except self._exhausted:
            return None
        point = {name: int(parameters[name]) for name in self._names}
        self._open = (index, point)
        return point

    def _record(self, point: Point, value: float, failed: bool) -> None:
        if self._open is not None and self._open[1] == point:
            index = self._open[0]
            self._open = None
        else:
            index = self._client.attach_trial(parameters=dict(point))
        self._client.complete_trial(trial_index=index, raw_data={"cost": value, "failed": float(failed)})


class Study:
    """A peer over lists of values instead of indices."""

    def __init__(self, method: str, seed: int, space: list[dict[str, Any]]) -> None:
        self._values: dict[str, list[Any]] = {dimension["name"]: dimension["values"] for dimension in space}
        sizes = {name: len(values) for name, values in self._values.items() if len(values) > 1}
        self._peer: Peer = AxPeer(sizes, seed) if method == "ax" else OptunaPeer(method, sizes, seed)

    def ask(self) -> dict[str, Any] | None:
        point = self._peer.ask()
        if point is None:
            return None
        return {name: values[point.get(name, 0)] for name, values in self._values.items()}

    def tell(self, params: dict[str, Any], value: float | None) -> None:
        self._peer.tell({name: values.index(params[name]) for name, values in self._values.items()}, value)


def available_methods() -> dict[str, str]:
    """Methods whose packages are installed, with their versions."""
    found = {}
    for method, packages in PACKAGES.items():
        try:
            found[method] = ", ".join(f"{package} {version(package)}" for package in packages)
        except PackageNotFoundError:
            continue
    return found


def main() -> None:
    # Libraries may print; replies alone belong on standard output.
    replies, sys.stdout = sys.stdout, sys.stderr
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)

    def reply(message: dict[str, Any]) -> None:
        print(json.dumps(message), file=replies, flush=True)

    reply({"methods": available_methods()})
    study: Study | None = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            command = request.pop("command")
            if command == "start":
                study = Study(**request)
                reply({})
            elif study is None:
                reply({"error": "no study was started"})
            elif command == "ask":
                reply({"params": study.ask()})
            elif command == "tell":
                study.tell(**request)
                reply({})
            else:
                reply({"error": f"unknown command {command}"})
        except Exception as error:  # noqa: BLE001 - whatever an optimiser raises ends its study, not the program
            reply({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
