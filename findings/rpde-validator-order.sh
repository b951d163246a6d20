#!/bin/sh
# A valid OpenActive feed fails its own validator where modified is a .NET tick, and where text ids have unequal
# length.
#
# Packages:  @openactive/rpde-validator@3.0.3571
# Expected:  A feed ordered by modified, then id, whose last page is empty and points to itself, is valid whatever
#            whole numbers stand in modified (RPDE 1.0 sets no upper bound) and whether ids are text or numbers.
# Seen:      Three items pass with modified 1, 2, 3. With ticks (639000000000000001 and on) the last page is said to
#            hold items: the validator asks for what comes after 9007199254740991, its 'later than everything', and
#            rightly gets all. With falling ids the ticks count as equal and the order as wrong. Ids '10', '11', '9'
#            of one moment, in order as text, are said not to increase.
# Matters:   Publishers on .NET give ticks. A harvester written with the validator for a model reads modified as a
#            number too, and loses or repeats what lies within 128 ticks.
# Instead:   Keep modified and id as the text that came, follow next as it is written, and stop at an empty page whose
#            next is its own address.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @openactive/rpde-validator@3.0.3571
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import validator from '@openactive/rpde-validator';

let items = [];
const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url, base);
  const [time, id] = [searchParams.get('afterTimestamp') ?? '0', searchParams.get('afterId') ?? ''];
  const page = items.filter((item) => BigInt(item.time) > BigInt(time) || (item.time === time && item.id > id)).slice(0, 1);
  const last = page[0] ?? { time, id };
  const listed = page.map((item) => `{"state":"updated","kind":"Event","id":"${item.id}","modified":${item.time},"data":{"type":"Event"}}`);
  const next = `${base}?afterTimestamp=${last.time}&afterId=${last.id}`;
  response.setHeader('content-type', 'application/vnd.openactive.rpde+json; version=1');
  response.setHeader('cache-control', 'public, max-age=3600');
  response.end(`{"next":"${next}","items":[${listed}],"license":"https://creativecommons.org/licenses/by/4.0/"}`);
});
await new Promise((resolve) => server.listen(0, 'localhost', resolve));
const base = `http://localhost:${server.address().port}/feed`;

async function failures(name, ...feed) {
  items = feed.map(([id, time]) => ({ id, time }));
  const { pages } = await validator.RpdeValidator(base, { logCallback() {}, pageLimit: 10, timeoutMs: 5000 });
  const types = pages.flatMap(({ errors }) => errors.filter(({ severity }) => severity === 'failure').map(({ type }) => type));
  console.log(name.padEnd(20), [...new Set(types)].join(', ') || 'no failures');
  return [...new Set(types)].sort();
}
const ticks = ['639000000000000001', '639000000000000002', '639000000000000003'];
const lastPage = ['last_page_no_items', 'last_page_reference_self'];
assert.deepEqual(await failures('small', ['a', '1'], ['b', '2'], ['c', '3']), []);
assert.deepEqual(await failures('ticks', ['a', ticks[0]], ['b', ticks[1]], ['c', ticks[2]]), lastPage);
assert.deepEqual(await failures('ticks, ids falling', ['c', ticks[0]], ['b', ticks[1]], ['a', ticks[2]]), [
  'after_param_should_increase',
  ...lastPage,
]);
assert.deepEqual(await failures('ids as text', ['10', '5'], ['11', '5'], ['9', '5']), ['after_param_should_increase']);
server.close();
server.closeAllConnections();
JS
node seen.mjs
