"""The site as a folder that works from disk, in one zip file."""

__all__ = ["export"]
