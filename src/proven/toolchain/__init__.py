"""Get what runs blocks, once and whole: npm packages, memory snapshots, wheels, Node's worker."""

__all__ = ["lock", "node", "npm", "product", "snapshots", "wheels", "worker"]
