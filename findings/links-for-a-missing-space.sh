#!/bin/sh
# 'Free.No need to book' gets a link to a stranger's site in Norway.
#
# Packages:  linkifyjs@4.4.0, autolinker@4.1.5, linkify-it@6.1.0
# Expected:  A library that makes addresses in a text into links asks for more than a full stop between two words: a
#            scheme, www., or a name that looks like one.
# Seen:      Two letters that some country has are enough: access.No (Norway), Tuesdays.It (Italy), Mon.to (Tonga),
#            10.am (Armenia), hall.at (Austria). linkifyjs and autolinker link each; linkify-it 6 links none, and no
#            'example.org.uk/page' either, which 5 did.
# Matters:   A space left out after a full stop is the commonest slip in listings. The link looks like the group's own,
#            and whoever owns the name decides where people who seek help end up.
# Instead:   Make links only of what has a scheme or www., or of the fields meant for them; with linkifyjs the option
#            validate: { url: (text) => /^(https?:|www\.)/i.test(text) }.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts linkifyjs@4.4.0 autolinker@4.1.5 linkify-it@6.1.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import Autolinker from 'autolinker';
import { LinkifyIt } from 'linkify-it';
import { find } from 'linkifyjs';

const strict = new LinkifyIt();
const texts = ['Level access.No parking', 'Tuesdays.It is free', 'Mon.to Fri', 'Ends 10.am', 'In the hall.at six', 'See example.org.uk/page'];
const seen = texts.map((text) => {
  const row = [
    find(text).map(({ href }) => href),
    Autolinker.parse(text, {}).map((match) => match.getAnchorHref()),
    (strict.match(text) ?? []).map(({ url }) => url),
  ].map((links) => links.join(' ') || '-');
  console.log(`${text.padEnd(24)}linkifyjs ${row[0].padEnd(32)}autolinker ${row[1].padEnd(32)}linkify-it ${row[2]}`);
  return row;
});
const links = ['http://access.No', 'http://Tuesdays.It', 'http://Mon.to', 'http://10.am', 'http://hall.at', 'http://example.org.uk/page'];
assert.deepEqual(seen, links.map((link) => [link, link, '-']));
const url = (text) => /^(https?:|www\.)/i.test(text);
const kept = find('Level access.No parking, see www.example.org', { validate: { url } });
assert.deepEqual(kept.map(({ href }) => href), ['http://www.example.org']);
JS
node seen.mjs
