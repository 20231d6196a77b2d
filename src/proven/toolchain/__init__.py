"""Get what runs blocks, once and whole: npm packages, memory snapshots, wheels."""

__all__ = ["lock", "node", "npm", "product", "snapshots", "wheels"]
