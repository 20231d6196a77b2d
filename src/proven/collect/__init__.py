"""Pages in, blocks out, with the line of everything that is wrong."""
