"""Clean a till's CSV export into one typed Parquet file."""

from sales_cleanup.pipeline import InputError, Summary, clean, with_country

__all__ = ["InputError", "Summary", "clean", "with_country"]
