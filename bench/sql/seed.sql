-- The town that is measured: 50 communities, 20,000 users with sessions, 1,000 events, 5,000 proposals, 500,000 votes, 500,000 attendances.
-- Everything is numbered from 1 and follows from its number, by the formulas of the shared benchmark; C is the number of communities (-v communities=1:
-- a fiftieth of everything, by the same formulas).
--   user u        1 .. 400 C     home community (u - 1) % C + 1, an ADMIN there if u <= C; also a member of u * 7 % C + 1; token tss_<8 digits>_bench
--   proposal p    1 .. 100 C     community c = (p - 1) % C + 1; with i = (p - 1) / C: i % 5 in 0, 1 VOTING, in 2, 3 PASSED, 4 ARCHIVED
--   votes of p    100            of the users c + C ((13 p + j) % 400), j in 0 .. 99
--   electors of p                VOTING: the 400 whose home it is; else those who voted, whom every vote needs
--   event e       1 .. 20 C      community (e - 1) % C + 1, code <8 digits>; (e - 1) % 10: 8 closed, 9 open but over, else open
--   attendances of e  500        250 of the users (17 e + 37 j) % 400 C + 1, j in 0 .. 249, and 250 anonymous
--   staff         user 400 C + 1, ORGANIZER of every community, token tss_staff_bench
-- A proposal that nobody voted on would be a draft of its author's: the shared seed has votes on all of them, so the last fifth is archived.
-- The journal is empty: its followers begin after the seed. Sessions have been seen in the future, so that none is marked as seen within a run.
\if :{?communities}
\else
\set communities 50
\endif
set synchronous_commit = off;
set work_mem = '64MB';

create function bench_id(n bigint) returns uuid language sql immutable parallel safe
    return ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;

create function bench_token_hash(name varchar) returns bytea language sql immutable parallel safe
    return sha256(convert_to('tss_' || name || '_bench', 'UTF8'));

create function bench_token_hash(member bigint) returns bytea language sql immutable parallel safe
    return bench_token_hash(lpad(member::varchar, 8, '0'));

-- A fresh UUIDv7: the time of the transaction, then what the client drew. The same within a statement, where uuidv7() is another one at each place.
create function bench_new_id(drawn bigint) returns uuid language sql stable parallel safe
    return encode(substring(int8send((extract(epoch from now()) * 1000)::bigint) from 3) || '\x7000'::bytea || int8send(drawn), 'hex')::uuid;

insert into users (id, version, created_at, updated_at, name, email, status)
select bench_id(u), 0, '2025-01-01', '2025-01-01', 'User ' || u, 'user' || u || '@example.org', 'ACTIVE'
from generate_series(1, 400 * :communities + 1) u;

insert into session (id, version, created_at, updated_at, user_id, token_hash, expires_at, last_seen_at, idle_until)
select bench_id(u), 0, '2025-01-01', '2025-01-01', bench_id(u),
       case when u = 400 * :communities + 1 then bench_token_hash('staff') else bench_token_hash(u) end, '2099-01-01', '2099-01-01', '2099-01-01'
from generate_series(1, 400 * :communities + 1) u;

insert into community (id, version, created_at, updated_at, market_id, slug, name, visibility, join_policy, created_by)
select bench_id(c), 0, '2025-01-01', '2025-01-01', (select id from market order by id limit 1), 'community-' || c, 'Community ' || c, 'PUBLIC', 'OPEN', bench_id(c)
from generate_series(1, :communities) c;

insert into member (community_id, id, version, created_at, updated_at, user_id, status, roles, joined_at, status_changed_at)
select bench_id(c), bench_id(n), 0, '2025-01-01', '2025-01-01', bench_id(u), 'ACTIVE', roles, '2025-01-01', '2025-01-01'
from (
    select u, (u - 1) % :communities + 1 as c, u as n, case when u <= :communities then array['CITIZEN', 'ADMIN'] else array['CITIZEN'] end as roles
    from generate_series(1, 400 * :communities) u
    union all
    select u, u * 7 % :communities + 1, 1000000 + u, array['CITIZEN'] from generate_series(1, 400 * :communities) u
    union all
    select 400 * :communities + 1, c, 2000000 + c, array['CITIZEN', 'ORGANIZER'] from generate_series(1, :communities) c
) m
on conflict do nothing;

insert into decision_rule (community_id, id, version, created_at, updated_at, name, revision, voter_roles, tenure_seconds, weighting, quorum_kind, quorum_num,
                           quorum_den, quorum_at_least, yes_at_least, min_voting_seconds, default_voting_seconds, max_voting_seconds, early_close,
                           self_review, secrecy, results, is_default)
select id, id, 0, created_at, created_at, 'simple-majority', 1, '{}', 0, 'EQUAL', 'NONE', 0, 1, 0, 1, 0, 604800, 31622400, 'ALL_VOTED', false,
       'MEMBERS', 'LIVE', true
from community;

insert into decision_threshold (community_id, rule_id, position, base, num, den, strict)
select id, id, 1, 'CAST', 1, 2, true from community;

-- The copy of that rule which a proposal is voted on under.
create function bench_rule() returns jsonb language sql immutable return '{"name":"simple-majority","revision":1,"voterRoles":[],"tenureSeconds":0,
    "weighting":"EQUAL","roleWeights":{},"quorumKind":"NONE","quorumNum":0,"quorumDen":1,"quorumAtLeast":0,"yesAtLeast":1,
    "thresholds":[{"base":"CAST","num":1,"den":2,"strict":true}],"minVotingSeconds":0,"defaultVotingSeconds":604800,"maxVotingSeconds":31622400,
    "earlyClose":"ALL_VOTED","selfReview":false,"secrecy":"MEMBERS","results":"LIVE"}'::jsonb;

-- Of 100 votes 60 are in favour, 20 against and 20 abstain.
insert into proposal (community_id, id, version, created_at, updated_at, author_id, title, description, status, submitted_at, text_hash, rule_id, rule,
                      rule_hash, voting_started_at, closes_at, voting_closed_at, outcome, outcome_reason, explanation, archived_at)
select bench_id(c), bench_id(p), 0, made, made, bench_id(c + :communities * (p * 7 % 400)), 'Proposal ' || p || ' on a matter of the community',
       repeat('Text of the proposal number ' || p || '. ', 12), status, made + interval '1 hour', sha256(convert_to(p::varchar, 'UTF8')), bench_id(c),
       bench_rule(), sha256(convert_to(bench_rule()::varchar, 'UTF8')), made + interval '2 hours', '2099-01-01',
       case when status <> 'VOTING' then now() - interval '1 day' end, case when status <> 'VOTING' then 'PASSED' end,
       case when status <> 'VOTING' then 'THRESHOLD_MET' end,
       case when status <> 'VOTING' then '{"outcome":"PASSED","reason":"THRESHOLD_MET","counts":{"yes":"60","no":"20","abstain":"20","electorate":"100"},"predicates":[
           {"name":"threshold-1","formula":"Y*2 > 1*(Y+N)","left":"120","comparison":">","right":"80","holds":true},
           {"name":"ahead","formula":"Y > N","left":"60","comparison":">","right":"20","holds":true},
           {"name":"floor","formula":"Y >= 1","left":"60","comparison":">=","right":"1","holds":true}]}'::jsonb end,
       case when status = 'ARCHIVED' then now() - interval '1 hour' end
from generate_series(1, 100 * :communities) p,
     lateral (select (p - 1) % :communities + 1 as c, timestamptz '2025-01-01' + p * interval '1 minute' as made,
                     (array['VOTING', 'VOTING', 'PASSED', 'PASSED', 'ARCHIVED'])[(p - 1) / :communities % 5 + 1] as status) as of_proposal;

insert into electorate (community_id, id, version, created_at, updated_at, taken_at, electors, total_weight)
select community_id, id, 0, voting_started_at, voting_started_at, voting_started_at, n, n
from proposal, lateral (select case status when 'VOTING' then 400 else 100 end as n) electors;

insert into elector (community_id, electorate_id, user_id, weight, roles, basis)
select bench_id(c), bench_id(p), bench_id(c + :communities * ((p * 13 + k) % 400)), 1, array['CITIZEN'], 'MEMBER'
from generate_series(1, 100 * :communities) p, lateral (select (p - 1) % :communities + 1 as c) place,
     generate_series(0, case when (p - 1) / :communities % 5 in (0, 1) then 399 else 99 end) k;

insert into vote (community_id, id, version, created_at, updated_at, proposal_id, user_id, weight, choice, cast_at, revision, nonce, receipt)
select bench_id(c), bench_id(n), 0, at, at, bench_id(p), bench_id(c + :communities * ((p * 13 + j) % 400)), 1,
       (array['YES', 'YES', 'NO', 'YES', 'ABSTAIN'])[(p + j) % 5 + 1], at, 0, substring(sha256(int8send(n)) for 16), sha256(int8send(n))
from generate_series(1, 100 * :communities) p, generate_series(0, 99) j,
     lateral (select (p - 1) % :communities + 1 as c, p::bigint * 100 + j as n, timestamptz '2025-06-01' + j * interval '1 second' as at) as of_vote;

insert into proposal_tally (community_id, proposal_id, yes, no, abstain, voters, as_of, final)
select p.community_id, p.id, v.yes, v.no, v.abstain, v.voters, now(), p.status <> 'VOTING'
from proposal p
join (select proposal_id, count(*) filter (where choice = 'YES') as yes, count(*) filter (where choice = 'NO') as no,
             count(*) filter (where choice = 'ABSTAIN') as abstain, count(*) as voters from vote group by proposal_id) v on v.proposal_id = p.id;

insert into event_group (community_id, id, version, created_at, updated_at, name, created_by)
select id, id, 0, created_at, created_at, 'Meetings', created_by from community;

insert into event (community_id, id, version, created_at, updated_at, group_id, title, start_time, duration_minutes, time_zone, code_text, state, opens_at,
                   closes_at, closed_at, device_pepper, created_by)
select bench_id(c), bench_id(e), 0, '2025-01-01', '2025-01-01', bench_id(c), 'Event ' || e, '2020-01-01', 1440, 'UTC', lpad(e::varchar, 8, '0'),
       case when (e - 1) % 10 = 8 then 'CLOSED' else 'OPEN' end, '2020-01-01', case when (e - 1) % 10 = 9 then timestamptz '2020-02-01' else '2099-01-01' end,
       case when (e - 1) % 10 = 8 then timestamptz '2025-06-30' end, sha256(convert_to('pepper ' || e, 'UTF8')), bench_id(c)
from generate_series(1, 20 * :communities) e, lateral (select (e - 1) % :communities + 1 as c) place;

insert into attendance (community_id, id, version, created_at, updated_at, event_id, participant_id, kind, checked_in_at, received_at, source,
                        device_hash, nonce, receipt)
select bench_id((e - 1) % :communities + 1), bench_id(n), 0, at, at, bench_id(e), case when j < 250 then bench_id((e * 17 + j * 37) % (400 * :communities) + 1) end,
       case when j < 250 then 'REGISTERED' else 'ANONYMOUS' end, at, at, 'SELF', case when j >= 250 then substring(sha256(int8send(-n)) for 16) end,
       substring(sha256(int8send(n)) for 16), sha256(int8send(n))
from generate_series(0, 499) j, generate_series(1, 20 * :communities) e,
     lateral (select j * 1000::bigint + e as n, timestamptz '2025-06-01' + (j * 1000 + e) * interval '1 second' as at) as of_attendance;

vacuum (freeze, analyze);
