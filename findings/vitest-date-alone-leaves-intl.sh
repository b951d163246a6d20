#!/bin/sh
# With the clock set by vi.setSystemTime() alone, new Date() is in March and Intl writes today.
#
# Packages:  vitest@5.1.1
# Expected:  Once the time is set, everything that tells the day tells that day.
# Seen:      setSystemTime() without fake timers, and useFakeTimers({ toFake: ['Date'] }), leave Intl real: new
#            Intl.DateTimeFormat('en-GB').format() without an argument writes the real day. With all timers faked it
#            follows; AbortSignal.timeout() and timers taken from node:timers never do.
# Matters:   'Today' on a page comes from one of them and 'this week' from the other; the test is green until the real
#            day crosses a month.
# Instead:   Always pass the date to format(). In tests fake Intl with Date, and end long waits by a signal of your
#            own.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts vitest@5.1.1
cat > seen.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

writeFileSync(
  'clock.test.mjs',
  `import timers from 'node:timers';
  import { expect, test, vi } from 'vitest';

  const day = () => new Intl.DateTimeFormat('en-GB').format();
  const told = () => new Date().toISOString().slice(0, 10);

  test('what follows the clock that was set, and what does not', () => {
    vi.setSystemTime('2001-03-01T12:00:00Z');
    console.log('setSystemTime alone: Date', told(), 'Intl', day());
    expect([told(), day() === '01/03/2001']).toEqual(['2001-03-01', false]);
    vi.useRealTimers();

    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-03-01T12:00:00Z') });
    console.log('Date faked:          Date', told(), 'Intl', day());
    expect([told(), day() === '01/03/2001']).toEqual(['2001-03-01', false]);
    vi.useRealTimers();

    vi.useFakeTimers({ now: new Date('2001-03-01T12:00:00Z') });
    const signal = AbortSignal.timeout(60_000);
    let rang = false;
    const timer = timers.setTimeout(() => { rang = true; }, 60_000);
    vi.advanceTimersByTime(3_600_000);
    console.log('all faked:           Date', told(), 'Intl', day(), 'an hour later: aborted', signal.aborted, 'rang', rang);
    expect([told(), day(), signal.aborted, rang]).toEqual(['2001-03-01', '01/03/2001', false, false]);
    timers.clearTimeout(timer);
    vi.useRealTimers();
  });`,
);
const { status } = spawnSync('node', ['node_modules/vitest/vitest.mjs', 'run', '--disable-console-intercept'], { stdio: 'inherit' });
process.exit(status ?? 1);
JS
TZ=UTC NO_COLOR=1 node seen.mjs
