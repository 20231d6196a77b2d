# ---
# title: Clean a table without losing or inventing rows
# summary: Coercion, guessed dates, dropped duplicates and merges change totals without an error; count rows, keys and sums around each step.
# environment: data
# ---

# %% [markdown]
# # Clean a table without losing or inventing rows
#
# Orders from tills, a web shop and a partner arrive in one badly written export, which is cleaned here with pandas 3.
# The orders are generated from a seed before the export spoils them, so the cleaned table can be compared with the
# truth at the end.
#
# ## 300 orders are written in three ways
#
# Each of 12 products, `T-01` to `T-12`, is ordered 25 times. `T-05` costs more from July on. Amounts are in cents.

# %%
import random
from datetime import date
from typing import NamedTuple

CENTS = [250, 480, 990, 1450, 1800, 2400]
CENTS += [3600, 5200, 7900, 12500, 24000, 48000]
NAMES = ["Abbott", "Berger", "Costa", "Dubois", "Eriksen", "Fischer"]
SEASON = [5, 4, 5, 5, 6, 5, 6, 5, 7, 9, 18, 25]
PIECES = {"till": 4, "web": 12, "partner": 40}


class Order(NamedTuple):
    order: str
    source: str
    day: date
    customer: str
    product: str
    pieces: int
    cents: int


# %%
def draw_orders(draw: random.Random) -> list[Order]:
    products = [*range(12)] * 25
    draw.shuffle(products)
    months = draw.choices(range(1, 13), weights=SEASON, k=len(products))
    days = sorted(date(2025, month, draw.randint(1, 28)) for month in months)
    orders: list[Order] = []
    for product, day in zip(products, days, strict=True):
        source = draw.choices(["till", "web", "partner"], weights=[6, 3, 2])[0]
        walk_in = source == "till" and draw.random() < 0.3
        customer = "" if walk_in else draw.choice(NAMES)
        price = 2100 if product == 4 and day.month >= 7 else CENTS[product]
        pieces = draw.randint(1, PIECES[source])
        cents = pieces * price * draw.choice([100, 100, 100, 90]) // 100
        order, name = f"A-{1001 + len(orders)}", f"T-{product + 1:02}"
        orders.append(Order(order, source, day, customer, name, pieces, cents))
    return orders


draw = random.Random(2025)
truth = draw_orders(draw)
print(len(truth), "orders,", truth[0].day, "to", truth[-1].day)
#> 300 orders, 2025-01-01 to 2025-12-28

# %% [markdown]
# Each source writes dates and amounts in its own way. From October on, the partner's amounts are in cents instead of
# euros, and nothing in the file says so. There are six spellings of a missing value.

# %%
MISSING = ["", "-", "n/a", "?", "NULL", "unknown"]
DATES = {"till": "%d/%m/%Y", "web": "%Y-%m-%d", "partner": "%m/%d/%Y"}


def written(one: Order) -> list[str]:
    in_cents = one.source == "partner" and one.day.month >= 10
    amount = f"{one.cents if in_cents else one.cents / 100:,.2f}"
    if one.source == "till":
        comma = amount.translate(str.maketrans(",.", ".,"))
        amount = draw.choice(["{} €", "€ {}", "{}"]).format(comma)
    elif one.source == "web":
        amount = f"€{amount}"
    customer = one.customer or draw.choice(MISSING)
    day = one.day.strftime(DATES[one.source])
    what = [one.product, str(one.pieces), amount]
    return [one.order, one.source, day, customer, *what]


# %% [markdown]
# Five orders lose their number and six their amount; one of the six is the only order of the customer Zeller.

# %%
local = [at for at, one in enumerate(truth) if one.source != "partner"]
picked = draw.sample(local, 32)
no_number, no_amount = picked[21:26], picked[26:]
truth[no_amount[0]] = truth[no_amount[0]]._replace(customer="Zeller")
rows = [written(one) for one in truth]
for at in no_number:
    rows[at][0] = draw.choice(MISSING)
for at in no_amount:
    rows[at][6] = draw.choice(MISSING)

# %% [markdown]
# 18 orders are exported a second time, in another case and with extra spaces. Three others come again with a
# correction: one piece more.

# %%
for at in picked[:18]:
    order, source, day, customer, *what = written(truth[at])
    rows.append(
        [f" {order.lower()}", source, day, customer.upper() + " ", *what]
    )
for at in picked[18:21]:
    pieces, cents = truth[at].pieces, truth[at].cents
    truth[at] = truth[at]._replace(
        pieces=pieces + 1, cents=cents + cents // pieces
    )
    rows.append(written(truth[at]))
header = "order;source;ordered;customer;product;pieces;amount"
export = "\n".join([header, *map(";".join, rows)]) + "\n"
print("\n".join(export.split("\n", 6)[:6]))
"""
order;source;ordered;customer;product;pieces;amount
A-1001;partner;01/01/2025;Berger;T-10;1;125.00
A-1002;till;01/01/2025;Berger;T-05;2;36,00 €
A-1003;partner;01/04/2025;Berger;T-12;16;6,912.00
A-1004;till;06/01/2025;;T-05;1;18,00 €
A-1005;partner;01/08/2025;Dubois;T-01;14;35.00
"""

# %% [markdown]
# ## `read_csv()` takes more than half of the missing values for text
#
# Every cell is read as text, which decides nothing yet ([PX275](../data/read-and-clean.md)). How many of the missing
# values does a plain `read_csv()` recognise?

# %% value
from io import StringIO

import pandas as pd

raw = pd.read_csv(
    StringIO(export), sep=";", dtype="str", keep_default_na=False
)
guessed = pd.read_csv(StringIO(export), sep=";")
print(len(raw), "rows,", export.count("\n") - 1, "lines below the header")
#> 321 rows, 321 lines below the header
spellings = [spelling.casefold() for spelling in MISSING]
is_missing = raw.map(lambda cell: cell.strip().casefold()).isin(spellings)
pd.DataFrame(
    {
        "missing": is_missing.sum(),
        "recognised": guessed.isna().sum(),
        "kept as text": (is_missing & guessed.notna()).sum(),
    }
)
#>           missing  recognised  kept as text
#> order           5           1             4
#> source          0           0             0
#> ordered         0           0             0
#> customer       49          19            30
#> product         0           0             0
#> pieces          0           0             0
#> amount          6           3             3

# %% [markdown]
# 37 of 60 missing values stay text, and 30 rows would belong to customers called `-`, `?` or `unknown`. Here the
# spellings of a missing value are declared, in any case, and so is what makes two names equal.

# %%
text = raw.map(str.strip).mask(is_missing)
text["order"] = text["order"].str.upper()
text["customer"] = text["customer"].str.title()
kept = guessed.loc[is_missing["customer"], "customer"].dropna()
print("taken for names:", sorted(kept.unique()))
#> taken for names: ['-', '- ', '?', '? ', 'UNKNOWN ', 'unknown']
print("names as read:", guessed["customer"].nunique())
#> names as read: 19
print("names declared equal:", text["customer"].nunique())
#> names declared equal: 7
missing = text.isna().sum()
print("missing:", missing[missing > 0].to_dict())
#> missing: {'order': 5, 'customer': 49, 'amount': 6}

# %% [markdown]
# ## The conversion that loses the fewest amounts gets the most wrong
#
# Six amounts are missing, so six NaN are right. How many are there after four common conversions, each with
# `errors="coerce"`?

# %%
bare = text["amount"].str.replace(r"[€ ]", "", regex=True)
attempts = {
    "as written": text["amount"],
    "without signs": bare,
    "comma to point": bare.str.replace(",", "."),
    "points removed first": bare.str.replace(".", "").str.replace(",", "."),
}
numbers = pd.DataFrame(
    {
        name: pd.to_numeric(column, errors="coerce")
        for name, column in attempts.items()
    }
)
for name, count in numbers.isna().sum().items():
    print(name, count)
    #> as written 304
    #> without signs 231
    #> comma to point 69
    #> points removed first 7

# %% [markdown]
# The fourth looks best. To check it, each amount now has to match a declared form with exactly two decimals, so that
# it can be read in one way only. What matches no form is put aside and counted
# ([PX216](../errors/swallowed-exceptions.md)).

# %%
FORM = r"\d{1,3}(?:\.\d{3})*,\d\d|\d{1,3}(?:,\d{3})*\.\d\d"

fits = bare.str.fullmatch(FORM, na=False)
aside = ~fits & bare.notna()
print("missing:", bare.isna().sum(), "put aside:", aside.sum())
#> missing: 6 put aside: 0
odd = pd.Series(["1.234", "12.5", "-3,00", "$7.00", "1.234,50", "1,234.50"])
print("would be put aside:", odd[~odd.str.fullmatch(FORM)].tolist())
#> would be put aside: ['1.234', '12.5', '-3,00', '$7.00']

# %% [markdown]
# Nothing has to be put aside, while `1.234` and `12.5` would be. Each amount becomes a whole number of cents, so that
# sums can be compared exactly ([PX172](../stdlib/decimal.md)). How many numbers of each conversion differ from it?

# %% value
digits = bare.where(fits).str.replace(r"\D", "", regex=True)
table = text[["order", "source", "customer", "product"]].assign(
    pieces=text["pieces"].astype("Int64"), cents=digits.astype("Int64")
)
exact = table["cents"].astype("float64")
off = numbers.mul(100).round().sub(exact, axis="index")
lost = numbers.isna().sum() - bare.isna().sum()
pd.DataFrame({"lost": lost, "wrong": (off.abs() > 0).sum()})
#>                       lost  wrong
#> as written             298      0
#> without signs          225      0
#> comma to point          63      0
#> points removed first     1    144

# %% [markdown]
# The conversion that lost a single amount got 144 wrong, because it removes decimal points along with the points
# between thousands; the others lost 63 to 298 and got none wrong. A count of NaN finds only the losses.
#
# ## Guessed dates pass the usual checks of a column
#
# `05/03/2025` is in March or in May. A number over 12 can only be a day: does each source keep to one order?

# %% value
slashed = text[text["ordered"].str.contains("/")]
fields = slashed["ordered"].str.extract(r"(\d\d)/(\d\d)/").astype("int64")
evidence = pd.DataFrame(
    {
        "rows": 1,
        "first over 12": fields[0] > 12,
        "second over 12": fields[1] > 12,
        "two readings": (fields.max(axis=1) <= 12) & (fields[0] != fields[1]),
    }
)
evidence.groupby(slashed["source"]).sum()
#>          rows  first over 12  second over 12  two readings
#> source
#> partner    55              0              26            26
#> till      175             99               0            67

# %% [markdown]
# It does: in no date of the tills is the second number over 12, and in none of the partner's the first. What does
# `to_datetime()` make of the column without a format?

# %%
try:
    pd.to_datetime(text["ordered"])
except ValueError as error:
    problem, _, advice = str(error).partition(". ")
    print(problem)
    #> time data "16/01/2025" doesn't match format "%m/%d/%Y"
    print(advice.rpartition("passing ")[2].partition(",")[0])
    #> `format='mixed'`
    print(advice.rpartition(". ")[2])
    #> You might want to use `dayfirst` alongside this.

# %% [markdown]
# It infers a format from the first row, and a date that does not fit raises. So each source gets its format. The
# message suggests two guesses instead: what do they give?

# %% value
parts = [
    pd.to_datetime(part["ordered"], format=DATES[str(source)])
    for source, part in text.groupby("source")
]
days = pd.DataFrame({"declared": pd.concat(parts).sort_index()})
days["mixed"] = pd.to_datetime(text["ordered"], format="mixed")
days["dayfirst"] = pd.to_datetime(
    text["ordered"], format="mixed", dayfirst=True
)
table["day"] = days["declared"]
for name in ["mixed", "dayfirst"]:
    wrong = text[days[name] != days["declared"]]
    print(name, "is wrong in", wrong["source"].value_counts().to_dict())
    #> mixed is wrong in {'till': 67}
    #> dayfirst is wrong in {'web': 34, 'partner': 26}
iso = wrong.loc[wrong["source"] == "web", "ordered"].iloc[0]
swapped = pd.to_datetime(iso, format="mixed", dayfirst=True)
print(iso, "is read as", swapped.date())
#> 2025-02-08 is read as 2025-08-02
days.agg(["count", "min", "max"])
#>                   declared                mixed             dayfirst
#> count                  321                  321                  321
#> min    2025-01-01 00:00:00  2025-01-01 00:00:00  2025-01-01 00:00:00
#> max    2025-12-28 00:00:00  2025-12-28 00:00:00  2025-12-28 00:00:00

# %% [markdown]
# No date is missing, and the first and the last day are right in all three columns. Yet `mixed` swaps day and month
# in all 67 ambiguous dates of the tills. With `dayfirst=True` it swaps the partner's 26, and also 34 ISO dates, which
# have only one reading.
#
# Another column can reveal this: orders are numbered as they come in, so their days should never go back.

# %% figure="clean-sales-dates.svg" alt="Day against order number: a rising line for declared formats, points scattered around it for both guesses"
import matplotlib.pyplot as plt

digits = text["order"].dropna().str.removeprefix("A-")
number = digits.astype("int64").sort_values(kind="stable")
by_number = days.loc[number.index]
back = by_number.diff() < pd.Timedelta(0)
print("earlier than the order before:", back.sum().to_dict())
#> earlier than the order before: {'declared': 0, 'mixed': 41, 'dayfirst': 41}
print("rows in December:", (days >= "2025-12-01").sum().to_dict())
#> rows in December: {'declared': 74, 'mixed': 63, 'dayfirst': 61}
figure, panels = plt.subplots(
    1, 3, figsize=(7, 2.6), sharey=True, layout="constrained"
)
for axes, way in zip(panels, by_number, strict=True):
    axes.plot(number, by_number[way], ".", color="black", markersize=3)
    axes.set(title=way, xlabel="order number", xticks=[1050, 1150, 1250])
    axes.spines[["top", "right"]].set_visible(False)
panels[0].set_ylabel("day as read")

# %% [markdown]
# Declared days never go back. The days of each guess go back 41 times, and December has over ten rows too few.
#
# ## Duplicates show after parsing, and a missing key is not a key
#
# 18 rows are repeats and three are corrections. How many rows does each comparison call duplicates?

# %%
known = table["order"].notna()
repeated = known & table.duplicated()
print("as read:", raw.duplicated().sum())
#> as read: 0
print("stripped, in one case:", text.duplicated().sum())
#> stripped, in one case: 12
rest = text.drop(columns="amount")
print("the same, without the amount:", rest.duplicated().sum())
#> the same, without the amount: 18
print("parsed:", table.duplicated().sum())
#> parsed: 18
same_number = table.duplicated("order")
print("by order number:", same_number.sum())
#> by order number: 25
print("by order number, if any:", (known & same_number).sum())
#> by order number, if any: 21

# %% [markdown]
# As text, no repeat equals its original. Stripped and in one case, 12 do; the other six differ in how the amount is
# written, and are equal once it is parsed. By order number there are 25, four too many: five orders have no number,
# and `duplicated()` takes missing keys for equal. Which rows share a number and differ?

# %% value
once = table[~repeated]
corrected = once["order"].notna() & once.duplicated("order", keep=False)
once[corrected].sort_values("order", kind="stable").drop(columns="source")
#>       order customer product  pieces  cents        day
#> 147  A-1148      NaN    T-07       1   3600 2025-09-24
#> 318  A-1148      NaN    T-07       2   7200 2025-09-24
#> 192  A-1193   Dubois    T-09       2  14220 2025-11-04
#> 320  A-1193   Dubois    T-09       3  21330 2025-11-04
#> 297  A-1298  Fischer    T-05       2   4200 2025-12-28
#> 319  A-1298  Fischer    T-05       3   6300 2025-12-28

# %% [markdown]
# Somebody has to decide which row of a pair is right; here the later one counts.

# %%
replaced = once["order"].notna() & once.duplicated("order", keep="last")
orders = once[~replaced].reset_index(drop=True)
print(len(table), "-", repeated.sum(), "-", replaced.sum(), "=", len(orders))
#> 321 - 18 - 3 = 300
numbers_before, numbers_after = set(table["order"]), set(orders["order"])
print("numbers lost:", len(numbers_before - numbers_after))
#> numbers lost: 0
print("without a number:", (~known).sum(), orders["order"].isna().sum())
#> without a number: 5 5

# %% [markdown]
# Every row that is gone is accounted for, and no order number went with it.
#
# ## A merge returns the right number of rows, and the wrong rows
#
# The price list has `T-05` twice, with the old and the new price, and does not have `T-12` yet.

# %%
prices = pd.DataFrame(
    {
        "product": ["T-05", *(f"T-{number:02}" for number in range(1, 12))],
        "since": pd.to_datetime(["2025-07-01"] + ["2025-01-01"] * 11),
        "price": [2100, *CENTS[:-1]],
    }
)

# %% [markdown]
# How many rows do a left and an inner merge return, and what are they worth?

# %%
left = orders.merge(prices, on="product", how="left")
inner = orders.merge(prices, on="product")
for name, merged in {"orders": orders, "left": left, "inner": inner}.items():
    print(name, len(merged), "rows", merged["cents"].sum() / 100)
    #> orders 300 rows 5309679.33
    #> left 325 rows 5396440.83
    #> inner 300 rows 3651688.83
there, of = inner["order"].nunique(), orders["order"].nunique()
print("order numbers in inner:", there, "of", of)
#> order numbers in inner: 270 of 295
try:
    orders.merge(prices, on="product", how="left", validate="many_to_one")
except pd.errors.MergeError as error:
    print(str(error).partition(";")[0])
    #> Merge keys are not unique in right dataset

# %% [markdown]
# The inner merge leaves out the 25 orders of `T-12` and doubles the 25 of `T-05`: 300 rows before, 300 after. (The
# data are made so that the two cancel out.) The sum and the order numbers show the loss, and `validate=` raises
# an exception ([PX277](../data/merges.md)).
#
# Which of two prices is right depends on the day. `merge_asof()` takes the latest price that was valid then, and
# returns each order once:

# %%
priced = pd.merge_asof(
    orders.sort_values("day", kind="stable"),
    prices.sort_values("since", kind="stable"),
    left_on="day",
    right_on="since",
    by="product",
)
print(len(priced), "rows", priced["cents"].sum() / 100)
#> 300 rows 5309679.33
unpriced = priced.loc[priced["price"].isna(), "product"]
print("without a price:", unpriced.value_counts().to_dict())
#> without a price: {'T-12': 25}

# %% [markdown]
# ## An error of unit is not an outlier
#
# Rows and sum are preserved, and the orders without a price are known. Now each amount can be compared with pieces
# times price, less a discount of at most 10 %. By what factor do the two differ? Without a price or an amount it is
# `unknown`.

# %% value
import numpy as np

expected = priced["pieces"] * priced["price"]
factor = (priced["cents"] / expected).astype("float64")
power = pd.Series(np.log10(factor)).round()
autumn = priced["day"] >= "2025-10-01"
labels = power.map({0: "about 1", 2: "about 100"}).fillna("unknown")
pd.crosstab(
    [priced["source"], autumn.rename("since October")],
    labels.rename("factor"),
)
#> factor                 about 1  about 100  unknown
#> source  since October
#> partner False               24          0        3
#>         True                 0         27        1
#> till    False               73          0       12
#>         True                68          0        7
#> web     False               37          0        5
#>         True                41          0        2

# %% [markdown]
# Of the orders that can be compared, the partner's 27 since October are too large by a factor of 100, and no others
# are. That is an error of unit, with a source and a date. Does a rule for outliers find these 27, and the 28th, which
# has no price?

# %% value
in_cents = (priced["source"] == "partner") & autumn
amounts = priced["cents"].astype("float64")
low, high = amounts.quantile([0.25, 0.75])
limits = {
    "Q3 + 1.5 IQR": high + 1.5 * (high - low),
    "mean + 3 deviations": amounts.mean() + 3 * amounts.std(),
}
found = {
    name: {
        "found": (in_cents & (amounts > limit)).sum(),
        "not found": (in_cents & (amounts <= limit)).sum(),
        "good rows": (~in_cents & (amounts > limit)).sum(),
        "limit in euros": round(limit / 100),
    }
    for name, limit in limits.items()
}
good = amounts[~in_cents]
without = round((good.mean() + 3 * good.std()) / 100)
print("mean + 3 deviations without the 28:", without)
#> mean + 3 deviations without the 28: 4362
pd.DataFrame(found).T
#>                      found  not found  good rows  limit in euros
#> Q3 + 1.5 IQR            28          0         25            1355
#> mean + 3 deviations      3         25          0          360010

# %% [markdown]
# Three deviations find 3 of 28, because the errors themselves raise the limit from 4,362 to 360,010 euros. The
# quartiles find all 28 here, but 25 good rows as well: dropping what they find loses nearly as many good rows as bad
# ones. Does any limit separate the two groups?

# %%
points = priced.assign(listed=expected / 100, charged=amounts / 100)
compared = points["charged"][points["listed"].notna()]
print("smallest in cents, read as euros:", compared[in_cents].min())
#> smallest in cents, read as euros: 2400.0
print("largest in euros:", compared[~in_cents].max())
#> largest in euros: 4500.0

# %% [markdown]
# None does: the smallest amount in cents, read as euros, is below the largest in euros. Drawn against the expected
# amounts, the same orders look like this:

# %% figure="clean-sales-units.svg" alt="Two parallel bands of points, a factor of 100 apart; the upper has orders of the partner only, and begins below the end of the lower"
figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
marks = {"partner": "s", "till": "o", "web": "^"}
for name, mark in marks.items():
    part = points[points["source"] == name]
    x, y = part["listed"], part["charged"]
    axes.plot(x, y, mark, markersize=5, fillstyle="none", label=name)
limit = limits["Q3 + 1.5 IQR"] / 100
axes.axhline(limit, color="dimgrey", linewidth=1)
axes.text(3, limit * 1.2, "Q3 + 1.5 IQR", color="dimgrey")
axes.set(xlabel="pieces times list price, euros", xscale="log")
axes.set(ylabel="amount as written, read as euros", yscale="log")
axes.xaxis.set_major_formatter("{x:,.0f}")
axes.yaxis.set_major_formatter("{x:,.0f}")
axes.spines[["top", "right"]].set_visible(False)
axes.legend(frameon=False)

# %% [markdown]
# Against the expected amounts, the two groups are a factor of 100 apart, and no point lies between them.
#
# ## The cleaned table is the truth, less what was never written
#
# So the partner's amounts since October are divided by 100, and no row is dropped. Does the cleaned table agree with
# the orders as generated, in sum and cell by cell?

# %% value
clean = priced[[*orders.columns]]
clean["cents"] = clean["cents"].mask(in_cents, clean["cents"] // 100)
real = pd.DataFrame(truth)
real["day"] = pd.to_datetime(real["day"])
real["customer"] = real["customer"].mask(real["customer"] == "")
unwritten = real.loc[no_amount, "cents"].sum()
print(len(clean), "rows,", len(real), "orders")
#> 300 rows, 300 orders
print("cents:", clean["cents"].sum(), "=", real["cents"].sum(), "-", unwritten)
#> cents: 18879246 = 18983446 - 104200
keyed = clean.dropna(subset="order").set_index("order").sort_index()
same = real.set_index("order").loc[keyed.index, keyed.columns]
pd.DataFrame(
    {
        "rows": keyed.notna().sum(),
        "missing here": (keyed.isna() & same.notna()).sum(),
        "different": (keyed.notna() & keyed.ne(same)).sum(),
    }
)
#>           rows  missing here  different
#> source     295             0          0
#> customer   250             0          0
#> product    295             0          0
#> pieces     295             0          0
#> cents      289             6          0
#> day        295             0          0

# %% [markdown]
# The sums differ by exactly the six amounts that were never written. In the 295 orders that have a number, no value
# differs, and only those six are missing.
#
# ## A report on a clean table loses rows again
#
# How much does each customer spend, and how large is an order?

# %%
named = clean.groupby("customer")["cents"]
print("all:", clean["cents"].sum(), "groups:", named.sum().sum())
#> all: 18879246 groups: 18246056
everyone = clean.groupby("customer", dropna=False)["cents"]
print("with dropna=False:", everyone.sum().sum())
#> with dropna=False: 18879246
print("Zeller:", named.sum()["Zeller"], named.sum(min_count=1)["Zeller"])
#> Zeller: 0 <NA>
means = clean.groupby("source")["cents"].mean() / 100
print(means.round(2).to_dict())
#> {'partner': 1872.86, 'till': 206.88, 'web': 639.51}
print("mean of means:", round(means.mean(), 2))
#> mean of means: 906.42
print("mean:", round(clean["cents"].mean() / 100, 2))
#> mean: 642.15

# %% [markdown]
# Orders without a customer are in no group, unless `dropna=False` is passed ([PX278](../data/groupby-windows.md)).
# The amount of Zeller's only order is not known, and the sum makes it 0; with `min_count=1` it stays missing. The
# mean of the three means, 906.42, is not the mean of the orders, 642.15: it gives the partner's few large orders as
# much weight as all those of the tills ([PX305](../data/chunks.md)).
#
# ## What to take along
#
# - Read cells as text, declare what counts as missing and which forms are allowed, and count what fits none
#   ([PX275](../data/read-and-clean.md)). Zero NaN is no evidence that numbers or dates are right.
# - Keep amounts as whole cents or decimals, so that sums before and after a step can be equal
#   ([PX172](../stdlib/decimal.md)).
# - Declare a date format for each source, and check dates against a column that they have to agree with
#   ([PX275](../data/read-and-clean.md)).
# - Parse first, then look for duplicates by a key, among the rows that have one, and look at rows that share a key
#   and differ ([PX275](../data/read-and-clean.md)).
# - Compare the rows, the keys and a sum before and after each merge, and pass `validate=`
#   ([PX277](../data/merges.md)). The number of rows can be right by accident.
# - Compare an amount with what it should be before you drop it as an outlier, and correct units by source and date.
# - Keep missing keys and missing sums in groups ([PX278](../data/groupby-windows.md)), and take means from sums and
#   counts ([PX305](../data/chunks.md)).
# - In a program, raise an exception where a count is off; `assert` is gone under `-O`
#   ([PX211](../errors/assert-validation.md)). [A till's export](../programs/sales-cleanup.md) is such a program.
