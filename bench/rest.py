"""What the whole system costs while nobody uses it: resident memory and CPU, process by process."""

import time

import psutil

from deploy.local.beside import RunningSystem

SECONDS = 20.0


def rest(system: RunningSystem) -> None:
    """Print memory (resident, MB) and CPU (percent of one core over 20 s) at rest."""
    processes = {name: psutil.Process(system.pid(name)) for name in system.processes()}
    before = {name: sum(process.cpu_times()[:2]) for name, process in processes.items()}
    time.sleep(SECONDS)
    memory = {name: process.memory_info().rss / 1e6 for name, process in processes.items()}
    cpu = {name: sum(process.cpu_times()[:2]) - before[name] for name, process in processes.items()}
    for name in sorted(memory, key=lambda name: -memory[name]):
        print(f"  {name:24} {memory[name]:7.0f} MB {100 * cpu[name] / SECONDS:6.2f} %")
    total_cpu = 100 * sum(cpu.values()) / SECONDS
    print(f"at rest: {sum(memory.values()):.0f} MB resident (goal 2,000), {total_cpu:.1f} % of one core (goal 10)")
