"""Get what runs blocks, once and whole: npm packages, snapshots, wheels, environments, Node's worker."""

__all__ = ["distribution", "environments", "lock", "node", "npm", "product", "snapshots", "wheels", "worker"]
