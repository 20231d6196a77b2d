"""Starts the command: python -m rename_photos."""

import sys

from rename_photos.cli import main

sys.exit(main())
