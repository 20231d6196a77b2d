"""The site's own detectors: each fires where its page says, and nowhere on code that is right."""

from collections.abc import Iterator, Mapping

from proven.model import Failure, Findings, Page, RulePage


def check(pages: list[Page], seen: Mapping[str, Findings]) -> Iterator[Failure]:
    """Hold detectors against the blocks of pages.

    Args:
        pages: The pages.
        seen: What the tools say of their blocks.
    """
    for page in pages:
        if isinstance(page, RulePage):
            yield from _marked(page, seen)
        for block in page.blocks:
            for finding in seen[block.address].patterns if block.is_clean and block.address in seen else ():
                message = f"the detector {finding.code} finds this: {finding.message}"
                remedy = "Mend the block, or make the detector narrower: it must not fire on what is right."
                yield block.fail(finding.line, message, remedy)


def _marked(page: RulePage, seen: Mapping[str, Findings]) -> Iterator[Failure]:
    """The failures of detectors that do not fire at exactly the lines that they say."""
    avoid = [block for block in page.blocks if block.role == "avoid" and block.address in seen]
    for pattern in page.patterns:
        fired = {
            block.code.split("\n")[finding.line - 1].strip()
            for block in avoid
            for finding in seen[block.address].patterns
            if finding.code == pattern.id
        }
        for line in sorted({*pattern.marks} - fired):
            message = f"{pattern.id} does not fire under Avoid at {line!r}"
            yield Failure(pattern.path, pattern.line, message, "Mend the detector, or its marks.")
        for line in sorted(fired - {*pattern.marks}):
            message = f"{pattern.id} fires under Avoid at {line!r}, which is not among its marks"
            yield Failure(pattern.path, pattern.line, message, "Add the line, or make the detector narrower.")
