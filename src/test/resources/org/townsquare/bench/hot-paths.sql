-- The town of HotPathsMeasured. Everything is numbered from 0 and follows from its number; times are relative to the seeding.
--   users        0 .. 4999, each with a session whose token is tss_<8 digits>_bench
--   communities  0: all users; 1 .. 20: the 250 users u with u % 20 = c - 1
--   proposals    0 .. 1999, voting: p in community 1 + p % 20, 25 electors, each with a vote YES
--                2000: voting, all users of community 0, no votes; 2001: voting, users 0 .. 9, no votes; 2002: closed, users 0 .. 9
--   events       0 .. 999, open: e in community 1 + e % 20, code <8 digits>; 1000: open, community 0; 1001: closed; 1002: not open yet; 1003: cancelled; 1004: open, community 0,
--                with 100,000 places
create function bench_id(n bigint) returns uuid language sql immutable
    return ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;

create function bench_token_hash(member bigint) returns bytea language sql immutable
    return sha256(convert_to('tss_' || lpad(member::varchar, 8, '0') || '_bench', 'UTF8'));

-- A fresh UUIDv7: 48 bits of time in hexadecimal (8-4), then the client in place of the counter, then its n-th.
create function bench_new_id(moment varchar, client bigint, n bigint) returns uuid language sql immutable
    return (moment || '-7' || lpad(to_hex(client), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid;

insert into users (id, version, created_at, updated_at, name, email, status)
select bench_id(u), 0, now(), now(), 'Member ' || u, 'member' || u || '@example.org', 'ACTIVE'
from generate_series(0, 4999) u;

insert into session (id, version, created_at, updated_at, user_id, token_hash, expires_at)
select bench_id(u), 0, now(), now(), bench_id(u), bench_token_hash(u), now() + interval '30 days'
from generate_series(0, 4999) u;

insert into community (id, version, created_at, updated_at, market_id, slug, name, visibility, join_policy, created_by)
select bench_id(c), 0, now(), now(), (select id from market order by id limit 1), 'bench-' || c, 'Community ' || c, 'PUBLIC', 'OPEN', bench_id(0)
from generate_series(0, 20) c;

insert into member (community_id, id, version, created_at, updated_at, user_id, status, roles, joined_at, status_changed_at)
select bench_id(c), bench_id(5000 * own + u), 0, now(), now(), bench_id(u), 'ACTIVE', array['CITIZEN'], now(), now()
from generate_series(0, 4999) u, lateral (values (0, 0), (1, 1 + u % 20)) as of_user (own, c);

insert into decision_rule (community_id, id, version, created_at, updated_at, name, revision, voter_roles, tenure_seconds, weighting, quorum_kind, quorum_num,
                           quorum_den, quorum_at_least, yes_at_least, min_voting_seconds, default_voting_seconds, max_voting_seconds, early_close,
                           self_review, secrecy, results, is_default)
select bench_id(c), bench_id(c), 0, now(), now(), 'simple-majority', 1, '{}', 0, 'EQUAL', 'NONE', 0, 1, 0, 1, 0, 604800, 31622400, 'ALL_VOTED', false,
       'MEMBERS', 'LIVE', true
from generate_series(0, 20) c;

insert into decision_threshold (community_id, rule_id, position, base, num, den, strict)
select bench_id(c), bench_id(c), 1, 'CAST', 1, 2, true
from generate_series(0, 20) c;

insert into proposal (community_id, id, version, created_at, updated_at, author_id, title, description, status, submitted_at, text_hash, rule_id, rule,
                      rule_hash, voting_started_at, closes_at, voting_closed_at, outcome, outcome_reason)
select bench_id(c), bench_id(p), 0, now(), now(), bench_id(greatest(c - 1, 0)), 'Proposal ' || p, repeat('Words that are weighed. ', 40),
       case when p = 2002 then 'PASSED' else 'VOTING' end, now() - interval '2 days', sha256(convert_to(p::varchar, 'UTF8')), bench_id(c), rule,
       sha256(convert_to(rule::varchar, 'UTF8')), now() - interval '1 day', now() + case when p = 2002 then interval '-1 hour' else interval '30 days' end,
       case when p = 2002 then now() end, case when p = 2002 then 'PASSED' end, case when p = 2002 then 'THRESHOLD_MET' end
from generate_series(0, 2002) p,
     lateral (select case when p < 2000 then 1 + p % 20 else 0 end as c) place,
     (select '{"name":"simple-majority","revision":1,"voterRoles":[],"tenureSeconds":0,"weighting":"EQUAL","roleWeights":{},"quorumKind":"NONE",
               "quorumNum":0,"quorumDen":1,"quorumAtLeast":0,"yesAtLeast":1,"thresholds":[{"base":"CAST","num":1,"den":2,"strict":true}],
               "minVotingSeconds":0,"defaultVotingSeconds":604800,"maxVotingSeconds":31622400,"earlyClose":"ALL_VOTED","selfReview":false,
               "secrecy":"MEMBERS","results":"LIVE"}'::jsonb as rule) terms;

insert into electorate (community_id, id, version, created_at, updated_at, taken_at, electors, total_weight)
select p.community_id, p.id, 0, now(), now(), now(), n.electors, n.electors
from proposal p,
     lateral (select case p.id when bench_id(2000) then 5000 when bench_id(2001) then 10 when bench_id(2002) then 10 else 25 end as electors) n;

insert into elector (community_id, electorate_id, user_id, weight, roles, basis)
select p.community_id, p.id, bench_id(v.u), 1, array['CITIZEN'], 'MEMBER'
from (select n, community_id, id from generate_series(0, 2002) n join proposal on id = bench_id(n)) p,
     lateral (select p.n % 20 + 20 * (25 * (p.n / 20 % 10) + e) as u from generate_series(0, 24) e where p.n < 2000
              union all select u from generate_series(0, 4999) u where p.n = 2000
              union all select u from generate_series(0, 9) u where p.n > 2000) v;

insert into vote (community_id, id, version, created_at, updated_at, proposal_id, user_id, weight, choice, cast_at, revision, nonce, receipt)
select community_id, bench_id(row_number() over (order by electorate_id, user_id)), 0, now(), now(), electorate_id, user_id, 1, 'YES', now(), 0,
       decode(repeat('00', 16), 'hex'), sha256(uuid_send(electorate_id) || uuid_send(user_id))
from elector where electorate_id < bench_id(2000);

insert into proposal_tally (community_id, proposal_id, yes, no, abstain, voters, as_of, final)
select p.community_id, p.id, v.votes, 0, 0, v.votes, now(), p.status <> 'VOTING'
from proposal p, lateral (select count(*) as votes from vote where proposal_id = p.id) v;

insert into event_group (community_id, id, version, created_at, updated_at, name, created_by)
select bench_id(c), bench_id(c), 0, now(), now(), 'Meetings', bench_id(0)
from generate_series(0, 20) c;

insert into event (community_id, id, version, created_at, updated_at, group_id, title, start_time, duration_minutes, time_zone, code_text, capacity, state, opens_at,
                   closes_at, closed_at, cancelled_at, device_pepper, created_by)
select bench_id(c), bench_id(e), 0, now(), now(), bench_id(c), 'Meeting ' || e, now(), 1440, 'UTC', lpad(e::varchar, 8, '0'), case when e = 1004 then 100000 end,
       case when e in (1001, 1003) then 'CLOSED' else 'OPEN' end, case when e = 1002 then now() + interval '20 days' end, now() + interval '30 days',
       case when e in (1001, 1003) then now() end, case when e = 1003 then now() end, sha256(convert_to('pepper ' || e, 'UTF8')), bench_id(0)
from generate_series(0, 1004) e, lateral (select case when e < 1000 then 1 + e % 20 else 0 end as c) place;

insert into event_seat (community_id, event_id, seat)
select bench_id(0), bench_id(1004), generate_series(1, 100000);
