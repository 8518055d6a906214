-- For wrk: `-- BODIES PATH`. Posts the lines of a file in an order of chance, and writes what came of it as JSON.

local asked = {}

function init(words)
  local headers = { ["Content-Type"] = "application/json" }
  for line in io.lines(words[1]) do
    asked[#asked + 1] = wrk.format("POST", words[2], headers, line)
  end
  math.randomseed(42)
end

function request()
  return asked[math.random(#asked)]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.stderr:write(string.format(
    '{"requests":%d,"microseconds":%d,"failed":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)
  ))
end
