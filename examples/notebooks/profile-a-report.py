# ---
# title: Find where a slow report spends its time
# summary: A profile counts calls, and a search within one call looks linear; count calls, lines and comparisons at two sizes, and mend one cause at a time.
# ---

# %% [markdown]
# # Find where a slow report spends its time
#
# A report adds up orders by customer, and takes far too long with some thousand of them. `cProfile` names the first
# cause at once. The most obvious mend makes it disappear from the counts while it is still there, and by the counts
# of calls there is no second cause.
#
# Seconds differ from run to run and from machine to machine, and counts do not. The cells below count, and compare
# times only where one is far larger than the other.

# %%
import random
from dataclasses import dataclass

RATES = "\n".join(f"C{number:02} {1 + number / 100}" for number in range(50))


@dataclass(frozen=True)
class Order:
    number: int
    customer: int
    cents: int
    currency: str


def make_lines(count: int, seed: int = 7) -> list[str]:
    draw = random.Random(seed)
    columns = (
        (n, draw.randrange(count // 4), draw.randrange(100, 90_000))
        for n in range(count)
    )
    lines = [
        f"{n},{customer},{cents},C{n % 50:02}"
        for n, customer, cents in columns
    ]
    return lines + draw.sample(lines, count // 10)  # one in ten is sent twice


# %% [markdown]
# The steps of the report are methods, so that each mend further down is a subclass that overrides one of them. An
# order that was sent twice is dropped, the name of the customer is looked up, and the amount is converted.


# %%
class Steps:
    def __init__(self, customers: list[tuple[int, str]]) -> None:
        self.customers = customers
        self.seen: list[Order] = []

    def is_repeated(self, order: Order) -> bool:
        if order in self.seen:
            return True
        self.seen.append(order)
        return False

    def name_of(self, customer: int) -> str:
        for number, name in self.customers:
            if number == customer:
                return name
        return "unknown"

    def rate(self, currency: str) -> float:
        rates = dict(line.split() for line in RATES.splitlines())
        return float(rates[currency])


# %%
def parse(line: str) -> Order:
    number, customer, cents, currency = line.split(",")
    return Order(int(number), int(customer), int(cents), currency)


def report(lines: list[str], steps: Steps) -> dict[str, int]:
    totals: dict[str, int] = {}
    for order in map(parse, lines):
        if not steps.is_repeated(order):
            name = steps.name_of(order.customer)
            cents = round(order.cents * steps.rate(order.currency))
            totals[name] = totals.get(name, 0) + cents
    return totals


customers = [(number, f"Customer {number}") for number in range(250)]
expected = report(make_lines(1000), Steps(customers))
print(len(expected), "customers,", sum(expected.values()), "cents")
#> 246 customers, 56319079 cents

# %% [markdown]
# ## A method that nobody wrote takes most of the calls and most of the time
#
# `getstats()` has what `pstats` prints as a table: how often each function was entered, and its time with and without
# that of the functions it calls ([PX150](../performance/profile.md)).

# %%
import cProfile
from collections import Counter
from collections.abc import Callable
from types import CodeType


def profiled(work: Callable[[], object]) -> cProfile.Profile:
    profile = cProfile.Profile()
    profile.runcall(work)
    return profile


def calls(profile: cProfile.Profile) -> Counter[str]:
    """How often each function was entered, but for comprehensions."""
    counted = Counter[str]()
    for row in profile.getstats():
        if isinstance(row.code, CodeType) and not row.code.co_name.startswith(
            "<"
        ):
            counted[row.code.co_name] += row.callcount
    return counted


# %%
def job(kind: type[Steps], count: int) -> Callable[[], object]:
    lines = make_lines(count)
    customers = [
        (number, f"Customer {number}") for number in range(count // 4)
    ]
    return lambda: report(lines, kind(customers))


profile = profiled(job(Steps, 1000))
for function, count in sorted(
    calls(profile).items(), key=lambda item: (-item[1], item[0])
):
    print(f"{count:>9,} {function}")
    #>   549,643 __eq__
    #>     1,101 __init__
    #>     1,100 is_repeated
    #>     1,100 parse
    #>     1,000 name_of
    #>     1,000 rate
    #>         1 report

# %% [markdown]
# No line of the report calls `__eq__`. The dataclass has made that method, and `order in self.seen` calls it once for
# each order seen so far. The own times of `__eq__` and `is_repeated()` make up most of the whole:


# %%
def name_of_code(code: CodeType | str) -> str:
    return code if isinstance(code, str) else code.co_name


own = [(name_of_code(row.code), row.inlinetime) for row in profile.getstats()]
pair = sum(
    seconds for name, seconds in own if name in ("__eq__", "is_repeated")
)
print("over half:", pair > 0.5 * sum(seconds for _, seconds in own))
#> over half: True

# %% [markdown]
# ## Two sizes tell a quadratic step from a slow one
#
# When the input doubles, the counts of a linear step double, and those of a quadratic one grow fourfold. One profile
# cannot show that, two can.


# %%
def growth(
    count: Callable[[Callable[[], object]], Counter[str]], kind: type[Steps]
) -> None:
    small, large = (count(job(kind, size)) for size in (200, 400))
    for name in ("__eq__", "is_repeated", "name_of", "rate"):
        if small[name]:
            factor = large[name] / small[name]
            print(
                f"{name:11} {small[name]:>9,} {large[name]:>9,}  x{factor:.1f}"
            )
            #> __eq__         21,814    87,104  x4.0
            #> is_repeated       220       440  x2.0
            #> name_of           200       400  x2.0
            #> rate              200       400  x2.0


def count_calls(work: Callable[[], object]) -> Counter[str]:
    return calls(profiled(work))


growth(count_calls, Steps)

# %% [markdown]
# ## A mend can remove the calls and keep the comparisons
#
# Numbers are cheaper to compare than orders, so the first attempt keeps a list of numbers. By the counts it is done:
# `__eq__` is gone, and everything else is linear.


# %%
class ByNumber(Steps):
    def __init__(self, customers: list[tuple[int, str]]) -> None:
        super().__init__(customers)
        self.numbers: list[int] = []

    def is_repeated(self, order: Order) -> bool:
        if order.number in self.numbers:
            return True
        self.numbers.append(order.number)
        return False


growth(count_calls, ByNumber)
#> is_repeated       220       440  x2.0
#> name_of           200       400  x2.0
#> rate              200       400  x2.0

# %% [markdown]
# The comparisons are still made, now inside the `in` of a list, which is not a call. A subclass of `int` that counts
# how often it is compared brings them back. Beside it, the same step with a set
# ([PX147](../performance/set-membership.md)):


# %%
class WithSet(Steps):
    def __init__(self, customers: list[tuple[int, str]]) -> None:
        super().__init__(customers)
        self.numbers: set[int] = set()

    def is_repeated(self, order: Order) -> bool:
        if order.number in self.numbers:
            return True
        self.numbers.add(order.number)
        return False


# %%
class Counted(int):
    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return int.__eq__(self, other)

    __hash__ = int.__hash__


searching: list[type[Steps]] = [ByNumber, WithSet]
for kind in searching:
    for size in (200, 400):
        steps = kind([])
        Counted.compared = 0
        found = [
            steps.is_repeated(Order(Counted(n), 0, 0, "")) for n in range(size)
        ]
        compared = f"{Counted.compared:>8,} comparisons"
        print(f"{kind.__name__:8} {size:>5} orders {compared}")
        #> ByNumber   200 orders   19,900 comparisons
        #> ByNumber   400 orders   79,800 comparisons
        #> WithSet    200 orders        0 comparisons
        #> WithSet    400 orders        0 comparisons

# %% [markdown]
# The list makes four times as many comparisons for twice the orders. The set makes none, because no two of these
# numbers have the same hash.
#
# ## A loop without calls looks linear, so count lines too
#
# By its calls, `name_of()` is linear: one for each order. What its loop does is not a call either. `sys.settrace()`
# reports each line that is executed, and the two sizes can be compared by lines.

# %%
import sys
from types import FrameType
from typing import Any


def count_lines(work: Callable[[], object]) -> Counter[str]:
    """How many lines each function executes, but for generated ones."""
    counted = Counter[str]()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if not code.co_name.startswith("<") and code.co_filename != "<string>":
            counted[code.co_name] += event == "line"
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return counted


growth(count_lines, WithSet)
#> is_repeated       640     1,280  x2.0
#> name_of        10,370    40,208  x3.9
#> rate              400       800  x2.0

# %% [markdown]
# Twice the orders come with twice the customers to search, so `name_of()` executes nearly four times as many lines.
# It needs a dictionary. `rate()` is linear, and still splits the whole table of rates for each order. That work is
# the same each time, and belongs before the loop ([PX158](../performance/invariant-work.md)).


# %%
class WithRates(WithSet):
    def __init__(self, customers: list[tuple[int, str]]) -> None:
        super().__init__(customers)
        self.rates = dict(line.split() for line in RATES.splitlines())

    def rate(self, currency: str) -> float:
        return float(self.rates[currency])


class WithNames(WithRates):
    def __init__(self, customers: list[tuple[int, str]]) -> None:
        super().__init__(customers)
        # of two with the same number, the first stays
        self.names = dict(reversed(customers))

    def name_of(self, customer: int) -> str:
        return self.names.get(customer, "unknown")


# %% [markdown]
# ## Each mend shows in another count, and one in none of them
#
# The table has calls of Python functions, calls of built-in ones, and lines, for 200 orders. Each version gives the
# totals of the first.

# %%
first = job(Steps, 200)()
print("           Python  built-in    lines  same totals")
#>            Python  built-in    lines  same totals
versions: list[type[Steps]] = [Steps, *searching, WithRates, WithNames]
for kind in versions:
    work = job(kind, 200)
    profile = profiled(work)
    built_in = sum(
        row.callcount
        for row in profile.getstats()
        if isinstance(row.code, str)
    )
    python, executed = calls(profile).total(), count_lines(work).total()
    counts = f"{python:>8,} {built_in:>9,} {executed:>8,}"
    print(f"{kind.__name__:9} {counts}  {work() == first}")
    #> Steps       22,876    11,021   12,895  True
    #> ByNumber     1,063    11,021   12,897  True
    #> WithSet      1,063    11,021   12,897  True
    #> WithRates    1,064       872   12,699  True
    #> WithNames    1,065     1,072    2,531  True

# %% [markdown]
# The first mend shows in the calls of Python functions, the rates in those of built-in functions, and the names in
# the lines. Between `ByNumber` and `WithSet` all three stay as they are: only the comparisons differ, which all
# happen inside one `in`.
#
# ## A comprehension has a row on 3.11 and none since 3.12
#
# Since 3.12, the code of a comprehension is part of the function around it. Profiles that were made on both sides of
# that change cannot be compared row by row. A generator expression keeps its row.


# %%
def spread(amounts: list[int]) -> int:
    listed = [cents // 100 for cents in amounts]
    return sum(listed) - sum(cents // 200 for cents in amounts)


def rows_of(work: Callable[[], object]) -> list[str]:
    codes = (row.code for row in profiled(work).getstats())
    return sorted(code.co_name for code in codes if isinstance(code, CodeType))


# %% python="<3.12"
print(rows_of(lambda: spread([5_000, 9_900])))
#> ['<genexpr>', '<lambda>', '<listcomp>', 'spread']

# %% python=">=3.12"
print(rows_of(lambda: spread([5_000, 9_900])))
#> ['<genexpr>', '<lambda>', 'spread']

# %% [markdown]
# ## A generator is called by whoever asks it for an item
#
# Here `select()` makes two generators, and `sum()` consumes one of them. Which callers does the profile name? For the
# last of them, `print_callers()` of `pstats` is asked too.

# %%
from collections.abc import Iterable, Iterator


def parsed(lines: Iterable[str]) -> Iterator[Order]:
    for line in lines:
        yield parse(line)


def large(orders: Iterable[Order]) -> Iterator[int]:
    for order in orders:
        if order.cents > 50_000:
            yield order.cents


def select(lines: list[str]) -> int:
    return sum(large(parsed(lines)))


# %%
import io
import pstats
import re


def callers(
    profile: cProfile.Profile, name: str
) -> dict[str, tuple[int, float]]:
    """The direct callers of a function, with calls and time."""
    found: dict[str, tuple[int, float]] = {}
    for row in profile.getstats():
        for called in row.calls or []:
            if name_of_code(called.code) == name:
                found[name_of_code(row.code)] = (
                    called.callcount,
                    called.totaltime,
                )
    return found


lines = make_lines(100)
profile = profiled(lambda: select(lines))
for name in ("select", "large", "parsed", "parse"):
    print(
        name,
        [
            (caller, count)
            for caller, (count, _) in callers(profile, name).items()
        ],
    )
    #> select [('<lambda>', 1)]
    #> large [('<built-in method builtins.sum>', 56)]
    #> parsed [('large', 111)]
    #> parse [('parsed', 110)]
text = io.StringIO()
pstats.Stats(profile, stream=text).print_callers("parsed")
print("print_callers:", re.findall(r"\((\w+)\)", text.getvalue()))
#> print_callers: ['parsed', 'large']

# %% [markdown]
# `parsed()` is called by `large()`, and `large()` by `sum()`. `select()`, which put them together, calls neither. A
# generator is entered once for each item and once more to find its end, 111 times for 110 lines. What a lazy reader
# costs appears below the loop that consumes it ([PX068](../functions/generators.md)).
#
# ## The caller with 99 of 100 calls is the wrong one
#
# Two reports share a scan. The number of calls points to one of them, the time of the calls to the other. A profile
# keeps both for each pair of a function and its direct caller.


# %%
def scan(size: int) -> int:
    total = 0
    for number in range(size):
        total += number % 7
    return total


def daily() -> list[int]:
    return list(map(scan, [10] * 99))


def yearly() -> int:
    return scan(300_000)


profile = profiled(lambda: (daily(), yearly()))
by = callers(profile, "scan")
print([(caller, count) for caller, (count, _) in sorted(by.items())])
#> [('daily', 99), ('yearly', 1)]
total_time = sum(seconds for _, seconds in by.values())
print("yearly() over 90% of the time:", by["yearly"][1] > 0.9 * total_time)
#> yearly() over 90% of the time: True

# %% [markdown]
# ## One of two functions with the same name is lost in get_stats_profile()
#
# `get_stats_profile()` has one row for each name. With two methods `rate()`, only one of them is in it: the calls of
# the other are missing, not added. `getstats()` has both. A recursive function shows two counts, all calls and those
# from outside.


# %%
def depth(order: int) -> int:
    return depth(order // 2) + 1 if order else 0


def mixed() -> None:
    for steps in (Steps([]), WithRates([])):
        steps.rate("C07")
    depth(2000)


profile = profiled(mixed)
rows = pstats.Stats(profile).get_stats_profile().func_profiles
print("rate:", rows["rate"].ncalls, "of", calls(profile)["rate"])
#> rate: 1 of 2
print("depth:", rows["depth"].ncalls)
#> depth: 12/1

# %% [markdown]
# ## A coroutine that waits has next to no time
#
# Four tasks wait three times each, all at once. Each time that a coroutine is resumed counts as a call, and the time
# between two resumptions is not in its row, neither as its own nor with that of the functions it calls.

# %%
import asyncio
import time


async def fetch() -> None:
    for _ in range(3):
        await asyncio.sleep(0.1)


async def fetch_all() -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(fetch())


start = time.perf_counter()
profile = profiled(lambda: asyncio.run(fetch_all()))
elapsed = time.perf_counter() - start
rows_of_fetch = [
    row for row in profile.getstats() if name_of_code(row.code) == "fetch"
]
inside = sum(row.totaltime for row in rows_of_fetch)
print("calls of fetch:", sum(row.callcount for row in rows_of_fetch))
#> calls of fetch: 16
print("waited over 0.25 s:", elapsed > 0.25)
#> waited over 0.25 s: True
print("in fetch() under 20% of that:", inside < 0.2 * elapsed)
#> in fetch() under 20% of that: True

# %% [markdown]
# ## The profiler slows down what calls most
#
# Both loops add up amounts without their sign, one by a call of `abs()`, one by a comparison. The profiler reads its
# clock at each call and at each return, and not at a comparison. `Profile()` takes a clock of your own: this one
# counts how often it is read.


# %%
def by_call(amounts: list[int]) -> int:
    total = 0
    for cents in amounts:
        total += abs(cents)
    return total


def by_comparison(amounts: list[int]) -> int:
    total = 0
    for cents in amounts:
        total += cents if cents > 0 else -cents
    return total


amounts = list(range(-10_000, 10_000))
print("same total:", by_call(amounts) == by_comparison(amounts))
#> same total: True

# %%
import itertools


def clock_readings(loop: Callable[[list[int]], int]) -> int:
    ticks = itertools.count()
    cProfile.Profile(ticks.__next__).runcall(loop, amounts)
    return next(ticks)


for loop in (by_call, by_comparison):
    print(f"{loop.__name__}: {clock_readings(loop):,} readings of the clock")
    #> by_call: 40,004 readings of the clock
    #> by_comparison: 4 readings of the clock

# %% [markdown]
# A profile says where to look. Whether a change has made the program faster is measured without it
# ([PX151](../performance/perf-counter.md)): code that replaces many calls by a loop saves these readings too, and
# looks better in the profile than it is.
#
# ## A list in between sets the peak of memory
#
# `tracemalloc` counts what is allocated ([PX155](../performance/memory-peak.md)). The totals are the same with a list
# of all orders and with one order at a time. How do the peaks compare?

# %%
import tracemalloc


def peak(work: Callable[[], object]) -> int:
    work()  # what is allocated once and kept is not counted
    tracemalloc.start()
    work()
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest


def listed(lines: list[str]) -> int:
    orders = [parse(line) for line in lines]
    return sum(order.cents for order in orders)


def in_turn(lines: list[str]) -> int:
    return sum(order.cents for order in map(parse, lines))


lines = make_lines(2000)
print("same total:", listed(lines) == in_turn(lines))
#> same total: True
print(
    "over 50 times the peak:",
    peak(lambda: listed(lines)) > 50 * peak(lambda: in_turn(lines)),
)
#> over 50 times the peak: True

# %% [markdown]
# ## What to take along
#
# - Profile before you change anything, and read two columns: how often, and how much time of its own
#   ([PX150](../performance/profile.md)).
# - Count at two sizes, and mend first what grows fourfold when the input doubles.
# - When no call explains the time, count lines and comparisons: look for lookups in lists
#   ([PX147](../performance/set-membership.md)), for loops that search, and for work that is the same each time
#   ([PX158](../performance/invariant-work.md)).
# - Compare callers by time rather than by number of calls. The caller of a generator is its consumer
#   ([PX068](../functions/generators.md)).
# - Time spent waiting at an `await` is in no coroutine's row: measure how long the steps of asynchronous code take.
# - Measure the result with a clock and without a profiler ([PX151](../performance/perf-counter.md)), and memory
#   with `tracemalloc` ([PX155](../performance/memory-peak.md)).
