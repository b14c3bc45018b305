"""Tests of the suite; none of them needs the C runner, and none measures time."""
