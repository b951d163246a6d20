#!/bin/sh
# Of two values of one name a query gives the first and a form the last.
#
# Packages:  hono@4.13.19
# Expected:  The same fields mean the same whether a form is sent by GET or by POST.
# Seen:      req.query('day') of day=mon&day=tue is mon, parseBody().day is tue. With { all: true } a single value is
#            text and two are a list, except for names that end in [], which are always a list.
# Matters:   Search forms are GET and filters become POST when a page saves them. A hidden 'no' before a tick box, the
#            usual way to send an unticked box, works in one and is turned round in the other.
# Instead:   Always ask queries('day') and parseBody({ all: true }), and make a list of both in one place.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts hono@4.13.19
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (c) => c.json(c.req.query('day')));
app.post('/', async (c) => c.json((await c.req.parseBody()).day));
app.post('/all', async (c) => c.json((await c.req.parseBody({ all: true })).day));
const fields = 'day=mon&day=tue';
const form = (body) => ({ method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
const read = async (...request) => (await app.request(...request)).json();
const seen = [await read(`/?${fields}`), await read('/', form(fields)), await read('/all', form(fields)), await read('/all', form('day=mon'))];
console.log('query', seen[0], 'form', seen[1], 'form, all', seen[2], 'form, all, one value', seen[3]);
assert.deepEqual(seen, ['mon', 'tue', ['mon', 'tue'], 'mon']);
JS
node seen.mjs
