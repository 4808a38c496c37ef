#!/usr/bin/env python3
"""The packaged service beside its own SQL in pgbench, on one PostgreSQL. See README.md."""
import argparse, base64, glob, http.client, json, os, platform, re, resource, shutil, signal, statistics, subprocess, sys, tempfile, time
from dataclasses import dataclass
from typing import NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SQL = os.path.join(ROOT, "src", "main", "resources", "org", "townsquare")
JAR = os.path.join(ROOT, "target", "quarkus-app", "quarkus-run.jar")
HOME = os.environ.get("BENCH_HOME", os.path.join(HERE, "run"))
PGPORT = os.environ.get("BENCH_PGPORT", "55432")
PORT = int(os.environ.get("BENCH_PORT", "18080"))
TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS, THREADS, POOL = 64, 2, 16
WARM, MEASURED = 0, 1  # the slices of the pairs: see load.lua
TEMPLATE = "bench_seed"


def log(*words):
    print(time.strftime("%H:%M:%S"), *words, flush=True)


# ---- the database ----
def psql(database, *arguments):
    command = ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", PGPORT, "-U", "bench", "-d", database, *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"psql: {done.stderr.strip()}")
    return [line.split("\t") for line in done.stdout.splitlines()]


def value(database, sql):
    return psql(database, "-c", sql)[0][0]


def environment(database):
    at = f"postgresql://127.0.0.1:{PGPORT}/{database}"
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("QUARKUS_", "TOWNSQUARE_"))}
    return inherited | {
        "QUARKUS_HTTP_HOST": "127.0.0.1", "QUARKUS_HTTP_PORT": str(PORT), "TOWNSQUARE_PUBLIC_URL": f"http://127.0.0.1:{PORT}",
        "TOWNSQUARE_IDENTITY_PEPPER": base64.b64encode(os.urandom(32)).decode(),
        "TOWNSQUARE_AUDIT_SIGNING_KEY": base64.b64encode(bytes.fromhex("302e020100300506032b657004220420") + os.urandom(32)).decode(),
        "TOWNSQUARE_AUDIT_ORIGIN": "bench.example/log", "TOWNSQUARE_AUDIT_SINKS": "log",
        "TOWNSQUARE_GOVERNANCE_VOTE_CHANGES_PER_MINUTE": "0",  # its voters change their votes as fast as they can
        "TOWNSQUARE_EVENTS_CHECK_INS_PER_SECOND": "0", "TOWNSQUARE_EVENTS_NEW_CHECK_INS_PER_MINUTE": "0",  # and its guests come to as many events
        "QUARKUS_DATASOURCE_REACTIVE_URL": at, "QUARKUS_DATASOURCE_JDBC_URL": "jdbc:" + at,
        "QUARKUS_DATASOURCE_USERNAME": "bench", "QUARKUS_DATASOURCE_PASSWORD": "bench", "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE": str(POOL)}


def seed():
    """The template that every round copies: the schema by the application itself, then the town."""
    psql("postgres", "-c", f"drop database if exists {TEMPLATE} with (force)", "-c", f"create database {TEMPLATE}")
    subprocess.run(["java", "-jar", JAR, "migrate"], env=environment(TEMPLATE), check=True, stdout=subprocess.DEVNULL, timeout=120)
    psql(TEMPLATE, "-f", os.path.join(HERE, "seed.sql"))
    psql(TEMPLATE, "-c", "vacuum (freeze, analyze)")


def copy(database):
    psql("postgres", "-c", f"drop database if exists {database} with (force)",
         "-c", f"create database {database} template {TEMPLATE} strategy file_copy", "-c", "checkpoint")


# ---- the workloads ----
LOOK_UP = ("identity/look-up.sql", {1: "bench_token_hash(:user)"})
NEW_ID = "bench_new_id(:time, :client_id, :n)"
ENTRY = {7: NEW_ID, 8: "1", 9: ":at", 11: ":credential", 12: ":body", 13: ":ip", 14: "nullif(:none, 'none')", 15: ":salt"}
VOTE = ("governance/vote.sql", ENTRY | {1: "bench_id(:proposal)", 2: "bench_id(:user)", 3: NEW_ID, 4: "(array['YES', 'NO', 'ABSTAIN'])[1 + :round % 3]",
                                        5: ":nonce", 6: f"sha256(uuid_send({NEW_ID}))", 10: "bench_id(:user)", 16: "bench_communities()", 17: "0"})
CHECK_IN = {number - 1: value for number, value in ENTRY.items()} | {
    1: "lpad(:event::bigint::varchar, 8, '0')", 2: NEW_ID, 5: ":nonce", 15: "'{}'", 16: "'{}'", 17: "nullif(:none, 'none')", 18: "'{}'", 19: "nullif(:none, 'none')"}
NAMED = ("events/check-in.sql", CHECK_IN | {3: "bench_id(:user)", 4: "nullif(:none, 'none')", 9: "bench_id(:user)"})
ANONYMOUS = ("events/check-in.sql", CHECK_IN | {3: "nullif(:none, 'none')", 4: f"rtrim(encode(uuid_send({NEW_ID}), 'base64'), '=')", 9: "nullif(:none, 'none')"})
VOTES = ("select sum(version + 1) from vote", "select count(*) from journal_entry where subject_type = 'vote'")
CHECK_INS = ("select count(*) from attendance", "select count(*) from journal_entry where subject_type = 'attendance'")


class Workload(NamedTuple):
    title: str
    statuses: set      # the only good answers
    entry: tuple       # the kind and credential of the entry that pgbench writes
    draws: list        # how pgbench draws the n-th request of a client, as load.lua does for a thread
    statements: list   # a resource and its parameters, or a text
    written: tuple     # rows written and entries in the journal; empty for a read


WORKLOADS = {
    "ME": Workload("session look-up: GET /api/v1/me", {"200"}, (), ["user (:share * 97 + :n) % 5000"],
                   [LOOK_UP, "select id, created_at, email, name, platform_roles, status, updated_at, version from users where id = bench_id(:user)"], ()),
    "W1": Workload("check-in, anonymous, over 1,000 events", {"201"}, ("CheckedIn", "ANONYMOUS"), ["event (:share * 97 + :n) % 1000"], [ANONYMOUS], CHECK_INS),
    "W1B": Workload("check-in, signed in, over 1,000 events", {"201"}, ("CheckedIn", "SESSION"),
                    ["each 5000 / :shares", "user :share * :each + :n % :each", "event (:n % :each + :n / :each) % 1000"], [LOOK_UP, NAMED], CHECK_INS),
    "W1R": Workload("check-in, anonymous, all at one event", {"201"}, ("CheckedIn", "ANONYMOUS"), ["event 1000"], [ANONYMOUS], CHECK_INS),
    "W1S": Workload("check-in, anonymous, at one event with places", {"201"}, ("CheckedIn", "ANONYMOUS"), ["event 1004"], [ANONYMOUS], CHECK_INS),
    "W2": Workload("vote, over 2,000 proposals", {"200"}, ("VoteCast", "SESSION"),
                   ["each 50000 / :shares", "pair :share * :each + :n % :each", "proposal :pair % 2000",
                    "user :proposal % 20 + 20 * (25 * (:proposal / 20 % 10) + :pair / 2000)", "round 1 + :n / :each"], [LOOK_UP, VOTE], VOTES),
    "W2R": Workload("vote, all on one proposal", {"200", "201"}, ("VoteCast", "SESSION"),
                    ["each 5000 / :shares", "proposal 2000", "user :share * :each + :n % :each", "round :n / :each"], [LOOK_UP, VOTE], VOTES),
}


# ---- processor time ----
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


@dataclass
class Result:
    n: int
    seconds: float
    p50: float
    p99: float
    errors: int
    service: float = 0.0    # CPU seconds
    postgres: float = 0.0
    others: float = 0.0     # share of the machine that went to processes which are no part of this
    caught_up: float = 0.0  # seconds after the window until the followers had read every entry
    sealed: float = 0.0     # and until every entry was sealed

    @property
    def rate(self):
        return self.n / self.seconds


# ---- what is measured ----
class Service:
    name = database = "service"
    settings = {}

    def start(self, out):
        self.log = open(os.path.join(out, "service.log"), "ab")
        self.process = subprocess.Popen(["java", "-Xmx512m", "-jar", JAR], env=environment(self.database) | self.settings, stdout=self.log, stderr=self.log, start_new_session=True)
        self.pid = self.process.pid
        until = time.monotonic() + 90
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the service does not start, see {self.log.name}")
            time.sleep(0.1)

    def ready(self):
        try:
            return self.call("GET", "/q/health/ready")[0] == 200
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

    def call(self, method, path, body=None, user=None):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
        headers = {"Content-Type": "application/json"} if body else {}
        if user is not None:
            headers["Authorization"] = f"Bearer tss_{user:08d}_bench"
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if "json" in (answer.headers["Content-Type"] or "") else text.decode()

    def answers(self):
        """How many answers of each status the service has counted, but for those about itself."""
        counts = {}
        for line in self.call("GET", "/q/metrics")[1].splitlines():
            found = re.match(r'http_server_requests_seconds_count\{.*status="(\d+)".*uri="(/api/[^"]*)".*\} (\S+)', line)
            if found:
                counts[found[1]] = counts.get(found[1], 0) + int(float(found[3]))
        return counts

    def fire(self, name, seconds, which):
        command = ["wrk", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "10s", "--latency",
                   "-s", os.path.join(HERE, "load.lua"), f"http://127.0.0.1:{PORT}"]
        given = os.environ | {"BENCH_WORKLOAD": name, "BENCH_SLICE": str(which), "BENCH_THREADS": str(THREADS)}
        done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=seconds + 60)
        found = re.search(r"RESULT (\{.*\})", done.stdout)
        if not found:
            raise RuntimeError("wrk: " + done.stdout + done.stderr)
        r = json.loads(found[1])
        return Result(r["n"], r["us"] / 1e6, r["p50"], r["p99"], r["errors"])

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


class Pgbench:
    name = database = "pgbench"
    pid = 0

    def __init__(self, bodies):
        self.bodies = bodies

    def start(self, out):
        pass

    def stop(self):
        pass

    def answers(self):
        return {}

    def settle(self):
        return 0.0

    settle_seal = settle

    def script(self, name, which):
        workload = WORKLOADS[name]
        lines = [f"\\set {draw}" for draw in ["n :n + 1", f"shares {2 * POOL}", f"share {which * POOL} + :client_id", *workload.draws]]
        for statement in workload.statements:
            if isinstance(statement, tuple):
                text = re.sub(r"--.*", "", open(os.path.join(SQL, statement[0])).read())
                # in quotes a colon before a word would be a variable of pgbench
                text = re.sub(r"'[^']*'", lambda quoted: "E" + quoted[0].replace(":", r"\x3a") if ":" in quoted[0] else quoted[0], text)
                statement = re.sub(r"\$(\d+)", lambda parameter: f"({statement[1][int(parameter[1])]})", text)
            lines.append(statement.strip() + ";")
        return "\n".join(lines) + "\n"

    def fire(self, name, seconds, which):
        now = "%012x" % (time.time_ns() // 1_000_000)
        entry = WORKLOADS[name].entry
        given = {"n": -1, "time": now[:8] + "-" + now[8:], "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "none": "none",
                 "ip": "127.0.0.1", "nonce": r"\x" + "5a" * 16, "salt": r"\x" + "5a" * 32}
        if entry:
            given |= {"credential": entry[1], "body": self.bodies[entry]}
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "script.sql"), "w") as script:
                script.write(self.script(name, which))
            command = ["pgbench", "-n", "-M", "prepared", "-h", "127.0.0.1", "-p", PGPORT, "-U", "bench", "-c", str(POOL), "-j", str(THREADS),
                       "-T", str(seconds), "-l", "--sampling-rate=0.2", "-f", "script.sql"]
            command += [f"-D{k}={v}" for k, v in given.items()] + [self.database]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds + 60)
            if done.returncode:
                raise RuntimeError("pgbench: " + done.stderr[-2000:])
            times = sorted(int(line.split()[2]) / 1000 for part in glob.glob(folder + "/pgbench_log.*") for line in open(part))
        number = lambda what: float(re.search(what + r"\D*([\d.]+)", done.stdout)[1])
        n, rate = int(number("transactions actually processed:")), number("tps =")
        return Result(n, n / rate, times[len(times) // 2], times[int(len(times) * 0.99)], int(number("number of failed transactions:")))


# ---- right before fast ----
def expect(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}: {got} in place of {wanted}")


def validate(service):
    """The answers of the service, each with its row and its entry. Returns the bodies of their entries, with placeholders again, for pgbench."""
    proposal = lambda n: f"00000000-0000-7000-8000-{n:012x}"
    vote = lambda p, choice, user=None: service.call("PUT", f"/api/v1/proposals/{proposal(p)}/vote", {"choice": choice}, user)
    check_in = lambda code, user=None: service.call("POST", "/api/v1/check-ins", {"code": code}, user)
    stored = lambda sql: psql(service.database, "-c", sql)

    expect("me", [service.call("GET", "/api/v1/me", user=7)[1][k] for k in ("id", "email")], [proposal(7), "member7@example.org"])
    expect("me without a token", service.call("GET", "/api/v1/me")[0], 401)
    expect("first vote", vote(2001, "YES", 3)[0], 201)
    expect("the same vote", vote(2001, "YES", 3)[0], 200)
    status, body = vote(2001, "NO", 3)
    expect("changed vote", (status, body["choice"]), (200, "NO"))
    expect("its row", stored("select choice, revision from vote where proposal_id = bench_id(2001) and user_id = bench_id(3)"), [["NO", "1"]])
    expect("its entries", stored("select kind from journal_entry where subject_type = 'vote' order by id"), [["VoteCast"], ["VoteChanged"]])
    expect("vote of no elector", vote(2001, "YES", 11)[0], 403)
    expect("vote on a closed proposal", vote(2002, "YES", 3)[0], 409)
    expect("vote on no proposal", vote(999999, "YES", 3)[0], 404)
    expect("vote of nobody", vote(2001, "YES")[0], 401)
    status, first = check_in("00000005", 3)
    expect("check-in", (status, first["result"]), (201, "CHECKED_IN"))
    status, again = check_in("00000005", 3)
    expect("the same check-in", (status, again["result"], again["id"]), (200, "ALREADY_CHECKED_IN", first["id"]))
    status, anonymous = check_in("00000005")
    expect("anonymous check-in", status, 201)
    expect("their rows", stored("select kind from attendance where event_id = bench_id(5) order by id"), [["REGISTERED"], ["ANONYMOUS"]])
    expect("their entries", stored("select subject_id::varchar from journal_entry where subject_type = 'attendance' order by id"), [[first["id"]], [anonymous["id"]]])
    for code, status in (("00001001", 409), ("00001002", 409), ("00001003", 410), ("ZZZZZZZZ", 404), ("short", 422)):
        expect(f"check-in with {code}", check_in(code)[0], status)
    service.settle()
    expect("the tally", stored("select yes, no, abstain, voters from proposal_tally where proposal_id = bench_id(2001)"), [["0", "1", "0", "1"]])

    nil = "00000000-0000-0000-0000-00000000000"
    bodies = {}
    for kind, credential, body, community, subject, event, receipt in stored(
            "select distinct on (e.kind, e.credential) e.kind, e.credential, convert_from(e.body, 'UTF8'), e.community_id, e.subject_id, a.event_id, "
            "rtrim(translate(encode(a.receipt, 'base64'), '+/', '-_'), '=') from journal_entry e left join attendance a on a.id = e.subject_id"):
        if kind == "CheckedIn":
            body = body.replace(event, nil + "2").replace(receipt, "A" * 43)
        else:
            body = body.replace(subject, nil + "2")
        bodies[kind, credential] = body.replace(community, nil + "1")
    return bodies


def faults(target, workload, result, before, after, answered):
    """What makes a window void."""
    found = [f"{result.errors} errors"] if result.errors else []
    if set(answered) - workload.statuses:
        found.append(f"answers {answered}, where only {sorted(workload.statuses)} are right")
    if workload.written:
        rows, entries = (int(b) - int(a) for a, b in zip(before, after))
        # what was on its way when the window ended is written too
        if not result.n <= rows <= result.n + (CONNECTIONS if target.pid else 0):
            found.append(f"{result.n} acknowledged writes, {rows} rows")
        if rows != entries:
            found.append(f"{rows} rows written, {entries} entries in the journal")
    if workload.written is VOTES and target.pid:
        wrong = value(target.database, "select count(*) from proposal_tally t, lateral (select count(*) filter (where choice = 'YES') as yes, count(*) as voters "
                      "from vote where proposal_id = t.proposal_id) v where not t.final and (t.yes, t.voters) <> (v.yes, v.voters)")
        if wrong != "0":
            found.append(f"{wrong} tallies that do not agree with the votes")
    return found


# ---- a run ----
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
    time.sleep(0.3)
    result.sealed = target.settle_seal()
    result.caught_up = target.settle()
    answered = {k: v - answers.get(k, 0) for k, v in target.answers().items() if v > answers.get(k, 0)}
    wrong = faults(target, workload, result, before, count(), answered)
    log(f"  {target.name:8}{name:4}{result.rate:8.0f}/s  p50 {result.p50:6.2f}  p99 {result.p99:6.2f} ms  CPU us/request {1e6 * result.service / result.n:5.0f}"
        f" + {1e6 * result.postgres / result.n:5.0f} PostgreSQL  others {result.others:4.0%}  {'; '.join(wrong)}")
    return result, [f"{target.name} {name}: {fault}" for fault in wrong]


def round_of(target, options, out, first):
    copy(target.database)
    target.start(out)
    try:
        bodies = validate(target) if first else None
        for name in options.workloads:  # pgbench has nothing to compile
            target.fire(name, max(1, options.warmup // len(options.workloads)) if target.pid else 1, WARM)
        measured = {name: measure(target, name, options.duration) for name in options.workloads}
    finally:
        target.stop()
    return bodies, {name: m[0] for name, m in measured.items()}, [fault for m in measured.values() for fault in m[1]]


def rush(results, options):
    """One event against a thousand, which share no row: the rounds of each target, since other work on the machine hits both windows of one alike."""
    if not {"W1", "W1R"} <= set(options.workloads):
        return []
    of = {target: [r["W1R"].rate / r["W1"].rate for r in rounds] for target, rounds in results.items()}
    return ["", "Rush, check-ins at one event : over 1,000 events: " + ", ".join(
        f"{target} {statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f})" for target, ratios in of.items()) + "."]


def report(results, options, void):
    middle = lambda target, name, of: statistics.median(of(r[name]) for r in results[target])
    other = next(name for name in results if name != "service")
    lines = [f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, {platform.machine()}, PostgreSQL {value('postgres', 'show server_version')}, "
             f"{CONNECTIONS} connections, {POOL} to the database; `python3 bench/bench.py {' '.join(sys.argv[1:])}`", "",
             f"| workload | service/s | {other}/s | ratio (min..max) | p50 ms | p99 ms | CPU µs service | CPU µs PostgreSQL | {other}: CPU µs PostgreSQL | tally behind s | seal behind s |",
             "|---|---|---|---|---|---|---|---|---|---|---|"]
    for name in options.workloads:
        ratios = [a[name].rate / b[name].rate for a, b in zip(results["service"], results[other])]
        lines.append(
            f"| {name}: {WORKLOADS[name].title} | {middle('service', name, lambda r: r.rate):.0f} | {middle(other, name, lambda r: r.rate):.0f}"
            f" | {statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f}) | {middle('service', name, lambda r: r.p50):.1f}"
            f" | {middle('service', name, lambda r: r.p99):.1f} | {middle('service', name, lambda r: 1e6 * r.service / r.n):.0f}"
            f" | {middle('service', name, lambda r: 1e6 * r.postgres / r.n):.0f} | {middle(other, name, lambda r: 1e6 * r.postgres / r.n):.0f}"
            f" | {middle('service', name, lambda r: r.caught_up):.1f} | {middle('service', name, lambda r: r.sealed):.1f} |")
    lines += rush(results, options)
    others = [r.others for rounds in results.values() for measured in rounds for r in measured.values()]
    lines += ["", f"Medians of {options.rounds} rounds of {options.duration} s. Other processes took {statistics.median(others):.0%} of the machine "
              f"in the median window, {max(others):.0%} in the worst.", ""]
    return "\n".join(lines + [f"VOID: {fault}" for fault in void])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--duration", type=int, default=10, help="seconds of a window")
    parser.add_argument("--warmup", type=int, default=36, help="seconds before the windows of a round, shared by the workloads")
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    parser.add_argument("--sealing", action="store_true", help="against the same service that does not seal, in place of pgbench")
    parser.add_argument("--quick", action="store_true", help="one short round, to see that everything runs; its figures mean nothing")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.duration, options.warmup = 1, 2, 6
    options.workloads = options.workloads.split(",")
    missing = [it for it in ("java", "wrk", "psql", "pgbench") if not shutil.which(it)] + ([] if os.path.exists(JAR) else [JAR])
    if missing or set(options.workloads) - set(WORKLOADS):
        sys.exit(f"not found: {missing}; workloads: {', '.join(WORKLOADS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))  # through the finally blocks, which end what was started
    out = os.path.join(HERE, "results", time.strftime("%Y%m%d-%H%M%S"))
    os.makedirs(out)
    service, pgbench = Service(), Pgbench({})
    other = Unsealed() if options.sealing else pgbench
    results, void = {"service": [], other.name: []}, []
    if subprocess.run([os.path.join(HERE, "pg.sh"), "start"], stdout=subprocess.DEVNULL).returncode:
        sys.exit("PostgreSQL does not start")
    try:
        seed()
        for number in range(options.rounds):
            log(f"round {number + 1} of {options.rounds}")
            for target in (service, other) if number % 2 == 0 else (other, service):
                bodies, measured, wrong = round_of(target, options, out, first=target is service and number == 0)
                pgbench.bodies = bodies or pgbench.bodies
                results[target.name].append(measured)
                void += wrong
        text = report(results, options, void)
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
