"""Get what runs blocks, once and whole: npm packages, memory snapshots, wheels."""
