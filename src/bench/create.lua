-- POSTs a create per request: the next customer of this thread, in a session at random or in one.
-- Environment: CUSTOMERS (a file of tokens), SESSIONS (a file of paths), BODY, OFFSET.
local thread_count = 0

function setup(thread)
  thread:set("id", thread_count)
  thread_count = thread_count + 1
end

function init(args)
  tokens, paths = {}, {}
  for line in io.lines(os.getenv("CUSTOMERS")) do tokens[#tokens + 1] = "Bearer " .. line end
  for line in io.lines(os.getenv("SESSIONS")) do paths[#paths + 1] = line end
  body = os.getenv("BODY")
  next_one = tonumber(os.getenv("OFFSET")) + id
  math.randomseed(id + 1)
  ok, refused, other = 0, 0, 0
end

function request()
  next_one = next_one + 2
  local token = tokens[next_one % #tokens + 1]
  return wrk.format("POST", paths[math.random(#paths)],
    { ["Authorization"] = token, ["Content-Type"] = "application/json" }, body)
end

function response(status)
  if status == 201 then ok = ok + 1 elseif status == 409 then refused = refused + 1
  else other = other + 1 end
end

local threads = {}
local original = setup
setup = function(thread) original(thread) table.insert(threads, thread) end

function done(summary, latency)
  local sums = { ok = 0, refused = 0, other = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
  end
  io.write(string.format("RESULT ok=%d refused=%d other=%d seconds=%.3f p50=%.2f p99=%.2f\n",
    sums.ok, sums.refused, sums.other, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
