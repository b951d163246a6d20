import { describe, expect, test } from 'vitest';
import { clientAddress, createRateLimiter } from '../../../api/runtime/limits.ts';

const clocked = (perMinute: number) => {
  let now = 0;
  const limiter = createRateLimiter(perMinute, () => now);
  return { limiter, pass: (ms: number) => (now += ms) };
};

describe('the rate limiter', () => {
  test('a minute’s worth at once, then one as each falls due', () => {
    const { limiter, pass } = clocked(60);
    for (let i = 0; i < 60; i++) expect(limiter.take('a')).toBe(0);
    expect(limiter.take('a')).toBe(1);
    pass(999);
    expect(limiter.take('a')).toBe(1);
    pass(1);
    expect(limiter.take('a')).toBe(0);
    expect(limiter.take('a')).toBe(1);
  });

  test('the wait that it tells is long enough and no longer than a second more', () => {
    const { limiter, pass } = clocked(7);
    for (let i = 0; i < 7; i++) limiter.take('a');
    const wait = limiter.take('a');
    expect(wait).toBe(Math.ceil(60 / 7));
    pass(wait * 1000);
    expect(limiter.take('a')).toBe(0);
  });

  test('who is refused is not made to wait longer for having asked', () => {
    const { limiter, pass } = clocked(60);
    for (let i = 0; i < 60; i++) limiter.take('a');
    for (let i = 0; i < 100; i++) limiter.take('a');
    pass(1000);
    expect(limiter.take('a')).toBe(0);
  });

  test('a bucket never holds more than a minute’s worth', () => {
    const { limiter, pass } = clocked(2);
    limiter.take('a');
    pass(3_600_000);
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 0]);
    expect(limiter.take('a')).toBeGreaterThan(0);
  });

  test('a tenth costs a tenth', () => {
    const { limiter } = clocked(1);
    for (let i = 0; i < 9; i++) expect(limiter.take('a', 0.1)).toBe(0);
    expect(limiter.take('a', 1)).toBeGreaterThan(0);
  });

  test('0 is no limit', () => {
    const { limiter } = clocked(0);
    for (let i = 0; i < 1000; i++) expect(limiter.take('a')).toBe(0);
    expect(limiter.size).toBe(0);
  });

  test('it remembers a bounded number of clients, the last ones', () => {
    const { limiter } = clocked(1);
    for (let i = 0; i < 30_000; i++) limiter.take(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    expect(limiter.size).toBe(20_000);
    expect(limiter.take('10.0.117.47')).toBeGreaterThan(0);
  });

  test('a client whose bucket is full again is forgotten', () => {
    const { limiter, pass } = clocked(60);
    for (let i = 0; i < 60; i++) limiter.take('a');
    pass(30_000);
    limiter.take('b');
    expect(limiter.size).toBe(2);
    pass(30_000);
    limiter.take('c');
    expect(limiter.size).toBe(2);
    pass(60_000);
    limiter.take('c');
    expect(limiter.size).toBe(1);
  });

  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::2', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:0:5::', true],
    ['2001:DB8:0001:2::1', '2001:db8:1:0002:0:0:0:9', true],
    ['fe80::1%eth0', 'fe80::2', true],
    ['::ffff:203.0.113.1', '203.0.113.1', true],
    ['::FFFF:cb00:7101', '203.0.113.1', true],
    ['::ffff:203.0.113.1', '::ffff:203.0.113.2', false],
    ['203.0.113.1', '203.0.113.2', false],
  ])('%s and %s are one client: %s', (one, other, same) => {
    const { limiter } = clocked(1);
    limiter.take(one);
    expect(limiter.take(other) > 0).toBe(same);
  });
});

test.each([
  [0, '6.6.6.6', 'connection'],
  [1, undefined, 'connection'],
  [1, '6.6.6.6, 203.0.113.1', '203.0.113.1'],
  [2, '6.6.6.6, 203.0.113.1, 10.0.0.2', '203.0.113.1'],
  [1, '6.6.6.6, 203.0.113.1:4711', '203.0.113.1'],
  [1, '[2001:db8::1]:443', '2001:db8::1'],
  [1, '[2001:db8::1]', '2001:db8::1'],
  [1, '2001:db8::1', '2001:db8::1'],
  // It did not come through all of the proxies: what it says is made up.
  [2, '6.6.6.6', 'connection'],
  [3, '6.6.6.6, 203.0.113.1', 'connection'],
  [1, '6.6.6.6, unknown', 'connection'],
  [1, '6.6.6.6, ', 'connection'],
])('behind %i proxies, with %s, the client is %s', (proxies, header, address) => {
  expect(clientAddress('connection', header, proxies)).toBe(address);
});
