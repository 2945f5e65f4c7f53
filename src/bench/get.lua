-- GETs (or POSTs BODY to) a path of the file PATHS at random; each line is a token and a path.
local thread_count = 0
local threads = {}

function setup(thread)
  thread:set("id", thread_count)
  thread_count = thread_count + 1
  table.insert(threads, thread)
end

function init(args)
  asked = {}
  local body = os.getenv("BODY")
  for line in io.lines(os.getenv("PATHS")) do
    local token, path = line:match("(%S+) (%S+)")
    asked[#asked + 1] = wrk.format(body and "POST" or "GET", path,
      { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }, body)
  end
  math.randomseed(id + 1)
  ok, other = 0, 0
end

function request() return asked[math.random(#asked)] end

function response(status) if status == 200 then ok = ok + 1 else other = other + 1 end end

function done(summary, latency)
  local ok, other = 0, 0
  for _, thread in ipairs(threads) do
    ok, other = ok + thread:get("ok"), other + thread:get("other")
  end
  io.write(string.format("RESULT ok=%d refused=0 other=%d seconds=%.3f p50=%.2f p99=%.2f\n",
    ok, other, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
