import os
import pickle
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from churn import (
    Classifier,
    ModelError,
    Report,
    evaluate,
    fit,
    load,
    make_table,
    predict,
    save,
    splits,
)

TABLE = make_table(seed=0)


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(TABLE)


@pytest.fixture(scope="module")
def model() -> Classifier:
    return fit(TABLE)


class Planted:
    """Makes a folder when it is loaded, in place of anything else."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.trace),)


def test_what_can_be_known_is_found(report: Report) -> None:
    assert report.score > report.baseline + 0.2


def test_the_score_comes_with_its_spread(report: Report) -> None:
    assert 0 < report.spread < 0.2


@pytest.mark.parametrize("rate", [0.15, 0.5], ids=["rare", "even"])
def test_nothing_is_found_in_noise(rate: float) -> None:
    report = evaluate(make_table(seed=0, rate=rate, signal=0))
    assert abs(report.score - report.baseline) < 0.1


def test_guessing_scores_the_share_of_those_who_leave(report: Report) -> None:
    assert report.baseline == pytest.approx(0.15, abs=0.05)


def test_no_customer_is_on_both_sides() -> None:
    customers = TABLE["customer"]
    for train, test in splits(TABLE):
        assert not {*customers.iloc[train]} & {*customers.iloc[test]}


def test_contracts_have_ended_before_the_months_that_are_predicted() -> None:
    for train, test in splits(TABLE):
        assert TABLE["ends"].iloc[train].max() <= TABLE["month"].iloc[test].min()


def test_labels_of_the_test_have_no_part_in_the_choice(report: Report) -> None:
    _, test = splits(TABLE, folds=3)[-1]
    other = TABLE.copy()
    other.loc[test, "churned"] = ~TABLE.loc[test, "churned"]
    assert evaluate(other).depths == report.depths


def test_a_prediction_does_not_depend_on_the_other_rows(model: Classifier) -> None:
    together = predict(model, TABLE.iloc[:20])
    alone = [predict(model, TABLE.iloc[[row]])[0] for row in range(20)]
    assert alone == together.tolist()


def test_columns_may_come_in_any_order_with_a_plan_that_is_new(
    model: Classifier,
) -> None:
    rows = TABLE[[*TABLE.columns[::-1]]].head(20).assign(plan="family")
    assert predict(model, rows).shape == (20,)


def test_too_few_contracts_are_refused() -> None:
    with pytest.raises(ValueError, match="too few contracts"):
        evaluate(make_table(seed=0, customers=5))


def test_a_saved_model_predicts_the_same(model: Classifier, tmp_path: Path) -> None:
    digest = save(model, tmp_path / "model")
    again = load(tmp_path / "model", digest)
    assert np.array_equal(predict(again, TABLE), predict(model, TABLE))


def test_code_in_a_planted_file_does_not_run(model: Classifier, tmp_path: Path) -> None:
    digest = save(model, tmp_path / "model")
    planted = pickle.dumps(Planted(tmp_path / "trace"))
    (tmp_path / "model" / "model.joblib").write_bytes(planted)
    with pytest.raises(ModelError):
        load(tmp_path / "model", digest)
    assert not (tmp_path / "trace").exists()


def test_a_model_of_other_versions_is_refused(
    model: Classifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        return f"another {name}"

    digest = save(model, tmp_path / "model")
    monkeypatch.setattr(metadata, "version", version)
    with pytest.raises(ModelError, match="written by"):
        load(tmp_path / "model", digest)
