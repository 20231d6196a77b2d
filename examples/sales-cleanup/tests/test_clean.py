from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sales_cleanup import InputError, Summary, clean

HEADER = "sale;sold_at;customer;kind;amount;discount"
GOOD = "000001;01.07.2026 12:30;00042;sale;1.234,50;0,00"
CUSTOMERS = "customer;country\n00042;NA\n00043;NO\n"


class Shop:
    """Files of one test, and what cleaning them gives."""

    def __init__(self, folder: Path) -> None:
        self.sales = folder / "sales.csv"
        self.customers = folder / "customers.csv"
        self.results = folder / "results"
        self.customers.write_text(CUSTOMERS, encoding="utf-8")

    def clean(self, *rows: str) -> Summary:
        self.sales.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
        return clean(self.sales, self.customers, self.results)

    @property
    def rows(self) -> list[dict[str, object]]:
        table = pq.read_table(  # pyright: ignore[reportUnknownMemberType]
            self.results / "sales.parquet"
        )
        return table.to_pylist()

    @property
    def rejects(self) -> list[list[str]]:
        rejects = pd.read_csv(self.results / "rejects.csv", sep=";", dtype="str")
        return rejects[["line", "reason"]].to_numpy().tolist()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_a_good_row_is_counted(shop: Shop) -> None:
    assert shop.clean(GOOD) == Summary(read=1, written=1, rejected=0)
    assert float(str(shop.rows[0]["amount"])) == 1234.5


def test_two_customers_get_their_countries(shop: Shop) -> None:
    shop.clean(GOOD, "000002;02.07.2026 09:00;00043;sale;12,50;")
    assert shop.rows[1]["country"] == "NO"


def test_codes_keep_their_zeros(shop: Shop) -> None:
    shop.clean(GOOD)
    assert [(row["sale"], row["customer"]) for row in shop.rows] == [
        ("000001", "00042")
    ]


def test_namibia_is_a_country(shop: Shop) -> None:
    shop.clean(GOOD)
    assert [row["country"] for row in shop.rows] == ["NA"]


def test_a_local_time_becomes_a_moment(shop: Shop) -> None:
    shop.clean(GOOD)
    assert shop.rows[0]["sold_at"] == datetime(2026, 7, 1, 10, 30, tzinfo=UTC)


def test_an_amount_is_exact(shop: Shop) -> None:
    shop.clean(GOOD.replace("1.234,50", "0,10"), "000002;02.07.2026 09:00;;sale;0,20;")
    amounts = pd.read_parquet(shop.results / "sales.parquet")["amount"]
    assert amounts.sum() == Decimal("0.30")


def test_one_word_among_the_amounts_costs_one_row(shop: Shop) -> None:
    bad = "000002;01.07.2026 12:31;00042;sale;twelve;"
    assert shop.clean(GOOD, bad) == Summary(read=2, written=1, rejected=1)


def test_an_amount_with_a_point_is_not_taken_for_its_hundredfold(shop: Shop) -> None:
    shop.clean(GOOD, "000002;01.07.2026 12:31;00042;sale;12.50;")
    assert [row["amount"] for row in shop.rows] == [Decimal("1234.50")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2;01.07.2026 12:31;;sale;1,00;", "sale: not six digits"),
        (
            "000002;2026-07-01 12:31;;sale;1,00;",
            "sold_at: not like 31.12.2026 23:59",
        ),
        ("000002;01.07.0026 12:31;;sale;1,00;", "sold_at: not like 31.12.2026 23:59"),
        ("000002;01.07.2026 12:31;00099;sale;1,00;", "customer: unknown"),
        ("000002;01.07.2026 12:31;;gift;1,00;", "kind: neither sale nor return"),
        ("000002;01.07.2026 12:31;;sale;;", "amount: not like 1.234,50"),
        ("000002;01.07.2026 12:31;;sale;1,00;x", "discount: not like 1.234,50"),
        ("000002;01.07.2026 12:31;;sale;1,00", "not 6 fields"),
        ("000002;01.07.2026 12:31;;sale;1,00;;;", "not 6 fields"),
    ],
    ids=[
        "sale",
        "time",
        "year",
        "customer",
        "kind",
        "amount",
        "discount",
        "short",
        "long",
    ],
)
def test_a_bad_row_is_kept_with_its_reason(shop: Shop, row: str, reason: str) -> None:
    assert shop.clean(GOOD, row) == Summary(read=2, written=1, rejected=1)
    assert shop.rejects == [["3", reason]]


@pytest.mark.parametrize(
    "local", ["29.03.2026 02:30", "25.10.2026 02:30"], ids=["skipped", "repeated"]
)
def test_a_time_that_the_clock_leaves_open_is_not_guessed(
    shop: Shop, local: str
) -> None:
    shop.clean(GOOD, f"000002;{local};00042;sale;1,00;")
    assert len(shop.rows) == 1
    assert shop.rejects == [["3", "sold_at: skipped or repeated by the clocks"]]


def test_a_missing_discount_is_not_a_discount_of_zero(shop: Shop) -> None:
    shop.clean(GOOD, "000002;01.07.2026 12:31;00042;sale;1,00;")
    assert [row["discount"] for row in shop.rows] == [0, None]


def test_what_was_returned_counts_against_what_was_sold(shop: Shop) -> None:
    shop.clean(GOOD, "000002;01.07.2026 12:31;00042;return;1.000,00;0,00")
    assert sum(float(str(row["amount"])) for row in shop.rows) == 234.5


def test_the_last_correction_of_a_sale_counts(shop: Shop) -> None:
    corrected = GOOD.replace("1.234,50", "1.200,00")
    assert shop.clean(GOOD, corrected) == Summary(read=2, written=1, rejected=1)
    assert [row["amount"] for row in shop.rows] == [Decimal("1200.00")]
    assert shop.rejects == [["2", "sale: corrected by a later row"]]


def test_a_broken_correction_corrects_nothing(shop: Shop) -> None:
    broken = GOOD.replace("1.234,50", "?")
    assert shop.clean(GOOD, broken) == Summary(read=2, written=1, rejected=1)
    assert [row["amount"] for row in shop.rows] == [Decimal("1234.50")]


def test_a_correction_in_a_later_chunk_counts_too(shop: Shop) -> None:
    corrected = GOOD.replace("1.234,50", "1.200,00")
    other = "000002;01.07.2026 12:31;00042;sale;1,00;"
    assert shop.clean(GOOD, other, corrected) == Summary(3, 2, 1)
    whole = shop.rows, shop.rejects
    clean(shop.sales, shop.customers, shop.results, chunk_rows=1)
    assert (shop.rows, shop.rejects) == whole


def test_a_customer_listed_twice_does_not_double_sales(shop: Shop) -> None:
    shop.customers.write_text(f"{CUSTOMERS}00042;SE\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"listed twice: \['00042'"):
        shop.clean(GOOD)


def test_a_full_disk_leaves_the_results_of_the_last_run(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(writer: pq.ParquetWriter, table: pa.Table, **options: object) -> None:
        raise OSError("no space left on device")

    shop.clean(GOOD)
    written = shop.rows
    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(OSError, match="no space"):
        shop.clean(GOOD, "000002;01.07.2026 12:31;;sale;1,00;")
    assert (shop.results / "sales.parquet").exists()
    assert shop.rows == written
    assert not [path for path in shop.results.iterdir() if path.is_dir()]


def test_a_file_without_rows_gives_a_file_without_rows(shop: Shop) -> None:
    assert shop.clean() == Summary(0, 0, 0)
    assert shop.rows == []


def test_an_empty_file_is_refused(shop: Shop) -> None:
    shop.sales.touch()
    with pytest.raises(InputError, match="sales"):
        clean(shop.sales, shop.customers, shop.results)


def test_a_quote_that_is_never_closed_is_refused(shop: Shop) -> None:
    with pytest.raises(InputError, match="sales"):
        shop.clean(GOOD, '000002;"01.07.2026 12:31;;sale;1,00;', GOOD)
