#!/bin/sh
# With the option that makes numbers of numbers, a name is no text any more but an object.
#
# Packages:  jsonld@9.0.0
# Expected:  JSON-LD 1.1 API (8.5, RDF to Object Conversion, 2.4.1): useNativeTypes gives numbers, true and false as those
#            of JSON, and an xsd:string as the bare text, which it is without the option as well.
# Seen:      With useNativeTypes every plain name comes back as {"@type": "...XMLSchema#string", "@value": "Lunch club"}, in
#            the compact form too; without the option it is the text. Texts that have a language are as they were.
# Matters:   A feed that was read well prints [object Object] for each name from the day on which somebody wanted the price
#            as a number, and stays right in Welsh.
# Instead:   Without the option, and convert the few numbers by hand; or take "@type" off where it is xsd:string.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts jsonld@9.0.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import jsonld from 'jsonld';

const XSD = 'http://www.w3.org/2001/XMLSchema#';
const values = { name: '"Lunch club"', description: '"Clwb cinio"@cy', price: `"5"^^<${XSD}integer>` };
const quads = Object.entries(values).map(([name, value]) => `<https://example.org/1> <https://schema.org/${name}> ${value} .`).join('\n');
async function read(options) {
  const { '@context': _, '@id': __, ...club } = await jsonld.compact(await jsonld.fromRDF(quads, options), { '@vocab': 'https://schema.org/' });
  return club;
}
const plain = await read({});
const native = await read({ useNativeTypes: true });
console.log({ plain, native });
const description = { '@language': 'cy', '@value': 'Clwb cinio' };
assert.deepEqual(plain, { description, name: 'Lunch club', price: { '@type': `${XSD}integer`, '@value': '5' } });
assert.deepEqual(native, { description, name: { '@type': `${XSD}string`, '@value': 'Lunch club' }, price: 5 });
JS
node seen.mjs
