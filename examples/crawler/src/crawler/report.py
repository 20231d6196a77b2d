"""What a crawl may take, and what it found."""

from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a crawl may take: times in seconds, sizes in bytes.

    Raises:
        ValueError: One of them is not above zero.
    """

    open_requests: int = 8
    request_time: float = 10.0
    total_time: float = 300.0
    page_size: int = 1_000_000
    addresses: int = 1_000

    def __post_init__(self) -> None:
        for limit in fields(self):
            if not getattr(self, limit.name) > 0:  # NaN is refused too
                raise ValueError(f"{limit.name} is not above zero")


@dataclass(slots=True)
class Report:
    """What is known of each address, at any time of a crawl.

    Attributes:
        pages: The size of each page that was read; 0 for what is not HTML.
        failures: Why each of the other pages could not be read.
        waiting: Addresses that were found, and are neither read nor failed.
        left_out: How many links were not followed, as there were too many addresses.
    """

    pages: dict[str, int] = field(default_factory=dict[str, int])
    failures: dict[str, str] = field(default_factory=dict[str, str])
    waiting: set[str] = field(default_factory=set[str])
    left_out: int = 0

    def add_page(self, address: str, size: int) -> None:
        """Note that a page that was waiting has been read."""
        self.waiting.remove(address)
        self.pages[address] = size

    def add_failure(self, address: str, cause: str) -> None:
        """Note that a page that was waiting cannot be read."""
        self.waiting.remove(address)
        self.failures[address] = cause

    @property
    def complete(self) -> bool:
        """Whether every page that was found was read."""
        return not (self.failures or self.waiting or self.left_out)
