#!/bin/sh
# A partial update puts the defaults over what was stored.
#
# Packages:  zod@4.6.7
# Expected:  object.partial() makes each field optional: an update that names one field has one field, as in zod 3.
# Seen:      Every field with a default comes back filled: { phone } becomes { phone, free: false, languages: [] }. So
#            does .default().optional(). Spread over the stored record, it resets what nobody touched.
# Matters:   Somebody corrects the telephone number of a listing; its languages are gone and its cost is back to 'not
#            free'.
# Instead:   Keep defaults out of the schema that updates use (build it first, add defaults for new records), or keep
#            only the keys that came.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts zod@4.6.7
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { z } from 'zod';

const listing = z.object({ phone: z.string(), free: z.boolean().default(false), languages: z.array(z.string()).default([]) });
const stored = { phone: '020 7946 0123', free: true, languages: ['Welsh'] };
const change = listing.partial().parse({ phone: '020 7946 0456' });
const after = { ...stored, ...change };
console.log('change:', change, 'after:', after);
assert.deepEqual(after, { phone: '020 7946 0456', free: false, languages: [] });
assert.deepEqual(z.object({ free: z.boolean().default(false).optional() }).parse({}), { free: false });
JS
node seen.mjs
