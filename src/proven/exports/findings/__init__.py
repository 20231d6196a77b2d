"""What leads from the findings of tools to rules."""

__all__ = ["detectors", "mapping", "showing"]
