"""The translator: Python source to the interpreter's text assembly. See README.md."""

from .cache import translate_file
from .refusal import Refused
from .source import FORMAT, translate

__all__ = ["FORMAT", "Refused", "translate", "translate_file"]
