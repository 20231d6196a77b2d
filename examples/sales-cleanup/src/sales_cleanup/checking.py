"""Say of each row what is wrong with it, and give the sound ones their types."""

from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa

COLUMNS = ("sale", "sold_at", "customer", "kind", "amount", "discount")

_AMOUNT = r"(?:[0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3}){1,2})(?:,[0-9]{1,2})?"
_MONEY = pd.ArrowDtype(pa.decimal128(11, 2))
_TEXT = pd.ArrowDtype(pa.string())


def reasons(
    raw: pd.DataFrame, customers: pd.DataFrame, zone: ZoneInfo
) -> "pd.Series[str]":
    """Return what is wrong with each row, and empty text for a sound one.

    Args:
        raw: Rows as text, as `read_chunks()` yields them.
        customers: Who may be named in `customer`; an empty cell is a cash sale.
        zone: Where the till's clock is.
    """
    found = pd.Series("", index=raw.index, dtype="str")
    for reason, failed in _faults(raw, customers, zone).items():
        found = found.mask(failed, found + "; " + reason)
    return found.str.removeprefix("; ")


def typed(sound: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """Return rows without a fault with types in place of text.

    What was returned counts against what was sold. An empty customer or discount is
    missing: a discount that nobody noted is not a discount of zero.
    """
    amount = _money(sound["amount"])
    return pd.DataFrame(
        {
            "sale": sound["sale"],
            "sold_at": _moments(_local(sound["sold_at"]), zone),
            "customer": sound["customer"].mask(sound["customer"] == ""),
            "kind": sound["kind"],
            "amount": amount.where(sound["kind"] == "sale", -amount),
            "discount": _money(sound["discount"].mask(sound["discount"] == "")),
        }
    )


def _faults(
    raw: pd.DataFrame, customers: pd.DataFrame, zone: ZoneInfo
) -> "dict[str, pd.Series[bool]]":
    """Return for each fault that there can be which rows have it."""
    local = _local(raw["sold_at"])
    return {
        f"not {len(COLUMNS)} fields": raw["fields"] != len(COLUMNS),
        "sale: not six digits": ~raw["sale"].str.fullmatch("[0-9]{6}"),
        "sold_at: not like 31.12.2026 23:59": local.isna(),
        "sold_at: skipped or repeated by the clocks": (
            local.notna() & _moments(local, zone).isna()
        ),
        "customer: unknown": (
            (raw["customer"] != "") & ~raw["customer"].isin(customers["customer"])
        ),
        "kind: neither sale nor return": ~raw["kind"].isin(["sale", "return"]),
        "amount: not like 1.234,50": ~raw["amount"].str.fullmatch(_AMOUNT),
        "discount: not like 1.234,50": (
            (raw["discount"] != "") & ~raw["discount"].str.fullmatch(_AMOUNT)
        ),
    }


def _local(text: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Return what the till's clock showed, or NaT where the text is not in its form.

    A year far off is a slip, too, and near 1 or 9999 has no moment in every zone.
    """
    local = pd.to_datetime(text, format="%d.%m.%Y %H:%M", errors="coerce")
    return local.dt.as_unit("us").where(local.dt.year.between(1990, 2100))


def _moments(
    local: "pd.Series[pd.Timestamp]", zone: ZoneInfo
) -> "pd.Series[pd.Timestamp]":
    """Return moments in UTC, or NaT where the clock leaves open which one it was."""
    aware = local.dt.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    return aware.dt.tz_convert("UTC")


def _money(text: "pd.Series[str]") -> "pd.Series[str]":
    """Return exact decimals of text that matches the form of an amount."""
    plain = text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    return plain.astype(_TEXT).astype(_MONEY)
