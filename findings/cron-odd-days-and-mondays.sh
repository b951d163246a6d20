#!/bin/sh
# '0 10 */2 * 1', Mondays of odd date for cron, is every odd date and every Monday for two libraries.
#
# Packages:  croner@11.0.1, cron-parser@5.10.6, @breejs/later@4.2.0, cronstrue@3.39.0
# Expected:  crontab(5) of cron on Linux: the day of the month and the day of the week are joined by 'or' only where
#            neither begins with a star. So '*/2' with Monday is 'and', and '1-7' with '*/7' is the well-known way to say
#            the first Sunday; '1-7' with Monday is the first week and every Monday.
# Seen:      croner and cron-parser look for a star alone, so '*/2' and '*/7' are 'or' for them: of three days in June
#            2026 they make 17, of the first Sunday ten days. later joins by 'and' whatever is written, which is wrong
#            for the third: one day, and not 11. cronstrue says 'and' of all three.
# Matters:   A reminder to volunteers that a crontab sent two or three times a month goes out every second day after a
#            move to Node.
# Instead:   '1#1' for the first Monday, which all of them read alike; a check of the day in the job.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts croner@11.0.1 cron-parser@5.10.6 @breejs/later@4.2.0 cronstrue@3.39.0
cat > seen.mjs <<'JS'
import assert from 'node:assert/strict';
import later from '@breejs/later';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import cronstrue from 'cronstrue';

const START = new Date('2026-05-31T12:00:00Z');
const END = new Date('2026-07-01T00:00:00Z');
const inJune = (dates) => dates.filter((date) => date < END).length;
function count(pattern) {
  return {
    croner: inJune(new Cron(pattern, { timezone: 'UTC' }).nextRuns(40, START)),
    cronParser: inJune(CronExpressionParser.parse(pattern, { currentDate: START, tz: 'UTC' }).take(40).map((date) => date.toDate())),
    later: inJune(later.schedule(later.parse.cron(pattern)).next(40, START)),
  };
}
const seen = Object.fromEntries(['0 10 */2 * 1', '0 10 1-7 * */7', '0 10 1-7 * 1', '0 10 * * 1#1'].map((pattern) => [pattern, count(pattern)]));
console.log('days in June 2026:', seen, cronstrue.toString('0 10 */2 * 1'));
assert.deepEqual(seen, {
  '0 10 */2 * 1': { croner: 17, cronParser: 17, later: 3 },
  '0 10 1-7 * */7': { croner: 10, cronParser: 10, later: 1 },
  '0 10 1-7 * 1': { croner: 11, cronParser: 11, later: 1 },
  '0 10 * * 1#1': { croner: 1, cronParser: 1, later: 1 },
});
assert.match(cronstrue.toString('0 10 */2 * 1'), /every 2 days in a month, and on Monday/);
JS
node seen.mjs
