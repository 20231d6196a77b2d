"""Clean a till's CSV export into one typed Parquet file."""

from sales_cleanup.pipeline import Summary, clean
from sales_cleanup.reading import InputError

__all__ = ["InputError", "Summary", "clean"]
