-- What the driver needs beside the town of seed.sql, numbered from 100001: a community of its own, so that no other row is touched.
--   users        100001 .. 105000, its members, each with a session as in seed.sql
--   proposals    100001: voting, all of them, no votes; 100002: voting, the first ten, no votes; 100003: decided, the first ten
--   events       100001: open; 100002: closed; 100003: not open yet; 100004: cancelled; 100005: open, with 100,000 places
set synchronous_commit = off;

insert into users (id, version, created_at, updated_at, name, email, status)
select bench_id(u), 0, now(), now(), 'Member ' || u, 'member' || u || '@example.org', 'ACTIVE'
from generate_series(100001, 105000) u;

insert into session (id, version, created_at, updated_at, user_id, token_hash, expires_at, last_seen_at, idle_until)
select bench_id(u), 0, now(), now(), bench_id(u), bench_token_hash(u), '2099-01-01', '2099-01-01', '2099-01-01'
from generate_series(100001, 105000) u;

insert into community (id, version, created_at, updated_at, market_id, slug, name, visibility, join_policy, created_by)
select bench_id(100001), 0, now(), now(), (select id from market order by id limit 1), 'square', 'The square', 'PUBLIC', 'OPEN', bench_id(100001);

insert into member (community_id, id, version, created_at, updated_at, user_id, status, roles, joined_at, status_changed_at)
select bench_id(100001), bench_id(3000000 + u), 0, now(), now(), bench_id(u), 'ACTIVE', array['CITIZEN'], now(), now()
from generate_series(100001, 105000) u;

insert into decision_rule (community_id, id, version, created_at, updated_at, name, revision, voter_roles, tenure_seconds, weighting, quorum_kind, quorum_num,
                           quorum_den, quorum_at_least, yes_at_least, min_voting_seconds, default_voting_seconds, max_voting_seconds, early_close,
                           self_review, secrecy, results, is_default)
select bench_id(100001), bench_id(100001), 0, now(), now(), name, revision, voter_roles, tenure_seconds, weighting, quorum_kind, quorum_num, quorum_den,
       quorum_at_least, yes_at_least, min_voting_seconds, default_voting_seconds, max_voting_seconds, early_close, self_review, secrecy, results, is_default
from decision_rule where id = bench_id(1);

insert into decision_threshold (community_id, rule_id, position, base, num, den, strict)
values (bench_id(100001), bench_id(100001), 1, 'CAST', 1, 2, true);

insert into proposal (community_id, id, version, created_at, updated_at, author_id, title, description, status, submitted_at, text_hash, rule_id, rule,
                      rule_hash, voting_started_at, closes_at, voting_closed_at, outcome, outcome_reason)
select bench_id(100001), bench_id(p), 0, now(), now(), bench_id(100001), 'Proposal ' || p, repeat('Words that are weighed. ', 20),
       case when p = 100003 then 'REJECTED' else 'VOTING' end, now() - interval '2 days', sha256(convert_to(p::varchar, 'UTF8')), bench_id(100001), bench_rule(),
       sha256(convert_to(bench_rule()::varchar, 'UTF8')), now() - interval '2 days', case when p = 100003 then now() - interval '1 day' else '2099-01-01' end,
       case when p = 100003 then now() - interval '1 day' end, case when p = 100003 then 'REJECTED' end, case when p = 100003 then 'NO_VOTES' end
from generate_series(100001, 100003) p;

insert into electorate (community_id, id, version, created_at, updated_at, taken_at, electors, total_weight)
select community_id, id, 0, now(), now(), voting_started_at, n, n
from proposal, lateral (select case id when bench_id(100001) then 5000 else 10 end as n) electors
where community_id = bench_id(100001);

insert into elector (community_id, electorate_id, user_id, weight, roles, basis)
select bench_id(100001), bench_id(p), bench_id(u), 1, array['CITIZEN'], 'MEMBER'
from generate_series(100001, 100003) p, generate_series(100001, case when p = 100001 then 105000 else 100010 end) u;

insert into proposal_tally (community_id, proposal_id, yes, no, abstain, voters, as_of, final)
select community_id, id, 0, 0, 0, 0, now(), status <> 'VOTING' from proposal where community_id = bench_id(100001);

insert into event_group (community_id, id, version, created_at, updated_at, name, created_by)
values (bench_id(100001), bench_id(100001), 0, now(), now(), 'Meetings', bench_id(100001));

insert into event (community_id, id, version, created_at, updated_at, group_id, title, start_time, duration_minutes, time_zone, code_text, capacity, state, opens_at,
                   closes_at, closed_at, cancelled_at, device_pepper, created_by)
select bench_id(100001), bench_id(e), 0, now(), now(), bench_id(100001), 'Meeting ' || e, now(), 1440, 'UTC', lpad(e::varchar, 8, '0'),
       case when e = 100005 then 100000 end, case when e in (100002, 100004) then 'CLOSED' else 'OPEN' end,
       case when e = 100003 then timestamptz '2098-01-01' end, '2099-01-01', case when e in (100002, 100004) then now() end, case when e = 100004 then now() end,
       sha256(convert_to('pepper ' || e, 'UTF8')), bench_id(100001)
from generate_series(100001, 100005) e;

insert into event_seat (community_id, event_id, seat)
select bench_id(100001), bench_id(100005), generate_series(1, 100000);

vacuum (freeze, analyze);
