"""How much one block may print."""

OUTPUT_LIMIT = 200_000
"""Characters that one block may print."""


class OutputLimit(BaseException):
    """The block printed more than `OUTPUT_LIMIT` characters."""

    def __init__(self) -> None:
        super().__init__(f"printed more than {OUTPUT_LIMIT:,} characters")
