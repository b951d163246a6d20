#!/bin/sh
# A postcode that zod takes is refused by the JSON Schema that zod makes of the same line.
#
# Packages:  zod@4.6.7, ajv@8.20.0
# Expected:  z.toJSONSchema of z.string().regex(/.../i) takes what the schema takes: the letters both ways, or an error as
#            for other things that JSON Schema cannot say (`unrepresentable: 'throw'` is the default).
# Seen:      The flags are left away without a word: 'E8 1AA' passes, 'e8 1aa' does not. z.fromJSONSchema gives the
#            narrower schema back. The dot of /s goes the same way: a text of two lines passes zod alone.
# Matters:   OpenAPI documents and generated clients are made of it: they refuse what the API takes, and only for those
#            who type small letters.
# Instead:   No flags in a schema that is published: [A-Za-z], [\s\S].
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts zod@4.6.7 ajv@8.20.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';

function both(pattern, text) {
  const own = z.string().regex(pattern);
  const published = z.toJSONSchema(own);
  const again = z.fromJSONSchema(published);
  return { pattern: String(pattern), text, zod: own.safeParse(text).success, schema: new Ajv2020().validate(published, text), again: again.safeParse(text).success };
}
const seen = [
  both(/^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/i, 'E8 1AA'),
  both(/^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/i, 'e8 1aa'),
  both(/^[A-Za-z]{1,2}\d[A-Za-z\d]? \d[A-Za-z]{2}$/, 'e8 1aa'),
  both(/^.{1,40}$/s, 'Tea at ten.\nCake at eleven.'),
];
console.log(seen);
assert.deepEqual(seen.map(({ zod, schema, again }) => [zod, schema, again]), [
  [true, true, true],
  [true, false, false],
  [true, true, true],
  [true, false, false],
]);
JS
node seen.mjs
