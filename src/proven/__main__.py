"""`python -m proven`."""

from proven.cli.main import main

main()
