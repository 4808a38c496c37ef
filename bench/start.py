#!/usr/bin/env python3
"""How fast the package of an image starts, how much memory it takes, and natively how much it gets done beside the JVM. See README.md."""
import argparse, glob, json, os, re, socket, statistics, subprocess, sys, tempfile, time

import bench
from database import HERE, JAVA, PORT, ROOT, environment, psql
from machine import cpu_of, resident
from targets import Service

DATABASE = "bench_start"
# the first answer is that it is ready, which it is once the database has answered; the first list is parsed, planned and read
READY, LIST = (PORT + 1, "/q/health/ready"), (PORT, "/api/v1/communities")
# seconds between two questions: each takes processor time of the service, and is logged while the answer is no
EVERY = {"native": 0.002, "jvm": 0.05}
GOALS = {"native": {"answer": 150, "memory": 150}, "jvm": {"processor": 3.5, "memory": 270}}
WALKS = 5
SHARE = 0.5  # of the throughput of the JVM


def entrypoint(kind):
    """The flags stand in one place."""
    text = open(os.path.join(ROOT, "src", "main", "docker", f"Dockerfile.{kind}")).read()
    return json.loads(re.search(r"^ENTRYPOINT (\[.*\])", text, re.M)[1])[1:]


def command(kind):
    """The command and the folder that it runs in."""
    if kind == "native":
        found = glob.glob(os.path.join(ROOT, "target", "townsquare-*-runner"))
        if not found:
            sys.exit("There is no executable: ./mvnw package -Dnative -DskipTests")
        return found + entrypoint(kind), ROOT
    folder = os.path.join(ROOT, "target", "quarkus-app")
    if not os.path.exists(os.path.join(folder, "townsquare.aot")):
        sys.exit("There is no cache: ./mvnw verify -Daot -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ImageIT, by a JDK 25")
    return [JAVA, *entrypoint(kind)], folder


def settings(kind, database):
    """As the image is started; the JVM is told how much memory its container has, since there is none."""
    given = environment(database) | {"QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE": "20"}
    return given | {"JDK_JAVA_OPTIONS": "-XX:MaxRAM=768m"} if kind == "jvm" else given


class Image(Service):
    """The service as its image starts it, under the load of bench.py."""

    def __init__(self, kind):
        super().__init__()
        self.name = self.database = self.kind = kind

    def start(self, out):
        arguments, folder = command(self.kind)
        self.log = open(os.path.join(out, self.kind + ".log"), "ab")
        self.process = subprocess.Popen(arguments, cwd=folder, env=settings(self.kind, self.database), stdout=self.log, stderr=self.log, start_new_session=True)
        self.pid = self.process.pid
        until = time.monotonic() + 90
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"it does not start, see {self.log.name}")
            time.sleep(0.1)


def answers(port, path):
    """Whether something answers, asked with as little as there is: asking takes time from who is asked."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def start(kind):
    """A process that has answered; milliseconds and processor seconds until it was ready, and until the first list."""
    arguments, folder = command(kind)
    began = time.monotonic()
    process = subprocess.Popen(arguments, cwd=folder, env=settings(kind, DATABASE), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = []
    for what in READY, LIST:
        while not answers(*what):
            if process.poll() is not None or time.monotonic() > began + 120:
                raise RuntimeError("it does not start")
            time.sleep(EVERY[kind])
        until += [1000 * (time.monotonic() - began), cpu_of(process.pid)]
    return process, until


def stop(process):
    process.kill()
    process.wait()


def starts(kind, runs):
    """What each start took, and the memory before and after the walk."""
    arguments, folder = command(kind)
    psql("postgres", "-c", f"drop database if exists {DATABASE} with (force)", "-c", f"create database {DATABASE}")
    subprocess.run([*arguments, "migrate"], cwd=folder, env=settings(kind, DATABASE), check=True, stdout=subprocess.DEVNULL, timeout=300)
    took = []
    for _ in range(runs):
        process, until = start(kind)
        took.append(until)
        stop(process)
    return list(zip(*took)), *zip(*(walked(kind) for _ in range(WALKS)))


def walked(kind):
    """The memory before and after the walk; what it takes goes up and down by a seventh, so one walk says little."""
    process = start(kind)[0]
    try:
        before = resident(process.pid)
        walk = subprocess.run(["bash", os.path.join(ROOT, "docs", "walk.sh"), f"http://127.0.0.1:{PORT}"], capture_output=True, text=True)
        if walk.returncode:
            raise RuntimeError("the walk failed: " + walk.stdout[-500:] + walk.stderr)
        return before, resident(process.pid)
    finally:
        stop(process)


def shares(rounds, duration, warmup):
    """The throughput of MIX natively, as a share of that on the JVM, round by round. An error voids it."""
    options = argparse.Namespace(workloads=["MIX"], duration=duration, warmup=warmup)
    images = [Image("native"), Image("jvm")]
    found = []
    with tempfile.TemporaryDirectory() as out:
        for number in range(rounds):
            rates = {}
            for image in images if number % 2 == 0 else images[::-1]:
                results, void = bench.round_of(image, options, out, first=number == 0)
                if void:
                    sys.exit("void: " + "; ".join(void))
                rates[image.name] = results["MIX"].rate
            found.append(rates["native"] / rates["jvm"])
    return found


def span(values, digits):
    return f"{min(values):.{digits}f}..{max(values):.{digits}f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["jvm", "native"])
    parser.add_argument("--starts", type=int, default=9)
    parser.add_argument("--mix", action="store_true", help="natively: MIX beside the JVM, for which both packages have to be there")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--duration", type=int, default=8, help="seconds of a window")
    parser.add_argument("--warmup", type=int, default=20, help="seconds before it")
    options = parser.parse_args()
    for kind in {options.kind} | ({"jvm"} if options.mix else set()):
        command(kind)  # what is missing is said before anything is measured
    subprocess.run([os.path.join(HERE, "pg.sh"), "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        took, before, after = starts(options.kind, options.starts)
        ratios = shares(options.rounds, options.duration, options.warmup) if options.mix else []
    finally:
        subprocess.run([os.path.join(HERE, "pg.sh"), "stop"], stdout=subprocess.DEVNULL)
    goals = GOALS[options.kind]
    middle = [statistics.median(values) for values in took]
    rows = [("first answer, ms", f"{middle[0]:.0f}", span(took[0], 0), "answer", middle[0]),
            ("processor until then, s", f"{middle[1]:.2f}", span(took[1], 2), "processor", middle[1]),
            ("first list, ms", f"{middle[2]:.0f}", span(took[2], 0), "", middle[2]),
            ("processor until then, s", f"{middle[3]:.2f}", span(took[3], 2), "", middle[3]),
            ("memory then, MB", f"{statistics.median(before):.0f}", span(before, 0), "", statistics.median(before)),
            ("memory after the walk, MB", f"{statistics.median(after):.0f}", span(after, 0), "memory", statistics.median(after))]
    missed = False
    print(f"\n| {options.kind}, {options.starts} starts | median | range | goal | |\n|---|---|---|---|---|")
    for what, text, of, goal, number in rows:
        limit = goals.get(goal)
        missed |= limit is not None and number > limit
        print(f"| {what} | {text} | {of} | {'' if limit is None else f'at most {limit}'} | {'' if limit is None else 'met' if number <= limit else 'MISSED'} |")
    if ratios:
        share = statistics.median(ratios)
        missed |= share < SHARE
        print(f"| MIX, share of the JVM's throughput | {share:.2f} | {span(ratios, 2)} | at least {SHARE} | {'met' if share >= SHARE else 'MISSED'} |")
    sys.exit(missed)


if __name__ == "__main__":
    main()
