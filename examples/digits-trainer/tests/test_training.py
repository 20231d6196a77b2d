import os
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from torch.optim import SGD
from torch.utils.data import DataLoader, Dataset, TensorDataset

from digits_trainer import (
    CheckpointError,
    DigitNet,
    Digits,
    DivergedError,
    evaluate,
    fit,
    train_epoch,
)

torch.set_num_threads(1)
Rows = Dataset[tuple[Tensor, int]]


def rows(values: list[float], labels: list[int]) -> Rows:
    return TensorDataset(  # type: ignore[return-value]
        torch.tensor(values).reshape(-1, 1), torch.tensor(labels)
    )  # pyright: ignore[reportReturnType]


def linear(seed: int = 0) -> nn.Module:
    torch.default_generator.manual_seed(seed)
    return nn.Linear(1, 2)


def noisy() -> nn.Module:
    torch.default_generator.manual_seed(0)
    return nn.Sequential(
        nn.Flatten(), nn.Linear(64, 16), nn.ReLU(), nn.Dropout(), nn.Linear(16, 10)
    )


UNEVEN = rows([1.0, 1.0, 1.0, 1.0, 1.0], [0, 0, 0, 0, 1])


def test_the_digits_are_learned() -> None:
    torch.default_generator.manual_seed(0)
    training, validation = Digits(160, seed=1), Digits(40, seed=2)
    history = fit(DigitNet(), training, validation, epochs=3, seed=0, batch=8)
    assert history[-1].loss < history[0].loss
    assert len(history) == 3


def test_an_image_is_the_same_each_time() -> None:
    digits = Digits(5, seed=0)
    first, again = digits[3], digits[3]
    assert torch.equal(first[0], again[0])
    assert first[1] == again[1]


def test_images_end() -> None:
    with pytest.raises(IndexError):
        Digits(5, seed=0)[5]


@pytest.mark.parametrize("batch", [1, 2, 4])
def test_the_loss_does_not_depend_on_the_size_of_batches(batch: int) -> None:
    model = linear()
    whole = train_epoch(model, DataLoader(UNEVEN, 5), SGD(model.parameters(), lr=0.0))
    parts = DataLoader(UNEVEN, batch)
    loss = train_epoch(model, parts, SGD(model.parameters(), lr=0.0))
    assert loss == pytest.approx(whole)
    assert evaluate(model, parts).loss == pytest.approx(whole)


def test_an_evaluation_gives_the_same_twice() -> None:
    model, loader = noisy().train(), DataLoader(Digits(40, seed=0), 40)
    assert evaluate(model, loader) == evaluate(model, loader)
    assert all(layer.training for layer in model.modules())


def test_an_evaluation_leaves_frozen_layers_frozen() -> None:
    model = nn.Sequential(nn.BatchNorm1d(1).eval(), nn.Dropout(), nn.Linear(1, 2))
    evaluate(model, DataLoader(UNEVEN, 5))
    assert [layer.training for layer in model] == [False, True, True]


def test_weights_make_the_same_model() -> None:
    model, other = DigitNet().eval(), DigitNet().eval()
    images = torch.stack([Digits(4, seed=0)[index][0] for index in range(4)])
    other.load_state_dict(model.state_dict())
    assert torch.equal(other(images), model(images))


def test_the_model_has_the_weights_of_its_best_epoch() -> None:
    training, validation = rows([1.0] * 8, [1] * 8), rows([1.0] * 8, [0] * 8)
    model = linear()
    history = fit(model, training, validation, epochs=4, seed=0, batch=8)
    losses = [epoch.validation.loss for epoch in history]
    assert min(losses) == losses[0]
    assert evaluate(model, DataLoader(validation, 8)).loss == min(losses)


class Interrupted(Digits):
    """Raises where a process would be stopped: after so many images."""

    left = 70

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return super().__getitem__(index)


def test_a_resumed_run_gives_the_numbers_of_a_whole_one(tmp_path: Path) -> None:
    model, resumed, path = linear(), linear(), tmp_path / "run.pt"
    whole = fit(model, UNEVEN, UNEVEN, epochs=6, seed=0)
    fit(linear(), UNEVEN, UNEVEN, epochs=3, seed=0, checkpoint=path)
    parts = fit(resumed, UNEVEN, UNEVEN, epochs=6, seed=0, checkpoint=path)
    losses = [epoch.validation.loss for epoch in whole]
    assert [epoch.validation.loss for epoch in parts] == losses
    for name, weights in model.state_dict().items():
        assert torch.equal(resumed.state_dict()[name], weights)


def test_a_run_that_was_interrupted_goes_on(tmp_path: Path) -> None:
    path, validation = tmp_path / "run.pt", Digits(16, seed=2)
    whole = fit(noisy(), Digits(32, seed=1), validation, epochs=3, seed=0)
    stopped = Interrupted(32, seed=1)
    with pytest.raises(KeyboardInterrupt):
        fit(noisy(), stopped, validation, epochs=3, seed=0, checkpoint=path)
    training = Digits(32, seed=1)
    parts = fit(noisy(), training, validation, epochs=3, seed=0, checkpoint=path)
    assert parts == whole


def test_a_run_leaves_the_generator_of_its_caller_alone() -> None:
    model, state = linear(), torch.get_rng_state()
    fit(model, UNEVEN, UNEVEN, epochs=1, seed=0)
    assert torch.equal(torch.get_rng_state(), state)


class Planted:
    """Makes a folder when it is loaded."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.trace),)


def test_code_in_a_checkpoint_does_not_run(tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    torch.save({"model": Planted(tmp_path / "trace"), "history": []}, path)
    with pytest.raises((CheckpointError, TypeError)):
        fit(linear(), UNEVEN, UNEVEN, epochs=1, seed=0, checkpoint=path)
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize("seed", [0, 1])
def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "run.pt"
    fit(linear(), UNEVEN, UNEVEN, epochs=1, seed=0, checkpoint=path)
    other = nn.Linear(1, 3) if seed == 0 else linear()
    with pytest.raises(CheckpointError):
        fit(other, UNEVEN, UNEVEN, epochs=2, seed=seed, checkpoint=path)


def test_a_loss_that_is_no_number_ends_the_run() -> None:
    with pytest.raises(DivergedError):
        fit(linear(), rows([float("nan")], [0]), UNEVEN, epochs=2, seed=0)


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        evaluate(linear(), DataLoader(rows([], [])))
