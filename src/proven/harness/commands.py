"""Tell the commands of a console session from their output."""


def are_commands(lines: list[str]) -> list[bool]:
    """For each line of a session, whether it is typed: the others are output."""
    typed: list[bool] = []
    for index, line in enumerate(lines):
        more = index > 0 and typed[-1] and (lines[index - 1].endswith("\\") or _prompts(line, ">"))
        typed.append(more or _prompts(line, "$"))
    return typed


def _prompts(line: str, prompt: str) -> bool:
    return line == prompt or line.startswith(f"{prompt} ")


def commands(code: str) -> list[tuple[int, str]]:
    """The commands among typed lines: the last line of each, counted from 1, and what the shell is given."""
    prompted: list[tuple[int, str]] = []
    for number, line in enumerate(code.removesuffix("\n").split("\n"), 1):
        if _prompts(line, "$") and not (prompted and prompted[-1][1].endswith("\\")):
            prompted.append((number, line[2:]))
        elif prompted:
            text = line[2:] if _prompts(line, ">") else line
            prompted[-1] = (number, f"{prompted[-1][1]}\n{text}")
    return prompted
