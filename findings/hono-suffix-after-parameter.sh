#!/bin/sh
# The route /:id.json answers /5.xml as well, and the id is '5.json'.
#
# Packages:  hono@4.13.19
# Expected:  A name after a colon ends at the first sign that cannot be part of one: /:id.json has the parameter id
#            and the suffix .json.
# Seen:      The whole of 'id.json' is the name. The route takes any last part, /5, /5.xml and /5.json alike, and
#            req.param('id') is undefined. /:id{[0-9]+}.ics takes nothing at all.
# Matters:   One address for a person and one for a calendar, /groups/5 and /groups/5.ics, are natural in a directory.
#            Registered first, the second swallows the first.
# Instead:   Take the whole part with a pattern, /:file{[0-9]+\.ics}, and cut the suffix off.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts hono@4.13.19
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { Hono } from 'hono';

const app = new Hono();
app.get('/plain/:id.json', (c) => c.json(c.req.param()));
app.get('/brace/:id{[0-9]+}.json', (c) => c.json(c.req.param()));
app.get('/whole/:file{[0-9]+\\.json}', (c) => c.json(c.req.param()));
const seen = [];
for (const path of ['/plain/5.json', '/plain/5.xml', '/plain/5', '/brace/5.json', '/whole/5.json', '/whole/5.xml']) {
  const response = await app.request(path);
  seen.push(response.status === 200 ? await response.text() : response.status);
  console.log(path.padEnd(16), seen.at(-1));
}
assert.deepEqual(seen, ['{"id.json":"5.json"}', '{"id.json":"5.xml"}', '{"id.json":"5"}', 404, '{"file":"5.json"}', 404]);
JS
node seen.mjs
