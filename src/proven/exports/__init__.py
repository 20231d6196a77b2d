"""Files for tools and agents, each a pure function of the catalogue."""

__all__ = ["annotate", "annotator", "findings", "markdown", "registry"]
