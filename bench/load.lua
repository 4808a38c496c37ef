-- The requests of a workload, for wrk. The n-th request of a thread follows from n and the thread's share alone: bench.py counts the same way for pgbench.
local workload, slice, threads = os.getenv("BENCH_WORKLOAD"), tonumber(os.getenv("BENCH_SLICE")), tonumber(os.getenv("BENCH_THREADS"))
local floor, fmt = math.floor, string.format
local CHOICES = { "YES", "NO", "ABSTAIN" }
local shares = 2 * threads -- each thread has one for the warm-up and one for the window, so that no pair comes twice

local started = 0
function setup(thread)
  thread:set("thread_number", started)
  started = started + 1
end

local share, n
function init()
  share, n = slice * threads + thread_number, 0
end

local function send(method, path, user, body)
  local head = { fmt("%s %s HTTP/1.1\r\nHost: %s:%d\r\n", method, path, wrk.host, wrk.port) }
  if user then head[#head + 1] = fmt("Authorization: Bearer tss_%08d_bench\r\n", user) end
  if body then head[#head + 1] = fmt("Content-Type: application/json\r\nContent-Length: %d\r\n", #body) end
  return table.concat(head) .. "\r\n" .. (body or "")
end

local function check_in(event, user)
  return send("POST", "/api/v1/check-ins", user, fmt('{"code":"%08d"}', event))
end

local function vote(proposal, user, round)
  return send("PUT", fmt("/api/v1/proposals/00000000-0000-7000-8000-%012x/vote", proposal), user,
    fmt('{"choice":"%s"}', CHOICES[round % 3 + 1]))
end

local REQUESTS = {
  ME = function() return send("GET", "/api/v1/me", (share * 97 + n) % 5000) end,
  W1 = function() return check_in((share * 97 + n) % 1000) end,
  W1R = function() return check_in(1000) end,
  W1S = function() return check_in(1004) end,
  W1B = function()
    local each = floor(5000 / shares)
    return check_in((n % each + floor(n / each)) % 1000, share * each + n % each)
  end,
  W2 = function()
    local each = floor(50000 / shares)
    local pair = share * each + n % each
    local p, e = pair % 2000, floor(pair / 2000)
    return vote(p, p % 20 + 20 * (25 * (floor(p / 20) % 10) + e), 1 + floor(n / each)) -- the seed holds choice 0
  end,
  W2R = function()
    local each = floor(5000 / shares)
    return vote(2000, share * each + n % each, floor(n / each))
  end,
}

function request()
  local raw = REQUESTS[workload]()
  n = n + 1
  return raw
end

function done(summary, latency)
  local e = summary.errors
  io.write(fmt('\nRESULT {"n":%d,"us":%d,"errors":%d,"p50":%.3f,"p99":%.3f}\n', summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
