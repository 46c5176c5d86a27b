"""Run many seeds: python -m tests.promises.simulation FIRST COUNT"""

import sys
import time

from tests.promises.simulation.run import run


def main() -> int:
    first, count = (int(text) for text in sys.argv[1:3])
    started, bad = time.process_time(), 0
    for seed in range(first, first + count):
        ended = run(seed)
        if ended.wrong:
            bad += 1
            print(seed, ended.trace, *ended.wrong[:6], sep="\n    ", flush=True)
    print(f"{count} seeds, {bad} bad, {count / (time.process_time() - started):.0f} seeds per second of CPU")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
