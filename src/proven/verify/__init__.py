"""Plan runs, run what is not known, judge, and tell: what every command and host calls."""
