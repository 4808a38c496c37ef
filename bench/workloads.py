"""What is asked of the service, and the same statements for pgbench. The n-th request of a client is worked out here as in load.lua."""
import json, os, re
from typing import NamedTuple

from database import HERE, POOL, ROOT

RESOURCES = os.path.join(ROOT, "src", "main", "resources", "org", "townsquare")
SETS = 4      # of pairs that nobody else has: the warm-up and the window of a workload, and the same where MIX sends it
PAIRS = 4000  # of voters and proposals in a set, which are gone round


class Sql(NamedTuple):
    """A statement of the service, from its resource; or, where Hibernate makes it, from the statement log, kept beside this file."""
    path: str
    parameters: dict  # what stands in place of $1 or :name
    parts: dict = {}  # what the service puts in place of parts of it

    def text(self):
        text = re.sub(r"--.*", "", open(self.path).read())
        for part, in_place in self.parts.items():
            text = text.replace(part, in_place)
        # in quotes a colon before a word would be a variable of pgbench
        text = re.sub(r"'[^']*'", lambda quoted: escaped(quoted[0]), text)
        text = re.sub(r"\$(\d+)", lambda parameter: f"({self.parameters[int(parameter[1])]})", text)
        text = re.sub(r"(?<![:\w]):([a-z]\w*)", lambda parameter: f"({self.parameters[parameter[1]]})" if parameter[1] in self.parameters else parameter[0], text)
        return text.strip()


def escaped(quoted):
    return "E" + quoted.replace(":", r"\x3a") if ":" in quoted else quoted


def resource(name, parameters, parts={}):
    return Sql(os.path.join(RESOURCES, name), parameters, parts)


def logged(name, parameters):
    return Sql(os.path.join(HERE, "sql", name), parameters)


# ---- the statements: where a read of the service changes its SQL, it is changed here ----
UNSET = "nullif(:unset, '0')"  # null, but not yet where it is planned
NEW_ID = "bench_new_id(:drawn)"
LOOK_UP = resource("identity/look-up.sql", {1: "bench_token_hash(:user::bigint)"})
LOOK_UP_STAFF = resource("identity/look-up.sql", {1: "bench_token_hash('staff')"})


def constant(text, of):
    """What the service sends as a parameter too, although it is always the same: the planner is not to know it here either."""
    return f"(array['{text}'::{of}])[:one]"


NOBODY, LAST = constant("00000000-0000-0000-0000-000000000000", "uuid"), constant("ffffffff-ffff-ffff-ffff-ffffffffffff", "uuid")
STAFF = "bench_id(400 * :communities + 1)"
READ_USER = logged("read-user.sql", {1: "bench_id(:user)"})

ENTRY = {7: NEW_ID, 8: "1", 9: "now()", 11: ":credential", 12: ":body", 13: ":ip", 14: UNSET, 15: ":salt"}
CHOICE = "(array['YES', 'NO', 'ABSTAIN'])[1 + :choice % 3]"
VOTE = resource("governance/vote.sql", ENTRY | {
    1: "bench_id(:proposal)", 2: "bench_id(:user)", 3: NEW_ID, 4: CHOICE, 5: ":nonce", 6: f"sha256(uuid_send({NEW_ID}))", 10: "bench_id(:user)",
    16: "array[bench_id(:community)]", 17: "0"})
CODE = "lpad(:event::bigint::varchar, 8, '0')"
CHECK_IN = {number - 1: value for number, value in ENTRY.items()} | {
    1: CODE, 2: NEW_ID, 5: ":nonce", 15: "'{}'", 16: "'{}'", 17: UNSET, 18: "'{}'", 19: UNSET}
NAMED = resource("events/check-in.sql", CHECK_IN | {3: "bench_id(:user)", 4: UNSET, 9: "bench_id(:user)"})
ANONYMOUS = resource("events/check-in.sql", CHECK_IN | {3: UNSET, 4: f"rtrim(encode(uuid_send({NEW_ID}), 'base64'), '=')", 9: UNSET})
LOOK = resource("events/look.sql", {1: CODE, 2: "bench_id(:user)", 3: UNSET, 4: "'REGISTERED'", 5: UNSET})

STATEMENTS = {
    "ME": [LOOK_UP, READ_USER],
    "R1": [resource("governance/proposals.sql", {1: NOBODY, 2: "bench_id(:community)", 3: LAST, 4: "20 + :one", 5: UNSET, 6: constant("VOTING", "varchar")},
                    {"and true": "and p.status = $6::varchar"})],
    "R2": [LOOK_UP, resource("governance/proposal.sql", {1: "bench_id(:user)", 2: "bench_id(:proposal)", 3: UNSET})],
    "R3": [LOOK_UP_STAFF, resource("events/attendances.sql", {
        1: STAFF, 2: "bench_id(:event)", 3: constant("epoch", "timestamptz"), 4: NOBODY, 5: "50 + :one", 6: "array[bench_id(:community)]", 7: UNSET})],
    "W1": [ANONYMOUS],
    "W1B": [LOOK_UP, NAMED, r"\if :repeat", LOOK, r"\endif"],
    "W2": [LOOK_UP, VOTE],
}
STATEMENTS |= {"W1R": STATEMENTS["W1"], "W1S": STATEMENTS["W1"], "W2R": STATEMENTS["W2"]}

NIL = "00000000-0000-0000-0000-00000000000"
ID, HASH, SALT, TRACE = "01a22ba2-9a33-7000-a342-c164af373160", "75v08u2hao9sm0lN2PBwMReN1pXFDHMxP7HnIQdwSwA", "qQOYO4-FES3NTmxzAiycEQ", "f9b959dc1faa36f8db930209c50304e3"


def body(actor, credential, fact, kind, subject, subject_type):
    """An entry as the service writes it, with its placeholders for what the statement finds; checks.py holds it to one of the service."""
    return json.dumps({
        "actor": actor, "at": "2026-11-30T08:46:46.325960Z", "commitments": {"ip": HASH}, "community": NIL + "1", "credential": credential, "fact": fact,
        "id": ID, "impersonator": None, "kind": kind, "request": TRACE, "salt": SALT, "subject": {"id": subject, "type": subject_type}, "version": 1},
        separators=(",", ":"))


def checked_in(actor, credential, kind):
    fact = {"attendanceId": ID, "attendanceKind": kind, "communityId": NIL + "1", "eventId": NIL + "2", "overrideReason": None, "participantId": None,
            "receipt": "A" * 43, "source": "SELF"}
    return body(actor, credential, fact, "CheckedIn", ID, "attendance")


BODIES = {
    ("CheckedIn", "ANONYMOUS"): checked_in(None, "ANONYMOUS", "ANONYMOUS"),
    ("CheckedIn", "SESSION"): checked_in(ID, "SESSION", "REGISTERED"),
    ("VoteCast", "SESSION"): body(ID, "SESSION", {"communityId": NIL + "1", "proposalId": ID, "receipt": HASH, "voteId": NIL + "2"}, "VoteCast", NIL + "2", "vote"),
}

VOTES = ("select sum(version + 1) from vote", "select count(*) from journal_entry where subject_type = 'vote'")
CHECK_INS = ("select count(*) from attendance", "select count(*) from journal_entry where subject_type = 'attendance'")
WRITES = ("select (select count(*) from attendance) + (select sum(version + 1) from vote)",
          "select count(*) from journal_entry where subject_type in ('attendance', 'vote')")


class Workload(NamedTuple):
    title: str
    statuses: set              # the only good answers
    draws: list                # how pgbench draws the n-th request of a client, as load.lua does for a thread
    entry: tuple = ()          # the kind and credential of the entry that pgbench writes
    written: tuple = ()        # rows written and entries in the journal
    writes: float = 0.0        # the share of the requests that write a row


OPEN_EVENT = "event 10 * (:x / 8) + :x % 8 + 1"
CHECK_IN_DRAWS = ["x (:share * 97 + :n) % (16 * :communities)", OPEN_EVENT]
WORKLOADS = {
    "R1": Workload("20 proposals with tallies and authors", {"200"}, ["community (:share * 97 + :n) % :communities + 1"]),
    "R2": Workload("a proposal with its tally and the own vote", {"200"},
                   ["x (:share * 97 + :n) * 7919 % (40000 * :communities)", "community :x % :communities + 1", "y :x / :communities",
                    "proposal :community + :communities * (:y % 100)", "user :community + :communities * (:y / 100)"]),
    "R3": Workload("50 attendances, for staff", {"200"}, ["event (:share * 97 + :n) * 7 % (20 * :communities) + 1", "community (:event - 1) % :communities + 1"]),
    "ME": Workload("session look-up: GET /api/v1/me", {"200"}, ["user (:share * 97 + :n) % (400 * :communities) + 1"]),
    "MIX": Workload("70 % reads: R1 25, R2 30, R3 15; W1, W1B, W2 10 each", {"200", "201"}, [], written=WRITES, writes=0.25),
    "W1": Workload("check-in, anonymous, over 800 events", {"201"}, CHECK_IN_DRAWS, ("CheckedIn", "ANONYMOUS"), CHECK_INS, 1),
    "W1B": Workload("check-in, signed in, half of them repeats", {"200", "201"},
                    ["r :n / 2", "repeat (:n + 1) % 2", "x (:share * 97 + :r) % (16 * :communities)", OPEN_EVENT,
                     "j case when :repeat = 1 then :r * 7 % 250 else 250 + :share + :shares * (:r / (16 * :communities)) end",
                     "user (:event * 17 + :j * 37) % (400 * :communities) + 1"], ("CheckedIn", "SESSION"), CHECK_INS, 0.5),
    "W1R": Workload("check-in, anonymous, all at one event", {"201"}, ["event 100001"], ("CheckedIn", "ANONYMOUS"), CHECK_INS, 1),
    "W1S": Workload("check-in, anonymous, at one event with places", {"201"}, ["event 100005"], ("CheckedIn", "ANONYMOUS"), CHECK_INS, 1),
    "W2": Workload("vote, over 2,000 proposals", {"200", "201"},
                   [f"each {PAIRS} / :units", f"x (:set * {PAIRS} + :unit * :each + :n % :each) * 7919 % (16000 * :communities)",
                    "community :x % :communities + 1", "y :x / :communities", "slot :y % 40", "k :y / 40",
                    "proposal :community + :communities * (5 * (:slot / 2) + :slot % 2)", "user :community + :communities * :k",
                    "m (:proposal + (:k + 387 * :proposal) % 400) % 5", "choice case when :m = 2 then 2 when :m = 4 then 0 else 1 end + :n / :each"],
                   ("VoteCast", "SESSION"), VOTES, 1),
    "W2R": Workload("vote, all on one proposal", {"200", "201"},
                    ["each 5000 / (2 * :units)", "community 100001", "proposal 100001", "user 100001 + :share * :each + :n % :each", "choice :n / :each"],
                    ("VoteCast", "SESSION"), VOTES, 1),
}
MIX = {"R1": 25, "R2": 30, "R3": 15, "W1": 10, "W1B": 10, "W2": 10}
# what pgbench draws in place of a request's own: the high bits are those of a UUID's variant
DRAWN = ["drawn random(-9223372036854775807, -4611686018427387905)", "unset 0", "one 1"]




def script(name, draws, inline=False):
    """A file for pgbench: what is drawn, then the statements. What cannot be drawn is a variable of given(), or stands there as a literal."""
    lines = [f"\\set {draw}" for draw in [*draws, *DRAWN]]
    for statement in STATEMENTS[name]:
        text = statement.text() + ";" if isinstance(statement, Sql) else statement
        for word, literal in given(name).items():
            text = text.replace(f"(:{word})", escaped(f"'{literal}'") if inline else f"(:{word}_{name})")
        lines.append(text)
    return "\n".join(lines) + "\n"


def counted(name, which, communities):
    """The draws of the n-th request of a client in a window of bench.py: which is 0 for the warm-up, 1 for the window, 2 and 3 for the same of MIX."""
    return [f"n_{name} :n_{name} + 1", f"n :n_{name}", f"communities {communities}", f"units {POOL}", f"unit :client_id", f"set {which}",
            "share :set * :units + :unit", f"shares {SETS} * :units", *WORKLOADS[name].draws]


def given(name):
    """What a request brings along, with values of their real size."""
    entry = WORKLOADS[name].entry
    return {"credential": entry[1], "body": BODIES[entry], "ip": "127.0.0.1", "nonce": r"\x" + "5a" * 16, "salt": r"\x" + "5a" * 32} if entry else {}
