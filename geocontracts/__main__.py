"""`python -m geocontracts` is the command line."""

import sys

from geocontracts.cli import main

sys.exit(main())
