"""Numbers photos in the order in which they were taken."""
