#!/usr/bin/env python3
"""The packaged service beside its own SQL in pgbench, on one PostgreSQL. See README.md."""
import argparse, json, os, shutil, signal, subprocess, sys, time

import report
from checks import check_reads, check_writes, faults, first_calls
from database import HERE, JAR, JAVA, TOWN, copy, template, value
from machine import cpu_of, cpu_of_load, cpu_of_machine, cpu_of_postgres
from targets import MEASURED, WARM, Fiftieth, Pgbench, Service, Unsealed
from workloads import WORKLOADS

GROWING = "R1,R2,W2"


def log(*words):
    print(time.strftime("%H:%M:%S"), *words, flush=True)


def measure(target, name, seconds):
    workload = WORKLOADS[name]
    count = lambda: [value(target.database, sql) for sql in workload.written]
    target.settle()
    before, answers = count(), target.answers()
    clocks = lambda: (cpu_of(target.pid) if target.pid else 0.0, cpu_of_postgres(), cpu_of_load(), cpu_of_machine())
    began = clocks()
    result = target.fire(name, seconds, MEASURED)
    result.service, result.postgres, load, machine = (b - a for a, b in zip(began, clocks()))
    result.others = max(0.0, machine - result.service - result.postgres - load) / (os.cpu_count() * result.seconds)
    result.memory = target.memory()
    time.sleep(0.3)
    result.sealed = target.settle_seal()
    result.caught_up = target.settle()
    answered = {k: v - answers.get(k, 0) for k, v in target.answers().items() if v > answers.get(k, 0)}
    wrong = faults(target, workload, result, before, count(), answered)
    log(f"  {target.name:8}{name:4}{result.rate:8.0f}/s  p50 {result.p50:6.2f}  p99 {result.p99:6.2f} ms  CPU us/request {1e6 * result.service / result.n:5.0f}"
        f" + {1e6 * result.postgres / result.n:5.0f} PostgreSQL  others {result.others:4.0%}  {'; '.join(wrong)}")
    return result, [f"{target.name} {name}: {fault}" for fault in wrong]


def round_of(target, options, out, first):
    copy(template(target.communities), target.database)
    target.start(out)
    try:
        if first and target.pid:
            first_calls(target)
            check_reads(target)
            check_writes(target)
        for name in options.workloads:  # pgbench has nothing to compile
            target.fire(name, max(1, options.warmup // len(options.workloads)) if target.pid else 1, WARM)
        measured = {name: measure(target, name, options.duration) for name in options.workloads}
    finally:
        target.stop()
    return {name: m[0] for name, m in measured.items()}, [fault for m in measured.values() for fault in m[1]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--duration", type=int, default=10, help="seconds of a window")
    parser.add_argument("--warmup", type=int, default=50, help="seconds before the windows of a round, shared by the workloads")
    parser.add_argument("--workloads", help=f"default: {','.join(WORKLOADS)}; of growth {GROWING}")
    parser.add_argument("--sealing", action="store_true", help="against the same service that does not seal, in place of pgbench")
    parser.add_argument("--growth", action="store_true", help="against the same service on a fiftieth of the town, one request after the other")
    parser.add_argument("--quick", action="store_true", help="one short round, to see that everything runs; its figures mean nothing")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.duration, options.warmup = 1, 2, 10
    options.workloads = (options.workloads or (GROWING if options.growth else ",".join(WORKLOADS))).split(",")
    missing = [it for it in (JAVA, "wrk", "psql", "pgbench") if not shutil.which(it)] + ([] if os.path.exists(JAR) else [JAR])
    if missing or set(options.workloads) - set(WORKLOADS):
        sys.exit(f"not found: {missing}; workloads: {', '.join(WORKLOADS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))  # through the finally blocks, which end what was started
    out = os.path.join(HERE, "results", time.strftime("%Y%m%d-%H%M%S"))
    os.makedirs(out)
    alone = {"connections": 1, "threads": 1} if options.growth else {}
    service = Service(**alone)
    other = Fiftieth(**alone) if options.growth else Unsealed() if options.sealing else Pgbench()
    results, void = {"service": [], other.name: []}, []
    if subprocess.run([os.path.join(HERE, "pg.sh"), "start"], stdout=subprocess.DEVNULL).returncode:
        sys.exit("PostgreSQL does not start")
    try:
        for target in (service, other):
            began = time.monotonic()
            log(f"{template(target.communities)} stands after {time.monotonic() - began:.0f} s")
        for number in range(options.rounds):
            log(f"round {number + 1} of {options.rounds}")
            for target in (service, other) if number % 2 == 0 else (other, service):
                measured, wrong = round_of(target, options, out, first=number == 0)
                results[target.name].append(measured)
                void += wrong
        text = (report.growth if options.growth else report.throughput)(results, options, service, void)
        with open(os.path.join(out, "report.md"), "w") as file:
            file.write(text)
        with open(os.path.join(out, "raw.json"), "w") as file:
            json.dump({k: [{name: vars(r) for name, r in measured.items()} for measured in v] for k, v in results.items()}, file, indent=1)
        print(text)
    finally:
        subprocess.run([os.path.join(HERE, "pg.sh"), "stop"], check=True, stdout=subprocess.DEVNULL)
    if void:
        sys.exit("the run is void")


if __name__ == "__main__":
    main()
