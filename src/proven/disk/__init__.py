"""A built site as a folder that works from disk, and as an archive of it."""
