-- For wrk: `-- PATH BODIES [ENDS]`. Posts the lines of a file in an order of chance, each with a line of the second file
-- behind it where there is one, and writes what came of it as JSON.

local path
local headers = { ["Content-Type"] = "application/json" }
local bodies, ends = {}, {}

local function read(file, lines)
  for line in io.lines(file) do
    lines[#lines + 1] = line
  end
end

function init(words)
  path = words[1]
  read(words[2], bodies)
  if words[3] then
    read(words[3], ends)
  else
    for number, line in ipairs(bodies) do
      bodies[number] = wrk.format("POST", path, headers, line)
    end
  end
  math.randomseed(42)
end

function request()
  local one = bodies[math.random(#bodies)]
  if #ends == 0 then
    return one
  end
  return wrk.format("POST", path, headers, one .. ends[math.random(#ends)])
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.stderr:write(string.format(
    '{"requests":%d,"microseconds":%d,"failed":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)
  ))
end
