#!/bin/sh
# The same wrong schema fails in an OpenAPI 3.0 document and passes in a 3.1 one.
#
# Packages:  @seriousme/openapi-schema-validator@2.11.0
# Expected:  Moving a document from 3.0 to 3.1 makes the check of its schemas stricter, if anything, since 3.1 takes
#            all of JSON Schema.
# Seen:      type: 'strnig', a minimum in quotes, required: true and a pattern that is no pattern are all valid in
#            3.1: the published schema of 3.1 checks the frame and leaves schemas to whatever dialect they name. In
#            3.0 each is refused. A path /a/{id} whose parameter is not declared passes in both.
# Matters:   An API document with a green check says nothing about its schemas; clients made from it have fields
#            without a type.
# Instead:   Compile each schema with a JSON Schema 2020-12 library in strict mode, and hold real answers of the
#            server against them.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @seriousme/openapi-schema-validator@2.11.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';

const wrong = { type: { type: 'strnig' }, minimum: { type: 'integer', minimum: '5' }, required: { type: 'object', required: true } };
const valid = async (openapi, more) => {
  const document = { openapi, info: { title: 'Directory', version: '1' }, paths: {}, ...more };
  return (await new Validator().validate(document)).valid;
};
const seen = [];
for (const [name, schema] of Object.entries(wrong)) {
  const row = [await valid('3.0.3', { components: { schemas: { A: schema } } }), await valid('3.1.0', { components: { schemas: { A: schema } } })];
  console.log(`${name.padEnd(10)}3.0 ${row[0] ? 'valid' : 'refused'}, 3.1 ${row[1] ? 'valid' : 'refused'}`);
  seen.push(row);
}
assert.deepEqual(seen, [[false, true], [false, true], [false, true]]);
const undeclared = { paths: { '/a/{id}': { get: { responses: { 200: { description: 'one' } } } } } };
assert.deepEqual([await valid('3.0.3', undeclared), await valid('3.1.0', undeclared)], [true, true]);
JS
node seen.mjs
