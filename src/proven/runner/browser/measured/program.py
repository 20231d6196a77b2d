"""Times functions of an example, after which this runs in the reader's browser.

It shares the example's namespace, and keeps out of its way.
"""


def _measure_here(functions: list[str], sizes: list[int], rounds: int) -> None:
    """Measure each function at each size, in rounds, and print what is known of one each time that it was.

    So what slows a browser down for a while, such as compiling, slows all functions down. The first
    round counts only until there is a second.
    """
    import json
    import time

    def seconds(name: str, size: int) -> float:
        function, prepare = globals()[name], globals()["prepare"]
        total, calls = 0.0, 0
        while total < 0.02:  # clocks of browsers have steps of up to a millisecond
            arguments = [prepare(size) for _ in range(min(calls, 64) or 1)]
            start = time.perf_counter()
            for argument in arguments:
                function(argument)
            total += time.perf_counter() - start
            calls += len(arguments)
        return total / calls

    for name in (*functions, "prepare"):
        if name not in globals():
            raise NameError(f"name {name!r} is not defined")
    for size in sizes:
        taken: dict[str, list[float]] = {name: [] for name in functions}
        for _ in range(rounds):
            for name, times in taken.items():
                times.append(seconds(name, size))
                print(
                    "\x1e" + json.dumps({"name": name, "size": size, "seconds": times[1:] or times}),
                    flush=True,
                )
