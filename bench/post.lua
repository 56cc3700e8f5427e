-- post.lua — wrk's script: each request books a receipt by the JSON door, with a key of its own.
-- wrk … -s post.lua URL -- TOKEN DAY
local nth, own = 0, 0
function setup(thread)
  own = own + 1
  thread:set("own", own)
end
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. args[1]
  day, run = args[2], args[3]
end
function request()
  nth = nth + 1
  local key = string.format("bench-%s-%d-%d", run, own, nth)
  wrk.headers["Idempotency-Key"] = key
  return wrk.format(nil, nil, nil, string.format(
    '{"date":"%s","source":"donation","amount_satang":%d,"reference":"%s"}', day, nth % 9999 + 1, key))
end
