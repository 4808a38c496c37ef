"""What is measured: the service, the service in another way, and its statements in pgbench."""
import glob, http.client, json, os, re, subprocess, tempfile, time
from dataclasses import dataclass

import machine
from database import FIFTIETH, HERE, JAR, JAVA, PGPORT, POOL, PORT, TOWN, environment, value
from workloads import MIX, WORKLOADS, counted, given, script

WARM, MEASURED = 0, 1  # the sets of pairs: see load.lua


@dataclass
class Result:
    n: int
    seconds: float
    mean: float
    p50: float
    p99: float
    errors: int
    service: float = 0.0    # CPU seconds
    postgres: float = 0.0
    memory: float = 0.0     # MB resident in the service after the window
    others: float = 0.0     # share of the machine that went to processes which are no part of this
    caught_up: float = 0.0  # seconds after the window until the followers had read every entry
    sealed: float = 0.0     # and until every entry was sealed

    @property
    def rate(self):
        return self.n / self.seconds


class Service:
    name = database = "service"
    communities = TOWN
    settings = {}

    def __init__(self, connections=64, threads=2):
        self.connections, self.threads = connections, threads

    def start(self, out):
        self.log = open(os.path.join(out, "service.log"), "ab")
        self.process = subprocess.Popen([JAVA, "-XX:+UseSerialGC", "-Xmx512m", "-jar", JAR], env=environment(self.database) | self.settings,
                                        stdout=self.log, stderr=self.log, start_new_session=True)
        self.pid = self.process.pid
        until = time.monotonic() + 90
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the service does not start, see {self.log.name}")
            time.sleep(0.1)

    def ready(self):
        try:
            return self.about("health/ready")[0] == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def about(self, what):
        """What the service says of itself: beside the API, or on the port of the management."""
        try:
            return self.call("GET", "/q/" + what, port=PORT + 1)
        except ConnectionRefusedError:
            return self.call("GET", "/q/" + what)

    def call(self, method, path, body=None, user=None, port=PORT):
        """user: a number or the name of a token."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Content-Type": "application/json"} if body else {}
        if user is not None:
            headers["Authorization"] = f"Bearer tss_{user if isinstance(user, str) else '%08d' % user}_bench"
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(text) if "json" in (answer.headers["Content-Type"] or "") else text.decode()

    def answers(self):
        """How many answers of each status the service has counted, but for those about itself."""
        counts = {}
        for line in self.about("metrics")[1].splitlines():
            found = re.match(r'http_server_requests_seconds_count\{.*status="(\d+)".*uri="(/api/[^"]*)".*\} (\S+)', line)
            if found:
                counts[found[1]] = counts.get(found[1], 0) + int(float(found[3]))
        return counts

    def fire(self, name, seconds, which):
        command = ["wrk", "-t", str(self.threads), "-c", str(self.connections), "-d", f"{seconds}s", "--timeout", "10s", "--latency",
                   "-s", os.path.join(HERE, "load.lua"), f"http://127.0.0.1:{PORT}"]
        told = os.environ | {"BENCH_WORKLOAD": name, "BENCH_SET": str(which), "BENCH_THREADS": str(self.threads), "BENCH_COMMUNITIES": str(self.communities)}
        done = subprocess.run(command, env=told, capture_output=True, text=True, timeout=seconds + 60)
        found = re.search(r"RESULT (\{.*\})", done.stdout)
        if not found:
            raise RuntimeError("wrk: " + done.stdout + done.stderr)
        r = json.loads(found[1])
        return Result(r["n"], r["us"] / 1e6, r["mean"], r["p50"], r["p99"], r["errors"])

    def memory(self):
        return machine.resident(self.pid)

    def settle(self):
        """Waits until the followers have read every entry; the seconds that took. Fails after a minute."""
        return self.caught_up("follower")

    def settle_seal(self):
        """The same until every entry is sealed."""
        return self.caught_up("log_head")

    def caught_up(self, reader):
        began = time.monotonic()
        while time.monotonic() < began + 60:
            behind = value(self.database, f"select exists (select from journal_entry e, {reader} f "
                           "where (e.stream, e.created_xid, e.id) > (f.stream, f.created_xid, f.entry_id))")
            if behind == "f":
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"{reader} is more than a minute behind")


class Unsealed(Service):
    """What sealing costs the writers is the distance to it."""
    name = database = "unsealed"
    settings = {"TOWNSQUARE_AUDIT_SEALING": "false"}

    def settle_seal(self):
        return 0.0


class Fiftieth(Service):
    """A town of one community: how latency grows with the town is the distance to it."""
    name = database = "fiftieth"
    communities = FIFTIETH


class Pgbench:
    name = database = "pgbench"
    communities = TOWN
    pid = 0
    connections = 0

    def start(self, out):
        pass

    def stop(self):
        pass

    def answers(self):
        return {}

    def memory(self):
        return 0.0

    def settle(self):
        return 0.0

    settle_seal = settle

    def fire(self, name, seconds, which):
        names = MIX if name == "MIX" else {name: 1}
        command = ["pgbench", "-n", "-M", "prepared", "-h", "127.0.0.1", "-p", PGPORT, "-U", "bench", "-c", str(POOL), "-j", "2",
                   "-T", str(seconds), "-l", "--sampling-rate=0.2"]
        with tempfile.TemporaryDirectory() as folder:
            for part, weight in names.items():
                with open(os.path.join(folder, part + ".sql"), "w") as file:
                    file.write(script(part, counted(part, which + 2 * (name == "MIX"), self.communities)))
                command += ["-f", f"{part}.sql@{weight}", f"-Dn_{part}=-1"] + [f"-D{word}_{part}={text}" for word, text in given(part).items()]
            done = subprocess.run([*command, self.database], cwd=folder, capture_output=True, text=True, timeout=seconds + 60)
            if done.returncode:
                raise RuntimeError("pgbench: " + done.stderr[-2000:])
            # until its connections are gone and their processor time is the postmaster's: between the two it is nobody's
            while value("postgres", f"select exists (select from pg_stat_activity where datname = '{self.database}')") == "t":
                time.sleep(0.02)
            time.sleep(0.1)
            times = sorted(int(line.split()[2]) / 1000 for part in glob.glob(folder + "/pgbench_log.*") for line in open(part))
        number = lambda what: float(re.search(what + r"\D*([\d.]+)", done.stdout)[1])
        n, rate = int(number("transactions actually processed:")), number("tps =")
        return Result(n, n / rate, sum(times) / len(times), times[len(times) // 2], times[int(len(times) * 0.99)], int(number("number of failed transactions:")))
