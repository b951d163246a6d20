#!/bin/sh
# A feed that answers 'Retry-After: 3600' holds the harvest up for an hour, whatever the timeout.
#
# Packages:  ky@2.1.0
# Expected:  timeout: 1000 bounds the call, as it did before version 2: a server that asks for a longer rest makes it
#            fail.
# Seen:      Since 2 the timeout is for each attempt; the rest in between is not part of it and has no upper bound by
#            default. With a timeout of one second the call comes back after three, since the server asked for that
#            long.
# Matters:   One council's feed under maintenance stops the night's harvest of all the others, or a person's request
#            that waits for an outside service.
# Instead:   Set retry.maxRetryAfter and totalTimeout wherever ky is used.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts ky@2.1.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import ky, { TimeoutError } from 'ky';

const server = createServer((_, response) => response.writeHead(503, { 'retry-after': '3' }).end());
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;

async function seconds(options) {
  const start = performance.now();
  const error = await ky(url, { timeout: 1000, ...options, retry: { limit: 1, ...options.retry } }).catch((thrown) => thrown);
  const took = (performance.now() - start) / 1000;
  console.log(JSON.stringify(options).padEnd(34), error.name, took.toFixed(1), 's');
  return { took, error };
}
const plain = await seconds({});
const total = await seconds({ totalTimeout: 1000 });
const bounded = await seconds({ retry: { maxRetryAfter: 200 } });
server.close();
server.closeAllConnections();
assert.ok(plain.took >= 2.9, 'it waits three times the timeout');
assert.ok(total.error instanceof TimeoutError && total.took < 2.9);
assert.ok(bounded.took < 2.9);
JS
node seen.mjs
