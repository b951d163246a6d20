#!/bin/sh
# A contact card read by one library shows 'Chair yoga\, Hackney', and one written by it loses the line break of its
# note.
#
# Packages:  vcf@2.1.2, ical.js@2.2.1, vcard-creator@1.0.0
# Expected:  In a vCard commas, semicolons, backslashes and line breaks of a text are escaped (RFC 6350, 3.4); a
#            library takes the escapes off when it reads and puts them on when it writes.
# Seen:      vcf does neither. What it reads has the backslashes; what it writes has bare commas and semicolons, so a
#            reader takes 'Unit 2; Old Mill' for two parts of an address and moves the town into the next one; of a
#            line break nothing is left, 'Ring firstPark behind'. vcard-creator escapes, and ical.js reads what it
#            wrote.
# Matters:   'Add to contacts' is how people keep a group's address, and half of them have a comma in the name or a
#            unit in the address.
# Instead:   Write with vcard-creator, read with ical.js.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts vcf@2.1.2 ical.js@2.2.1 vcard-creator@1.0.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import VCard from 'vcard-creator';
import vCard from 'vcf';

const note = 'Ring first\nPark behind';
const name = 'Chair yoga, Hackney';
const good = new VCard().addName({ givenName: name }).addNote(note).toString();
const read = new vCard().parse(good).get('note').valueOf();
const written = new vCard();
written.set('fn', name);
written.set('note', note);
written.set('adr', ';;Unit 2; Old Mill;Hackney;;E8 1EA;');
const text = written.toString('4.0');
const card = (of) => new ICAL.Component(ICAL.parse(of));
const seen = {
  'vcf reads': [new vCard().parse(good).get('fn').valueOf(), read],
  'vcf writes': text.split('\r\n').filter((line) => /^(FN|NOTE|ADR)/.test(line)),
  'ical.js reads vcard-creator': [card(good).getFirstPropertyValue('fn'), card(good).getFirstPropertyValue('note')],
};
console.log(seen);
assert.deepEqual(seen['vcf reads'], ['Chair yoga\\, Hackney', 'Ring first\\nPark behind']);
assert.ok(text.includes('FN:Chair yoga, Hackney\r\n') && text.includes('NOTE:Ring firstPark behind\r\n'));
assert.deepEqual(seen['ical.js reads vcard-creator'], [name, note]);
JS
node seen.mjs
