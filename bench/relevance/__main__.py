"""`python -m bench.relevance [FILE]`: the suite over the synthetic vacancies, and over FILE where one is given."""

import sys
from pathlib import Path

from bench.relevance.measuring import measure

if __name__ == "__main__":
    measure(*map(Path, sys.argv[1:]))
