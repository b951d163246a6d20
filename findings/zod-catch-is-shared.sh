#!/bin/sh
# What one request adds to a list that .catch([]) gave it, the next request finds in its own.
#
# Packages:  zod@4.6.7
# Expected:  Each parse gives fresh values. .default([]) does: it copies.
# Seen:      .catch([]) hands out the one list of the schema each time. A tag pushed onto it is there for every later
#            parse that falls back, until the process ends.
# Matters:   A filter that could not be read falls back to 'none'; the page adds the searcher's own choice to it; the
#            next searcher searches with it.
# Instead:   Write .catch(() => []). The same holds for objects.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts zod@4.6.7
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { z } from 'zod';

const caught = z.object({ days: z.array(z.string()).catch([]) });
const defaulted = z.object({ days: z.array(z.string()).default([]) });
const fresh = z.object({ days: z.array(z.string()).catch(() => []) });
caught.parse({ days: 5 }).days.push('Monday');
defaulted.parse({}).days.push('Monday');
fresh.parse({ days: 5 }).days.push('Monday');
const seen = [caught.parse({ days: 6 }).days, defaulted.parse({}).days, fresh.parse({ days: 6 }).days];
console.log('catch:', seen[0], 'default:', seen[1], 'catch with a function:', seen[2]);
assert.deepEqual(seen, [['Monday'], [], []]);
JS
node seen.mjs
