"""Processor time and memory, as Linux counts them."""
import os, resource

from database import HOME

TICK = os.sysconf("SC_CLK_TCK")


def stat(pid):
    text = open(f"/proc/{pid}/stat").read()
    return text[text.rindex(")") + 2:].split()  # [1] parent, [11..14] user, system, and those of ended children


def cpu_of(pid):
    try:
        return sum(int(x) for x in stat(pid)[11:13]) / TICK
    except OSError:
        return 0.0


def cpu_of_postgres():
    postmaster = open(os.path.join(HOME, "data", "postmaster.pid")).readline().strip()
    total = sum(int(x) for x in stat(postmaster)[11:15])
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = stat(pid)
        except OSError:
            continue
        if fields[1] == postmaster:
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def cpu_of_load():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_of_machine():
    numbers = [int(x) for x in open("/proc/stat").readline().split()[1:]]
    return (sum(numbers[:8]) - numbers[3] - numbers[4]) / TICK


def resident(pid):
    """MB in memory."""
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
