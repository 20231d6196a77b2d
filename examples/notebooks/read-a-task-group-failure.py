# ---
# title: Read what a TaskGroup raises
# summary: A group names neither the job nor the first error; put the job on each error as a note, log a line for each leaf, and tell errors of cleanup by their context.
# ---

# %% [markdown]
# # Read what a TaskGroup raises
#
# A nightly import runs several jobs in an `asyncio.TaskGroup`, and fails with one line, which says that there were
# errors. Which job failed, which one first, what became of the others, and which failures are not in the group?

# %%
import asyncio
from collections.abc import Callable, Coroutine


async def load(
    source: str, seconds: float, error: Exception | None = None
) -> str:
    await asyncio.sleep(seconds)
    if error:
        raise error
    return f"{source} loaded"


def failure_of(
    work: Callable[[], Coroutine[object, object, object]],
) -> BaseException:
    try:
        asyncio.run(work())
    except BaseException as error:
        return error
    raise AssertionError("the work did not fail")


def parts(error: BaseException) -> tuple[BaseException, ...]:
    inner: tuple[BaseException, ...] = getattr(error, "exceptions", ())
    return inner


# %%
async def nightly() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(
            load("stock", 0, ConnectionError("reset by peer")), name="stock"
        )
        group.create_task(load("orders", 0, KeyError("sku")), name="orders")
        group.create_task(load("prices", 10), name="prices")


failure = failure_of(nightly)
print(f"{type(failure).__name__}: {failure}")
#> ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
print(parts(failure))
#> (ConnectionError('reset by peer'), KeyError('sku'))

# %% [markdown]
# The message counts the errors and names none. `exceptions` has the two, and says nothing of `prices`. The names of
# the tasks are not part of it.
#
# ## The traceback is a tree, and shows 15 errors of a group at most
#
# `traceback.format_exception()` draws each error as a branch. Without the lines about files and code, which differ
# between versions, this is its shape:

# %%
import re
import traceback

SHAPE = re.compile(r"[ |]*([+]|\w+(Error|Group): |and \d+ more)")


def shape(error: BaseException) -> list[str]:
    text = "".join(traceback.format_exception(error))
    return [line for line in text.splitlines() if SHAPE.match(line)]


for line in shape(failure):
    print(line)
    #>   + Exception Group Traceback (most recent call last):
    #>   | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
    #>   +-+---------------- 1 ----------------
    #>     | ConnectionError: reset by peer
    #>     +---------------- 2 ----------------
    #>     | KeyError: 'sku'
    #>     +------------------------------------


# %%
async def many() -> None:
    async with asyncio.TaskGroup() as group:
        for shop in range(20):
            group.create_task(
                load("stock", 0, ConnectionError(f"shop {shop}"))
            )


crowd = failure_of(many)
print(crowd)
#> unhandled errors in a TaskGroup (20 sub-exceptions)
lines = shape(crowd)
print(sum("ConnectionError" in line for line in lines), "errors are shown")
#> 15 errors are shown
print(lines[-2].strip(" |"))
#> and 5 more exceptions

# %% [markdown]
# A log with the default traceback lacks five of these twenty errors. The loop over the leaves further down has all.
#
# ## An error does not know who started its task
#
# The next cell draws the tree itself: for each error the functions of this program in its traceback, outermost first.


# %%
def functions(error: BaseException) -> list[str]:
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return [
        frame.f_code.co_name
        for frame in frames
        if frame.f_globals is globals()
    ]


def tree(error: BaseException, depth: int = 0) -> None:
    label = f"group of {len(parts(error))}" if parts(error) else repr(error)
    print("  " * depth + label, "in", " > ".join(functions(error)))
    #> group of 2 in failure_of > nightly
    #>   ConnectionError('reset by peer') in load
    #>   KeyError('sku') in load
    for note in getattr(error, "__notes__", []):
        print("  " * depth + "  note:", note)
    for part in parts(error):
        tree(part, depth + 1)


tree(failure)

# %% [markdown]
# The traceback of the group leads to `nightly()`. Those of its errors begin in the task, with `load()`, and lack
# `nightly()`. A log of the leaves alone loses the place where the group stands.
#
# ## A note tells which job it was
#
# The name of the task is known inside the task. A wrapper puts it on the error as a note and re-raises it with a bare
# `raise` ([PX219](../errors/bare-raise.md)).


# %%
async def noted(work: Coroutine[object, object, str]) -> str:
    try:
        return await work
    except Exception as error:
        task = asyncio.current_task()
        error.add_note(f"job {task.get_name() if task else '?'}")
        raise


async def nightly_with_notes() -> None:
    async with asyncio.TaskGroup() as group:
        for name, error in (
            ("stock", ConnectionError("reset")),
            ("orders", KeyError("sku")),
        ):
            group.create_task(noted(load(name, 0, error)), name=name)


tree(failure_of(nightly_with_notes))
#> group of 2 in failure_of > nightly_with_notes
#>   ConnectionError('reset') in noted > load
#>     note: job stock
#>   KeyError('sku') in noted > load
#>     note: job orders

# %% [markdown]
# ## What would have failed later is not in the group
#
# A group cancels its other tasks when the first has failed. Here all three would fail, two at once and one a moment
# later. `result()` is asked twice of each task: what it raises, and where that was.

# %%
tasks: list[asyncio.Task[str]] = []


async def three() -> None:
    async with asyncio.TaskGroup() as group:
        for name, seconds in (
            ("stock", 0.0),
            ("orders", 0.0),
            ("prices", 0.05),
        ):
            work = noted(load(name, seconds, OSError(name)))
            tasks.append(group.create_task(work, name=name))


print(f"{failure_of(three)!r}")
"""
ExceptionGroup('unhandled errors in a TaskGroup', [OSError('stock'), OSError('orders')])
"""
for attempt in ("first", "second"):
    for task in tasks:
        try:
            task.result()
        except BaseException as raised:
            print(
                attempt,
                task.get_name(),
                task.cancelled(),
                repr(raised),
                functions(raised)[1:],
            )
            #> first stock False OSError('stock') ['noted', 'load']
            #> first orders False OSError('orders') ['noted', 'load']
            #> first prices True CancelledError() ['noted', 'load']
            #> second stock False OSError('stock') []
            #> second orders False OSError('orders') []
            #> second prices True CancelledError() []

# %% [markdown]
# Both errors that came at once are in the group, and the later one never happened: `prices` was cancelled inside
# `load()`. That place is there once. The first `result()` hands over the traceback, and the second has none left, so
# ask once, and keep what it raised.
#
# ## The first error can be the last in the group
#
# Here the body of the group fails, which cancels `prices`, and then the cleanup of `prices` fails.


# %%
async def flush(source: str) -> str:
    try:
        return await load(source, 10)
    finally:
        raise OSError(f"{source} not flushed")


async def body_fails() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(noted(flush("prices")), name="prices")
        await asyncio.sleep(0)
        raise ValueError("no such shop")


failure = failure_of(body_fails)
tree(failure)
#> group of 2 in failure_of > body_fails
#>   OSError('prices not flushed') in noted > flush
#>     note: job prices
#>   ValueError('no such shop') in body_fails
print("context of the group:", repr(failure.__context__))
#> context of the group: ValueError('no such shop')

# %% [markdown]
# Errors stand in the order in which tasks ended, and that of the body comes last, even when it was the cause of the
# others. `exceptions[0]` is a consequence here.
#
# ## An error of cleanup has a CancelledError as its context
#
# Python notes on each error which other one was being handled when it was raised. For cleanup after a cancellation
# that is a `CancelledError`. A deadline of the job itself ends in a `TimeoutError` with such a context too, and is
# not a consequence.


# %%
def contexts(error: BaseException | None) -> list[str]:
    found: list[str] = []
    while error is not None:
        found.append(type(error).__name__)
        error = error.__context__
    return found


def is_consequence(error: BaseException | None) -> bool:
    """Whether the error was raised while its task was being cancelled."""
    while error is not None:
        by_cancel = isinstance(error.__context__, asyncio.CancelledError)
        if by_cancel and not isinstance(error, TimeoutError):
            return True
        error = error.__cause__ or error.__context__
    return False


# %%
async def hurried(source: str) -> str:
    async with asyncio.timeout(0.01):
        return await load(source, 10)


async def deadline_and_cleanup() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(flush("prices"))
        group.create_task(hurried("orders"))


for failure in (failure_of(body_fails), failure_of(deadline_and_cleanup)):
    for part in parts(failure):
        print(f"{part!r:30} {is_consequence(part)!s:5} {contexts(part)}")
        #> OSError('prices not flushed')  True  ['OSError', 'CancelledError']
        #> ValueError('no such shop')     False ['ValueError']
        """
        TimeoutError()                 False ['TimeoutError', 'CancelledError']
        """
        #> OSError('prices not flushed')  True  ['OSError', 'CancelledError']

# %% [markdown]
# No error has one of a sibling as its context. The function says that a cancellation was being handled, not who asked
# for it. If a job translates its errors, `raise ... from` keeps the chain ([PX083](../errors/raise-from.md)).
#
# ## What an except* clause raises decides the shape
#
# Each clause of `except*` gets its share of the errors ([PX003](../async/except-star.md)). One clause handles its
# share, one re-raises it with a bare `raise`, and the `ValueError` is in no clause.


# %%
async def mixed() -> None:
    errors = (
        ConnectionError("reset"),
        KeyError("sku"),
        ValueError("bad date"),
    )
    async with asyncio.TaskGroup() as group:
        for error in errors:
            group.create_task(load("stock", 0, error))


async def bare() -> None:
    try:
        await mixed()
    except* ConnectionError as errors:
        print("retried:", errors.exceptions)
        #> retried: (ConnectionError('reset'),)
    except* KeyError:
        raise


tree(failure_of(bare))
#> group of 2 in failure_of > bare > mixed
#>   KeyError('sku') in load
#>   ValueError('bad date') in load


# %%
async def translated() -> None:
    try:
        await mixed()
    except* ConnectionError as errors:
        print("retried:", errors.exceptions)
        #> retried: (ConnectionError('reset'),)
    except* KeyError as errors:
        raise LookupError("stock has no such article") from errors


failure = failure_of(translated)
tree(failure)
#> group of 2 in failure_of
#>   LookupError('stock has no such article') in translated
#>   group of 1 in translated > mixed
#>     ValueError('bad date') in load
print(repr(str(failure)))
#> ' (2 sub-exceptions)'

# %% [markdown]
# With a bare `raise`, the share goes back to its place in one group. A new error stands beside the rest, in a group
# around both whose message is empty. Code that looks for the errors has to search all levels
# ([PX079](../errors/split-groups.md)).
#
# ## A task that is cancelled from within ends in silence
#
# To the group, a cancellation is not an error ([PX001](../async/task-groups.md)). Nobody cancels this task: it awaits
# an answer that has been cancelled. Does the group fail?


# %%
async def shared_answer(answer: asyncio.Future[str]) -> str:
    return await answer


async def silent() -> None:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    answer.cancel()
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(shared_answer(answer))
        stock = group.create_task(load("stock", 0))
    print("no error:", stock.result(), "- and cancelled:", waiting.cancelled())
    #> no error: stock loaded - and cancelled: True


asyncio.run(silent())

# %% [markdown]
# The group succeeds, and the task counts as cancelled.
#
# ## An error of cleanup hides a cancellation from outside
#
# A deadline cancels the group from outside. If the jobs end quietly, it raises `TimeoutError`. If the cleanup of one
# fails, the group raises that error instead.


# %%
async def deadline(
    work: Callable[[str], Coroutine[object, object, str]],
) -> None:
    async with asyncio.timeout(0.01):
        async with asyncio.TaskGroup() as group:
            group.create_task(work("prices"))


async def patient(source: str) -> str:
    return await load(source, 10)


print(repr(failure_of(lambda: deadline(patient))))
#> TimeoutError()
failure = failure_of(lambda: deadline(flush))
print(
    type(failure).__name__,
    "- is a TimeoutError:",
    isinstance(failure, TimeoutError),
)
#> ExceptionGroup - is a TimeoutError: False

# %% [markdown]
# An `except TimeoutError` around it does not run ([PX010](../async/timeouts.md)). What is left of the deadline
# differs: since 3.13, its `TimeoutError` is in the context of the error, and `is_consequence()` says `False`.

# %% python="<3.13"
for part in parts(failure):
    print(contexts(part), is_consequence(part))
    #> ['OSError', 'CancelledError'] True

# %% python=">=3.13"
for part in parts(failure):
    print(contexts(part), is_consequence(part))
    #> ['OSError', 'TimeoutError', 'CancelledError'] False

# %% [markdown]
# ## A task that swallows its cancellation leaves no trace
#
# `prices` catches the `CancelledError` and returns half a result ([PX009](../async/cancelled-error.md)). The group
# fails because of `stock`. What does it say of `prices`?


# %%
async def swallow(source: str) -> str:
    try:
        return await load(source, 10)
    except asyncio.CancelledError:
        return f"{source} loaded in part"


async def half_done() -> None:
    async with asyncio.TaskGroup() as group:
        tasks[:] = [group.create_task(swallow("prices"))]
        group.create_task(load("stock", 0, OSError("disk full")))


tree(failure_of(half_done))
#> group of 1 in failure_of > half_done
#>   OSError('disk full') in load
print(tasks[0].result(), "- cancelled:", tasks[0].cancelled())
#> prices loaded in part - cancelled: False

# %% [markdown]
# ## Debug mode says where a task was created
#
# The traceback of a task begins in the task. In debug mode, asyncio also keeps where `create_task()` was called, and
# shows that place in the `repr()` of the task.


# %%
async def described() -> bool:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(load("stock", 0), name="stock")
    return "created at" in repr(task)


for debug in (False, True):
    print(
        "debug:", debug, "created at:", asyncio.run(described(), debug=debug)
    )
    #> debug: False created at: False
    #> debug: True created at: True

# %% [markdown]
# Since 3.14, `capture_call_graph()` shows who waits for a task that is still running: what the traceback lacks, while
# the group is open.


# %% python=">=3.14"
def names(graph: asyncio.FutureCallGraph) -> list[str]:
    return [entry.frame.f_code.co_name for entry in graph.call_stack]


async def watched() -> None:
    async with asyncio.TaskGroup() as group:
        stock = group.create_task(noted(load("stock", 0.02)), name="stock")
        await asyncio.sleep(0.01)
        group.create_task(look(stock))


async def look(task: asyncio.Task[str]) -> None:
    graph = asyncio.capture_call_graph(task)
    if graph:
        print(task.get_name(), names(graph))
        #> stock ['sleep', 'load', 'noted']
        print("awaited by", [names(waiting) for waiting in graph.awaited_by])
        #> awaited by [['_aexit', '__aexit__', 'watched']]


asyncio.run(watched())

# %% [markdown]
# ## One line for each leaf has all of it
#
# A group in a task of a group raises a tree. A walk over it that keeps the way, the notes and the last function makes
# lines which a search of the log can find. The whole traceback can follow, with `exception()` of `logging`
# ([PX182](../stdlib/log-exceptions.md)).

# %%
from collections.abc import Iterator


def leaves(
    error: BaseException, way: tuple[str, ...] = ()
) -> Iterator[tuple[str, BaseException]]:
    here = (*way, *functions(error)[-1:])
    for part in parts(error):
        yield from leaves(part, here)
    if not parts(error):
        yield " > ".join(here), error


async def region(name: str) -> str:
    async with asyncio.TaskGroup() as group:
        group.create_task(
            noted(load("stock", 0, ConnectionError("reset"))),
            name=f"{name} stock",
        )
        group.create_task(noted(flush("prices")), name=f"{name} prices")
    return name


# %%
async def all_regions() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(region("north"))
        group.create_task(
            noted(load("orders", 0, KeyError("sku"))), name="orders"
        )


for way, leaf in leaves(failure_of(all_regions)):
    kind = "cleanup" if is_consequence(leaf) else "error"
    print(f"{kind}: {'; '.join(getattr(leaf, '__notes__', []))}")
    #> error: job orders
    #> error: job north stock
    #> cleanup: job north prices
    print(f"    {leaf!r} in {way}")
    #>     KeyError('sku') in all_regions > load
    #>     ConnectionError('reset') in all_regions > region > load
    #>     OSError('prices not flushed') in all_regions > region > flush

# %% [markdown]
# ## What to take along
#
# - Put the name of the job on each error as a note, inside the task, and re-raise with a bare `raise`
#   ([PX219](../errors/bare-raise.md)).
# - Log a line for each leaf; the message of a group names none, and its traceback ends after 15
#   ([PX079](../errors/split-groups.md)).
# - Do not take `exceptions[0]` for the cause: look at the contexts, and set aside what cleanup raised.
# - Re-raise `CancelledError` ([PX009](../async/cancelled-error.md)), and keep cleanup from raising: its error takes
#   the place of the cancellation, and of a deadline ([PX010](../async/timeouts.md)).
# - In an `except*` clause, use a bare `raise` for what is to go on ([PX003](../async/except-star.md)), and name the
#   cause of a new error ([PX083](../errors/raise-from.md)).
# - Look at `cancelled()` of the tasks after a group that succeeded, if anything but the group can cancel them
#   ([PX001](../async/task-groups.md)).
