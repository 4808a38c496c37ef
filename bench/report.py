"""What a run comes to: medians, and medians of ratios round by round."""
import os, platform, statistics, sys, time

from database import POOL, value
from workloads import WORKLOADS


def middle(rounds, name, of):
    return statistics.median(of(r[name]) for r in rounds)


def ratio(pairs):
    ratios = [a / b for a, b in pairs]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f})"


def head(options, target):
    return (f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, {platform.machine()}, PostgreSQL {value('postgres', 'show server_version')}, "
            f"connections: {target.connections}, to the database: {POOL}; `python3 bench/bench.py {' '.join(sys.argv[1:])}`")


def tail(results, options, void):
    others = [r.others for rounds in results.values() for measured in rounds for r in measured.values()]
    return ["", f"Medians of {options.rounds} rounds of {options.duration} s. Other processes took {statistics.median(others):.0%} of the machine "
            f"in the median window, {max(others):.0%} in the worst.", *[f"VOID: {fault}" for fault in void], ""]


def throughput(results, options, target, void):
    other = next(name for name in results if name != "service")
    ours, theirs = results["service"], results[other]
    micros = lambda rounds, name, of: f"{middle(rounds, name, lambda r: 1e6 * of(r) / r.n):.0f}"
    lines = [head(options, target), "",
             f"| workload | service/s | {other}/s | ratio (min..max) | p50 ms | p99 ms | CPU µs service | CPU µs PostgreSQL | {other}: CPU µs PostgreSQL | RSS MB | tally behind s | seal behind s |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for name in options.workloads:
        lines.append("| " + " | ".join([
            f"{name}: {WORKLOADS[name].title}", f"{middle(ours, name, lambda r: r.rate):.0f}", f"{middle(theirs, name, lambda r: r.rate):.0f}",
            ratio([(a[name].rate, b[name].rate) for a, b in zip(ours, theirs)]), f"{middle(ours, name, lambda r: r.p50):.1f}",
            f"{middle(ours, name, lambda r: r.p99):.1f}", micros(ours, name, lambda r: r.service), micros(ours, name, lambda r: r.postgres),
            micros(theirs, name, lambda r: r.postgres), f"{middle(ours, name, lambda r: r.memory):.0f}",
            f"{middle(ours, name, lambda r: r.caught_up):.1f}", f"{middle(ours, name, lambda r: r.sealed):.1f}"]) + " |")
    for rush, spread in (("W1R", "W1"), ("W2R", "W2")):
        # the rounds of each target, since other work on the machine hits both windows of one alike
        if {rush, spread} <= set(options.workloads):
            lines += ["", f"Rush, {WORKLOADS[rush].title} : the same spread out: " + ", ".join(
                f"{name} {ratio([(r[rush].rate, r[spread].rate) for r in rounds])}" for name, rounds in results.items()) + "."]
    return "\n".join(lines + tail(results, options, void))


def growth(results, options, target, void):
    lines = [head(options, target), "",
             "| workload | p50 ms, 50 communities | p50 ms, 1 | p50: ratio (min..max) | mean: ratio | p99: ratio | CPU µs PostgreSQL, 50 | CPU µs PostgreSQL, 1 |", "|---|---|---|---|---|---|---|---|"]
    whole, part = results["service"], results["fiftieth"]
    for name in options.workloads:
        of = lambda what: ratio([(what(a[name]), what(b[name])) for a, b in zip(whole, part)])
        lines.append("| " + " | ".join([
            f"{name}: {WORKLOADS[name].title}", f"{middle(whole, name, lambda r: r.p50):.2f}", f"{middle(part, name, lambda r: r.p50):.2f}",
            of(lambda r: r.p50), of(lambda r: r.mean), of(lambda r: r.p99),
            f"{middle(whole, name, lambda r: 1e6 * r.postgres / r.n):.0f}", f"{middle(part, name, lambda r: 1e6 * r.postgres / r.n):.0f}"]) + " |")
    return "\n".join(lines + tail(results, options, void))
