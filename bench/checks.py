"""Right before fast: the answers of the service are compared with its database before anything is timed, and every window afterwards."""
import json, os

from database import HERE, psql, value
from workloads import BODIES, VOTES, WRITES

TRUTH = json.load(open(os.path.join(HERE, "peers", "townsquare.json")))["sql"]  # the same that the shared benchmark asks


def expect(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}: {got} in place of {wanted}")


def id_of(n):
    return f"00000000-0000-7000-8000-{n:012x}"


def tally(proposal):
    return [str(proposal["tally"][k]) for k in ("yes", "no", "abstain")]


def truth(service, query, **numbers):
    sql = TRUTH[query]
    for name, number in numbers.items():
        sql = sql.replace("{%s}" % name, str(number))
    return psql(service.database, "-c", sql)


def first_calls(service):
    """The first of a kind loads classes, and on a busy machine it may be late and refused for that: nothing is concluded from it."""
    for path in (f"communities/{id_of(1)}/proposals", f"proposals/{id_of(1)}", f"events/{id_of(1)}/attendances", "me"):
        service.call("GET", "/api/v1/" + path, user=1)
    service.call("PUT", f"/api/v1/proposals/{id_of(999999)}/vote", {"choice": "YES"}, 1)
    service.call("POST", "/api/v1/check-ins", {"code": "ZZZZZZZZ"})


def check_reads(service):
    """The reads of the town, each against the rows that it is made of."""
    last = service.communities
    for community in sorted({1, last}):
        status, page = service.call("GET", f"/api/v1/communities/{id_of(community)}/proposals?status=VOTING&limit=20")
        expect("list of proposals", status, 200)
        expect("its items", [[p["id"], p["title"], p["author"]["name"], *tally(p)] for p in page["items"]], truth(service, "r1", community=community))
        expect("their number", len(page["items"]), 20)
    for proposal, user in ((1, 1 + last * 14), (last + 1, 1 + last), (100 * last, last)):
        status, p = service.call("GET", f"/api/v1/proposals/{id_of(proposal)}", user=user)
        expect("proposal", status, 200)
        expect("what it says", [p["id"], p["title"], p["author"]["name"], *tally(p), p["myVote"]["choice"] if p["myVote"] else "null"],
               truth(service, "r2", proposal=proposal, member=user)[0])
    for event in (1, 10 * last):
        status, page = service.call("GET", f"/api/v1/events/{id_of(event)}/attendances?limit=50", user="staff")
        expect("attendances", status, 200)
        expect("who they are", [[a["id"], a["participant"]["id"] if "participant" in a else "null"] for a in page["items"]], truth(service, "r3", event=event))
        expect("their number", len(page["items"]), 50)
    expect("attendances seen by no staff", service.call("GET", f"/api/v1/events/{id_of(1)}/attendances?limit=50", user=400 * last - 1)[1]["items"], [])
    status, me = service.call("GET", "/api/v1/me", user=7)
    expect("me", (status, me["id"], me["email"]), (200, id_of(7), "user7@example.org"))
    expect("me without a token", service.call("GET", "/api/v1/me")[0], 401)


def check_writes(service):
    """The writes, each with its row and its entry, in the community of sql/rush.sql."""
    vote = lambda p, choice, user=None: service.call("PUT", f"/api/v1/proposals/{id_of(p)}/vote", {"choice": choice}, user)
    check_in = lambda code, user=None: service.call("POST", "/api/v1/check-ins", {"code": code}, user)
    stored = lambda sql: psql(service.database, "-c", sql)

    expect("first vote", vote(100002, "YES", 100003)[0], 201)
    expect("the same vote", vote(100002, "YES", 100003)[0], 200)
    status, body = vote(100002, "NO", 100003)
    expect("changed vote", (status, body["choice"]), (200, "NO"))
    expect("its row", stored("select choice, revision from vote where proposal_id = bench_id(100002) and user_id = bench_id(100003)"), [["NO", "1"]])
    expect("its entries", stored("select kind from journal_entry where subject_type = 'vote' order by id"), [["VoteCast"], ["VoteChanged"]])
    expect("vote of no elector", vote(100002, "YES", 100011)[0], 403)
    expect("vote on a closed proposal", vote(100003, "YES", 100003)[0], 409)
    expect("vote on no proposal", vote(999999, "YES", 100003)[0], 404)
    expect("vote of nobody", vote(100002, "YES")[0], 401)
    status, first = check_in("00100001", 100003)
    expect("check-in", (status, first["result"]), (201, "CHECKED_IN"))
    status, again = check_in("00100001", 100003)
    expect("the same check-in", (status, again["result"], again["id"]), (200, "ALREADY_CHECKED_IN", first["id"]))
    status, anonymous = check_in("00100001")
    expect("anonymous check-in", status, 201)
    expect("their rows", stored("select kind from attendance where event_id = bench_id(100001) order by id"), [["REGISTERED"], ["ANONYMOUS"]])
    expect("their entries", stored("select subject_id::varchar from journal_entry where subject_type = 'attendance' order by id"), [[first["id"]], [anonymous["id"]]])
    for code, status in (("00000009", 409), ("00000010", 409), ("00100002", 409), ("00100003", 409), ("00100004", 410), ("ZZZZZZZZ", 404), ("short", 422)):
        expect(f"check-in with {code}", check_in(code)[0], status)
    service.settle()
    expect("the tally", stored("select yes, no, abstain, voters from proposal_tally where proposal_id = bench_id(100002)"), [["0", "1", "0", "1"]])
    check_bodies(service)


def check_bodies(service):
    """That the entries which pgbench writes are as long as those of the service and say the same."""
    nil = "00000000-0000-0000-0000-00000000000"
    for kind, credential, body, community, subject, event, receipt in psql(
            service.database, "-c", "select distinct on (e.kind, e.credential) e.kind, e.credential, convert_from(e.body, 'UTF8'), e.community_id, e.subject_id, a.event_id, "
            "rtrim(translate(encode(a.receipt, 'base64'), '+/', '-_'), '=') from journal_entry e left join attendance a on a.id = e.subject_id "
            "where e.subject_type in ('vote', 'attendance')"):
        body = body.replace(event, nil + "2").replace(receipt, "A" * 43) if kind == "CheckedIn" else body.replace(subject, nil + "2")
        body = body.replace(community, nil + "1")
        if (kind, credential) in BODIES:
            expect(f"length of {kind} by {credential}, against {BODIES[kind, credential]}: {body}", len(body), len(BODIES[kind, credential]))
            expect(f"what {kind} says", set(json.loads(body)), set(json.loads(BODIES[kind, credential])))


def faults(target, workload, result, before, after, answered):
    """What makes a window void."""
    found = [f"{result.errors} errors"] if result.errors else []
    if set(answered) - workload.statuses:
        found.append(f"answers {answered}, where only {sorted(workload.statuses)} are right")
    if workload.written:
        rows, entries = (int(b) - int(a) for a, b in zip(before, after))
        # what was on its way when the window ended is written too; where a part of the requests writes, which part is not exact
        wanted, about = result.n * workload.writes, 0 if workload.writes == 1 else 50 + 0.02 * result.n
        if not wanted - about <= rows <= wanted + about + target.connections:
            found.append(f"{wanted:.0f} acknowledged writes, {rows} rows")
        if rows != entries:
            found.append(f"{rows} rows written, {entries} entries in the journal")
    if workload.written in (VOTES, WRITES) and target.pid:
        wrong = value(target.database, "select count(*) from proposal_tally t, lateral (select count(*) filter (where choice = 'YES') as yes, count(*) as voters "
                      "from vote where proposal_id = t.proposal_id) v where not t.final and (t.yes, t.voters) <> (v.yes, v.voters)")
        if wrong != "0":
            found.append(f"{wrong} tallies that do not agree with the votes")
    return found
