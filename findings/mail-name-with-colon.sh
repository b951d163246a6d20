#!/bin/sh
# Mail from 'Chair yoga: Tuesdays <...>' is sent from a group; a comma in a name is read in two ways.
#
# Packages:  nodemailer@10.6.1, postal-mime@4.0.0
# Expected:  'Name <address>' is one sender. A name with a colon or a comma needs quotes (RFC 5322, 3.2.3); a library
#            that writes mail puts them, or refuses.
# Seen:      A colon begins a group (3.4): From becomes 'Chair yoga:Tuesdays <...>;', which is no valid From, and
#            '10:30 Club' becomes the group '10'. For 'Pain team, Hackney <...>' nodemailer takes one name,
#            postal-mime two senders, the first without an address.
# Matters:   Groups have names like this, and so have the services that run a directory: servers refuse such mail or
#            file it as junk, and only some of it.
# Instead:   Give { name, address } apart; then the name is quoted.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.1 postal-mime@4.0.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import nodemailer from 'nodemailer';
import { addressParser } from 'postal-mime';

const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
const from = async (sender) => {
  const { message } = await transport.sendMail({ from: sender, to: 'ann@example.org', subject: 'x', text: 'x' });
  const line = /^From: .*/m.exec(message.toString())[0];
  console.log(JSON.stringify(sender).padEnd(62), line);
  return line;
};
assert.equal(await from('Chair yoga: Tuesdays <yoga@example.org>'), 'From: Chair yoga:Tuesdays <yoga@example.org>;');
assert.equal(await from('10:30 Club <club@example.org>'), 'From: 10:30 Club <club@example.org>;');
assert.equal(
  await from({ name: 'Chair yoga: Tuesdays', address: 'yoga@example.org' }),
  'From: "Chair yoga: Tuesdays" <yoga@example.org>',
);
assert.equal(await from('Pain team, Hackney <pain@example.org>'), 'From: "Pain team, Hackney" <pain@example.org>');
assert.equal(addressParser('Pain team, Hackney <pain@example.org>').length, 2);
JS
node seen.mjs
