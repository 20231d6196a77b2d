"""Sells the seats of events over HTTP, each of them once."""
