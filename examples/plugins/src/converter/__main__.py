"""`python -m converter`."""

import sys

from converter.command import main

sys.exit(main())
