"""The rules as skills for coding agents."""
