"""The use cases: what both front ends call; one public method is one transaction."""

from papertrail.library.library import Library, open_library, unopened_library
from papertrail.library.trail import Home, create_trail, find_home, meet, trust

__all__ = [
    "Home",
    "Library",
    "create_trail",
    "find_home",
    "meet",
    "open_library",
    "trust",
    "unopened_library",
]
