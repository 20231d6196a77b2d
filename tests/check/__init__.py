"""What `proven check` finds, and how it says so."""
