"""What leads from the findings of tools to rules."""
