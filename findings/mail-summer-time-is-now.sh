#!/bin/sh
# A mail dated 'Mon, 1 Jun 2026 10:00:00 BST' was sent at the moment at which it is read.
#
# Packages:  mailparser@3.14.2, postal-mime@4.0.0
# Expected:  RFC 5322 (4.3): a zone by name that is not in its list counts as -0000, so 10:00 UTC; or no date at all.
# Seen:      mailparser gives the time of the call, as a Date like any other. postal-mime gives back the text, where
#            other mails have an ISO time. Both read GMT and EST.
# Matters:   Where a program in Britain gives its zone by name, it is BST from March to October. A change of times sent in
#            June becomes the newest word whenever the mailbox is read again, and sorts after the mail that took it back.
# Instead:   Read the Date header of headerLines; put +0100 for BST before handing the mail over; compare with Received.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

const before = Date.now();
async function read(zone) {
  const mail = `From: hall@example.org\r\nDate: Mon, 1 Jun 2026 10:00:00 ${zone}\r\nSubject: New times\r\n\r\nFrom Monday at ten.\r\n`;
  const { date } = await simpleParser(mail);
  const isNow = date.getTime() >= before && date.getTime() <= Date.now();
  return [zone, isNow ? 'now' : date.toISOString(), (await PostalMime.parse(mail)).date];
}
const seen = [];
for (const zone of ['+0100', 'GMT', 'EST', 'BST']) seen.push(await read(zone));
console.log(seen);
assert.deepEqual(seen, [
  ['+0100', '2026-06-01T09:00:00.000Z', '2026-06-01T09:00:00.000Z'],
  ['GMT', '2026-06-01T10:00:00.000Z', '2026-06-01T10:00:00.000Z'],
  ['EST', '2026-06-01T15:00:00.000Z', '2026-06-01T15:00:00.000Z'],
  ['BST', 'now', 'Mon, 1 Jun 2026 10:00:00 BST'],
]);
JS
node seen.mjs
