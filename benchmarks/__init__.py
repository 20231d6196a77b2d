"""What produces every performance figure that the project states."""
