"""`python -m proven`."""

from proven.cli import main

main()
