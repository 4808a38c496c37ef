#!/usr/bin/env bash
# The first walk with curl: from sign-up to a counted vote and a scanned check-in. Prints every answer.
# usage: docs/walk.sh [http://localhost:8080]
set -euo pipefail
base=${1:-http://localhost:8080}
api=$base/api/v1
mark=$(date +%s)$$
cookies=$(mktemp)
trap 'rm -f "$cookies"' EXIT

# call METHOD PATH EXPECTED-STATUS [curl arguments]: prints the answer, keeps it in $answer, stops at another status
call() {
  local method=$1 path=$2 expected=$3
  shift 3
  answer=$(curl -sS -X "$method" "$api$path" -H 'Content-Type: application/json' "$@" -w '\n%{http_code}')
  local status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  printf '%s %s -> %s\n%s\n\n' "$method" "$path" "$status" "$answer"
  if [ "$status" != "$expected" ]; then echo "expected $expected" >&2; exit 1; fi
}
# see METHOD EXPECTED-STATUS [curl arguments]: the page behind the QR
see() {
  local method=$1 expected=$2 status
  shift 2
  status=$(curl -sS -X "$method" -o /dev/null -w '%{http_code}' "$base/c/$code" "$@")
  printf '%s %s -> %s\n\n' "$method" "$page" "$status"
  if [ "$status" != "$expected" ]; then echo "expected $expected" >&2; exit 1; fi
}
field() { grep -o "\"$1\":\"[^\"]*\"" <<<"$answer" | head -n 1 | cut -d'"' -f4; }
as() { echo "Authorization: Bearer $1"; }
sign_up() { call POST /sign-ups 201 -d "{\"name\":\"$1\",\"email\":\"$1-$mark@example.org\",\"password\":\"correct horse battery\"}"; }

echo '# 1. accounts and sessions'
sign_up Ada; ada=$(field token)
sign_up Cem; cem=$(field token); cem_id=$(field id)
sign_up Bea; bea=$(field token)
call POST /sessions 201 -d "{\"email\":\"ADA-$mark@EXAMPLE.ORG\",\"password\":\"correct horse battery\"}"; second=$(field token)
call GET /me 200 -H "$(as "$second")"
call DELETE /me/session 204 -H "$(as "$second")"
call GET /me 401 -H "$(as "$second")"

echo '# 2. a community, its members and their roles'
call POST /communities 201 -H "$(as "$ada")" -d "{\"name\":\"Walkers\",\"slug\":\"walkers-$mark\"}"; community=$(field id)
call POST "/communities/$community/members" 201 -H "$(as "$cem")" -d '{}'
call POST "/communities/$community/members" 201 -H "$(as "$bea")" -d '{}'
call POST "/communities/$community/members" 200 -H "$(as "$bea")" -d '{}'
call PUT "/communities/$community/members/$cem_id/roles" 200 -H "$(as "$ada")" -d '{"roles":["CITIZEN","COUNCIL","ORGANIZER"]}'
call GET "/communities/$community/members" 200 -H "$(as "$bea")"

echo '# 3. who may do what: a PRIVATE community, an invitation, a suspension, a key'
call GET /permissions 200
call POST /communities 201 -H "$(as "$ada")" -d "{\"name\":\"Chamber\",\"slug\":\"chamber-$mark\",\"visibility\":\"PRIVATE\"}"; chamber=$(field id)
call GET "/communities/$chamber" 404 -H "$(as "$bea")"
call POST "/communities/$chamber/invitations" 201 -H "$(as "$ada")" -d '{}'; invitation=$(field token)
call POST /invitation-acceptances 201 -H "$(as "$bea")" -d "{\"token\":\"$invitation\"}"; bea_id=$(field userId)
call POST /invitation-acceptances 410 -H "$(as "$cem")" -d "{\"token\":\"$invitation\"}"
call GET "/communities/$chamber" 200 -H "$(as "$bea")"
call POST "/communities/$chamber/members/$bea_id/suspension" 200 -H "$(as "$ada")" -d '{"reason":"Left the gate open."}'
call GET "/communities/$chamber" 200 -H "$(as "$bea")"
call POST "/communities/$chamber/proposals" 403 -H "$(as "$bea")" -d '{"title":"A gate","description":"It shuts."}'
call DELETE "/communities/$chamber/members/$bea_id/suspension" 200 -H "$(as "$ada")"
ada_id=$(curl -sS "$api/me" -H "$(as "$ada")" | grep -o '"id":"[^"]*"' | head -n 1 | cut -d'"' -f4)
call DELETE "/communities/$chamber/members/$ada_id" 409 -H "$(as "$ada")"
call POST /me/api-keys 201 -H "$(as "$cem")" -d "{\"name\":\"Board\",\"communityId\":\"$community\",\"scopes\":[\"event:read\"],\"password\":\"correct horse battery\"}"; key=$(field secret)
call GET "/communities/$community/event-groups" 200 -H "$(as "$key")"
call POST "/communities/$community/event-groups" 403 -H "$(as "$key")" -d '{"name":"Not by this key"}'
call GET /me/sessions 200 -H "$(as "$cem")"
repeat=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)
call POST /communities 201 -H "$(as "$cem")" -H "Idempotency-Key: $repeat" -d "{\"name\":\"Choir\",\"slug\":\"choir-$mark\"}"; first=$(field id)
call POST /communities 201 -H "$(as "$cem")" -H "Idempotency-Key: $repeat" -d "{\"name\":\"Choir\",\"slug\":\"choir-$mark\"}"
[ "$(field id)" = "$first" ] || { echo 'a repeat founded another' >&2; exit 1; }
call POST /password-resets 202 -d "{\"email\":\"nobody-$mark@example.org\"}"

echo '# 4. a proposal, its review, the vote'
call POST "/communities/$community/proposals" 201 -H "$(as "$bea")" -d '{"title":"A bench","description":"By the river."}'; proposal=$(field id)
call GET "/proposals/$proposal" 404 -H "$(as "$cem")"
call PATCH "/proposals/$proposal" 200 -H "$(as "$bea")" -H 'If-Match: "0"' -d '{"description":"By the river, with a view."}'
call PATCH "/proposals/$proposal" 412 -H "$(as "$bea")" -H 'If-Match: "0"' -d '{"description":"Too late."}'
call POST "/proposals/$proposal/submission" 200 -H "$(as "$bea")" -d '{}'
closes=$(date -u -d '+5 seconds' +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -v+5S +%Y-%m-%dT%H:%M:%SZ)
call POST "/proposals/$proposal/review" 200 -H "$(as "$cem")" -d "{\"decision\":\"APPROVE\",\"note\":\"\",\"closesAt\":\"$closes\"}"
call PUT "/proposals/$proposal/vote" 201 -H "$(as "$ada")" -d '{"choice":"YES"}'
call PUT "/proposals/$proposal/vote" 201 -H "$(as "$bea")" -d '{"choice":"NO"}'
call PUT "/proposals/$proposal/vote" 200 -H "$(as "$bea")" -d '{"choice":"YES"}'
call PUT "/proposals/$proposal/vote" 200 -H "$(as "$bea")" -d '{"choice":"YES"}'
call GET "/proposals/$proposal" 200 -H "$(as "$bea")"
call GET "/communities/$community/proposals?status=VOTING&limit=20" 200
status=VOTING
for _ in $(seq 1 30); do
  call GET "/proposals/$proposal" 200 -H "$(as "$bea")"
  status=$(field status)
  [ "$status" = VOTING ] || break
  sleep 1
done
[ "$status" = PASSED ] || { echo "the proposal is $status" >&2; exit 1; }
call PUT "/proposals/$proposal/vote" 409 -H "$(as "$cem")" -d '{"choice":"NO"}'

echo '# 5. an event and its check-in'
call POST "/communities/$community/event-groups" 201 -H "$(as "$cem")" -d '{"name":"Evenings"}'; group=$(field id)
call POST "/event-groups/$group/events" 201 -H "$(as "$cem")" -d "{\"title\":\"Planting day\",\"startTime\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"durationMinutes\":90}"
event=$(field id); code=$(field codeText); page=$(field checkInUrl)
call GET "/events/$event/qr.svg" 200 -H "$(as "$cem")" -o /dev/null
call GET "/events/$event/qr.png" 200 -H "$(as "$cem")" -o /dev/null
call POST /check-ins 201 -d "{\"code\":\"$code\"}" -c "$cookies"
call POST /check-ins 200 -d "{\"code\":\"$code\"}" -b "$cookies"
call POST /check-ins 201 -H "$(as "$bea")" -d "{\"code\":\"${code:0:4}-${code:4}\"}"
call POST /check-ins 200 -H "$(as "$bea")" -d "{\"code\":\"$code\"}"
see GET 200
see POST 403 -H 'Origin: https://elsewhere.example'
see POST 201 -H "Origin: ${page%/c/*}"
call POST "/events/$event/closure" 200 -H "$(as "$cem")" -d '{}'
call POST /check-ins 409 -d "{\"code\":\"$code\"}"
call GET "/events/$event/attendances?limit=50" 200 -H "$(as "$cem")"

echo '# 6. what happened'
call GET "/communities/$community/audit-log?limit=100" 200 -H "$(as "$ada")"
echo 'The walk is done.'
