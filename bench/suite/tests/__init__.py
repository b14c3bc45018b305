"""Tests of the suite; none of them needs the C runner, and none measures time."""

import sys

from suite.locations import ROOT

sys.path.append(str(ROOT))  # runtime/translate and plots/, as bench/__main__.py does
