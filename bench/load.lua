-- The requests of a workload, for wrk. The n-th request of a client follows from n and the client's number alone: workloads.py counts the same way for pgbench.
local workload, set = os.getenv("BENCH_WORKLOAD"), tonumber(os.getenv("BENCH_SET"))
local C, units = tonumber(os.getenv("BENCH_COMMUNITIES")), tonumber(os.getenv("BENCH_THREADS"))
local floor, fmt = math.floor, string.format
local CHOICES = { "YES", "NO", "ABSTAIN" }
local FIRST = { 1, 1, 2, 1, 0 } -- by (p + j) % 5: the choice after that of the seed, see sql/seed.sql
local SETS, PAIRS = 4, 4000
-- 25 % R1, 30 % R2, 15 % R3, 10 % each of the writes
local MIX = { "R2", "R1", "W1", "R2", "R3", "R1", "W1B", "R2", "R1", "W2", "R2", "R3", "R1", "W1", "R2", "W1B", "R1", "R2", "R3", "W2" }

local started = 0
function setup(thread)
  thread:set("thread_number", started)
  started = started + 1
end

local unit, share
function init()
  if workload == "MIX" then set = set + 2 end
  unit, share = thread_number, set * units + thread_number
end

local function id(n) return fmt("00000000-0000-7000-8000-%012x", n) end

local function send(method, path, token, body)
  local head = { fmt("%s /api/v1/%s HTTP/1.1\r\nHost: %s:%d\r\n", method, path, wrk.host, wrk.port) }
  if token then head[#head + 1] = fmt("Authorization: Bearer tss_%s_bench\r\n", token) end
  if body then head[#head + 1] = fmt("Content-Type: application/json\r\nContent-Length: %d\r\n", #body) end
  return table.concat(head) .. "\r\n" .. (body or "")
end

local function of(user) return fmt("%08d", user) end
local function open_event(x) return 10 * floor(x / 8) + x % 8 + 1 end
local function check_in(event, token) return send("POST", "check-ins", token, fmt('{"code":"%08d"}', event)) end
local function vote(proposal, user, choice)
  return send("PUT", "proposals/" .. id(proposal) .. "/vote", of(user), fmt('{"choice":"%s"}', CHOICES[choice % 3 + 1]))
end

local REQUESTS = {
  ME = function(n) return send("GET", "me", of((share * 97 + n) % (400 * C) + 1)) end,
  R1 = function(n) return send("GET", "communities/" .. id((share * 97 + n) % C + 1) .. "/proposals?status=VOTING&limit=20") end,
  R2 = function(n)
    local x = (share * 97 + n) * 7919 % (40000 * C)
    local c, y = x % C + 1, floor(x / C)
    return send("GET", "proposals/" .. id(c + C * (y % 100)), of(c + C * floor(y / 100)))
  end,
  R3 = function(n) return send("GET", "events/" .. id((share * 97 + n) * 7 % (20 * C) + 1) .. "/attendances?limit=50", "staff") end,
  W1 = function(n) return check_in(open_event((share * 97 + n) % (16 * C))) end,
  W1R = function() return check_in(100001) end,
  W1S = function() return check_in(100005) end,
  W1B = function(n) -- in turn somebody who is there already and somebody who is new
    local r = floor(n / 2)
    local e = open_event((share * 97 + r) % (16 * C))
    local j = r * 7 % 250
    if n % 2 == 1 then j = 250 + share + SETS * units * floor(r / (16 * C)) end
    return check_in(e, of((e * 17 + j * 37) % (400 * C) + 1))
  end,
  W2 = function(n)
    local each = floor(PAIRS / units)
    local x = (set * PAIRS + unit * each + n % each) * 7919 % (16000 * C)
    local c, y = x % C + 1, floor(x / C)
    local slot, k = y % 40, floor(y / 40)
    local p = c + C * (5 * floor(slot / 2) + slot % 2)
    local j = (k + 387 * p) % 400
    return vote(p, c + C * k, FIRST[(p + j) % 5 + 1] + floor(n / each))
  end,
  W2R = function(n)
    local each = floor(5000 / (2 * units))
    return vote(100001, 100001 + share * each + n % each, floor(n / each))
  end,
}

local n, counts = -1, {}
function request()
  n = n + 1
  local name, at = workload, n
  if workload == "MIX" then
    name = MIX[n % #MIX + 1]
    at = counts[name] or 0
    counts[name] = at + 1
  end
  return REQUESTS[name](at)
end

function done(summary, latency)
  local e = summary.errors
  io.write(fmt('\nRESULT {"n":%d,"us":%d,"errors":%d,"mean":%.3f,"p50":%.3f,"p99":%.3f}\n', summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency.mean / 1000, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
