#!/usr/bin/env python3
"""Puts this service into a copy of the shared benchmark: its adapters, a link to this repository, the pgbench scripts and the template database. See README.md."""
import os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
os.environ["BENCH_PGPORT"] = os.environ.get("PGPORT", "55432")

from database import JAVA, ROOT, TOWN, template  # noqa: E402, after the port is set
from workloads import STATEMENTS, VOTE, script  # noqa: E402

# As lua/load.lua of the shared benchmark draws them.
EVENT = "event 10 * random(0, 99) + random(1, 8)"
DRAWS = {
    "R1": ["community random(1, 50)"],
    "R2": ["community random(1, 50)", "proposal :community + 50 * random(0, 99)", "user :community + 50 * random(0, 399)"],
    "R3": ["event random(1, 1000)", "community (:event - 1) % 50 + 1", "communities 50"],
    "W1": [EVENT],
    "W1B": [EVENT, "repeat random(0, 1)", "j case when :repeat = 1 then random(0, 249) else random(250, 19700) end", "user (:event * 17 + :j * 37) % 20000 + 1"],
    "W2": ["community random(1, 50)", "proposal :community + 50 * (5 * random(0, 19) + random(0, 1))", "user :community + 50 * random(0, 399)"],
}
# A vote for the stored choice writes nothing, so each is for the next one.
ROTATED = ("coalesce((select case o.choice when 'YES' then 'NO' when 'NO' then 'ABSTAIN' else 'YES' end from vote o "
           "where o.proposal_id = bench_id(:proposal) and o.user_id = bench_id(:user)), 'YES')")


def main(run):
    link = os.path.join(run, "townsquare")
    if os.path.islink(link):
        os.remove(link)
    os.symlink(ROOT, link)
    for name in ("townsquare.json", "pgbench-townsquare.json"):
        with open(os.path.join(HERE, name)) as adapter, open(os.path.join(run, "adapters", name), "w") as copy:
            copy.write(adapter.read().replace('"start": ["java"', f'"start": ["{JAVA}"'))
    scripts = os.path.join(run, "pgbench-townsquare")
    os.makedirs(scripts, exist_ok=True)
    STATEMENTS["W2"] = [VOTE._replace(parameters=VOTE.parameters | {4: ROTATED}) if it is VOTE else it for it in STATEMENTS["W2"]]
    for name, draws in DRAWS.items():
        with open(os.path.join(scripts, name.lower() + ".sql"), "w") as file:
            file.write(script(name, draws, inline=True))
    template(TOWN, "bench_seed_townsquare", ("seed.sql",))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
