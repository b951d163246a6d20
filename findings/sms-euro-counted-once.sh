#!/bin/sh
# A text of 160 characters with a bracket or a euro in it is said to be one message, and goes out as two.
#
# Packages:  sms-counter@1.0.0, split-sms@0.1.7, sms-segments-calculator@1.3.0
# Expected:  Of the characters that need an escape ([ ] { } \ ^ ~ | and the euro) each takes two of a message's 160 septets
#            (3GPP TS 23.038, 6.2.1.1). sms-counter knows them: it calls such a text GSM_7BIT_EX.
# Seen:      It counts them once all the same: 158 letters with '[]' are 160 and one message, 81 euros 81 and one. The two
#            others say two messages each. A curly apostrophe makes all three fall to 70 characters a message.
# Matters:   A text with the times of a group is cut at what the counter shows: it costs twice, or its last part, which
#            holds the telephone number, comes apart or not at all.
# Instead:   split-sms or sms-segments-calculator, and straight quotes and a hyphen for curly ones and dashes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts sms-counter@1.0.0 split-sms@0.1.7 sms-segments-calculator@1.3.0
cat > seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { SegmentedMessage } = require('sms-segments-calculator');
const counter = require('sms-counter');
const { split } = require('split-sms');

const count = counter.count ?? counter.default.count;
const texts = {
  'letters alone': 'a'.repeat(160),
  'with brackets': `${'a'.repeat(158)}[]`,
  'euros alone': '€'.repeat(81),
  'curly apostrophe': `Carers’ café, ${'Tuesdays '.repeat(8)}`,
};
const seen = Object.entries(texts).map(([name, text]) => {
  const { encoding, messages } = count.call(counter.default ?? counter, text);
  const others = [split(text).parts.length, new SegmentedMessage(text).segmentsCount];
  console.log(`${name.padEnd(18)}sms-counter ${messages} (${encoding}), split-sms ${others[0]}, calculator ${others[1]}`);
  return [messages, ...others];
});
assert.deepEqual(seen, [
  [1, 1, 1],
  [1, 2, 2],
  [1, 2, 2],
  [2, 2, 2],
]);
JS
node seen.cjs
