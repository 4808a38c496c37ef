"""The PostgreSQL of a run, and the templates that each target of each round gets a copy of."""
import base64, hashlib, os, subprocess, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
JAR = os.path.join(ROOT, "target", "quarkus-app", "quarkus-run.jar")
JAVA = os.environ.get("BENCH_JAVA", "java")
HOME = os.environ.get("BENCH_HOME", os.path.join(HERE, "run"))
PGPORT = os.environ.get("BENCH_PGPORT", "55432")
PORT = int(os.environ.get("BENCH_PORT", "18080"))
POOL = 16  # connections to the database, of the service and of pgbench
TOWN, FIFTIETH = 50, 1  # communities; everything else is in proportion: see sql/seed.sql


def psql(database, *arguments, environment=None):
    command = ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", PGPORT, "-U", "bench", "-d", database, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=HERE)
    if done.returncode:
        raise RuntimeError(f"psql: {done.stderr.strip()}")
    return [line.split("\t") for line in done.stdout.splitlines()]


def value(database, sql):
    return psql(database, "-c", sql)[0][0]


def environment(database, port=PORT):
    """What the service is started with: as in production, but for the limits that stop one person, who here is a benchmark."""
    at = f"postgresql://127.0.0.1:{PGPORT}/{database}"
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("QUARKUS_", "TOWNSQUARE_"))}
    return inherited | {
        "QUARKUS_HTTP_HOST": "127.0.0.1", "QUARKUS_HTTP_PORT": str(port), "TOWNSQUARE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "QUARKUS_MANAGEMENT_HOST": "127.0.0.1", "QUARKUS_MANAGEMENT_PORT": str(port + 1),
        "TOWNSQUARE_DATABASE_EMBEDDED": "false", "TOWNSQUARE_TRIAL": "true",  # its role owns the database, and it is not reached by https
        "TOWNSQUARE_IDENTITY_PEPPER": base64.b64encode(os.urandom(32)).decode(),
        "TOWNSQUARE_AUDIT_SIGNING_KEY": base64.b64encode(bytes.fromhex("302e020100300506032b657004220420") + os.urandom(32)).decode(),
        "TOWNSQUARE_AUDIT_ORIGIN": "bench.example/log", "TOWNSQUARE_AUDIT_SINKS": "log",
        "TOWNSQUARE_GOVERNANCE_VOTE_CHANGES_PER_MINUTE": "0",  # its voters change their votes as fast as they can
        "TOWNSQUARE_EVENTS_CHECK_INS_PER_SECOND": "0", "TOWNSQUARE_EVENTS_NEW_CHECK_INS_PER_MINUTE": "0",  # and its guests come to as many events
        "QUARKUS_DATASOURCE_REACTIVE_URL": at, "QUARKUS_DATASOURCE_JDBC_URL": "jdbc:" + at,
        "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE": "disable", "QUARKUS_SHUTDOWN_DELAY": "0S",
        "QUARKUS_DATASOURCE_USERNAME": "bench", "QUARKUS_DATASOURCE_PASSWORD": "bench", "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE": str(POOL)}


def fingerprint(seeds):
    """Of all that a template is made from, and the month, since it has the partitions of its months."""
    files = [os.path.join(HERE, "sql", name) for name in ("schema.sql", *seeds)]
    for folder, _, names in sorted(os.walk(os.path.join(ROOT, "src", "main", "resources", "db"))):
        files += [os.path.join(folder, name) for name in sorted(names)]
    digest = hashlib.sha256(time.strftime("%Y-%m").encode())
    for file in files:
        digest.update(open(file, "rb").read())
    return digest.hexdigest()


def template(communities, name=None, seeds=("seed.sql", "rush.sql")):
    """The name of the template with so many communities: the schema by the application itself, then the town. Kept until one of these changes."""
    name, made = name or f"bench_town_{communities}", fingerprint(seeds)
    if psql("postgres", "-c", f"select 1 from pg_database where datname = '{name}' and shobj_description(oid, 'pg_database') = '{made}'"):
        return name
    psql("postgres", "-c", f"drop database if exists {name} with (force)", "-c", f"create database {name}")
    psql(name, "-f", "sql/schema.sql", environment=os.environ | {"TOWNSQUARE_JAR": JAR})
    for seed in seeds:
        psql(name, "-v", f"communities={communities}", "-f", "sql/" + seed)
    psql("postgres", "-c", f"comment on database {name} is '{made}'")
    return name


def copy(name, database):
    psql("postgres", "-c", f"drop database if exists {database} with (force)",
         "-c", f"create database {database} template {name} strategy file_copy", "-c", "checkpoint")
    psql(database, "-c", "create extension if not exists pg_prewarm",
         "-c", "select sum(pg_prewarm(oid)) from pg_class where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace")
