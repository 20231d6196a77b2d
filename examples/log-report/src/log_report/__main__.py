"""`python -m log_report`."""

import sys

from log_report.command import main

sys.exit(main())
