"""Figures drawn from a run folder, one script per figure."""
