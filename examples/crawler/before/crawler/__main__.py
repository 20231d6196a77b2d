"""`python -m crawler`."""

import sys

from crawler.command import main

sys.exit(main())
