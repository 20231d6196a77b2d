"""What annotate.py makes of reports."""
