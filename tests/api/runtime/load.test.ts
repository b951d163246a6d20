import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatchSize, forgetRequests, giveWay, inSteps, noteRequest, stepMs } from '../../../api/runtime/load.ts';
import { yieldToOthers } from '../../../api/runtime/slices.ts';

/** How work beside the serving knows that somebody is there. */

beforeEach(() => {
  forgetRequests();
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  forgetRequests();
});

/** Work of which each part takes a millisecond. */
function* parts(count: number): Generator<void, number> {
  for (let n = 0; n < count; n++) {
    vi.advanceTimersByTime(1);
    yield;
  }
  return count;
}

describe('a step', () => {
  it('is long while nobody is there, short from the first request on, and long again ten seconds after the last', () => {
    const long = stepMs();
    noteRequest();
    const short = stepMs();
    expect(long).toBeGreaterThanOrEqual(10 * short);
    vi.advanceTimersByTime(9_999);
    expect(stepMs()).toBe(short);
    vi.advanceTimersByTime(1);
    expect(stepMs()).toBe(long);
  });
});

describe('a request', () => {
  it('to any server of the process counts as somebody', async () => {
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const long = stepMs();
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(stepMs()).toBeLessThan(long);
    server.close();
  });
});

describe('work in steps', () => {
  const pausesOf = async (count: number): Promise<number> => {
    let pauses = 0;
    const work = inSteps(parts(count), async () => {
      pauses++;
    });
    expect(await work).toBe(count);
    return pauses;
  };

  it('pauses after each, and more often while somebody is there', async () => {
    expect(await pausesOf(100)).toBe(2);
    noteRequest();
    expect(await pausesOf(100)).toBe(100);
  });

  it('becomes gentle when somebody comes meanwhile', async () => {
    const pauses: number[] = [];
    await inSteps(parts(100), async (worked) => {
      noteRequest();
      pauses.push(worked);
    });
    expect(pauses.slice(0, 3)).toEqual([40, 1, 1]);
  });

  it('lets in what waits', async () => {
    let came = false;
    setImmediate(() => {
      came = true;
    });
    await inSteps(parts(50));
    expect(came).toBe(true);
  });

  it('throws what goes wrong in it', async () => {
    function* broken(): Generator<void, void> {
      yield;
      throw new Error('broken');
    }
    await expect(inSteps(broken())).rejects.toThrow('broken');
  });
});

describe('standing aside', () => {
  it('leaves those who are there three quarters of the time, and waits for nobody else', async () => {
    await giveWay(1_000_000);
    noteRequest();
    let over = false;
    const waiting = giveWay(10).then(() => {
      over = true;
    });
    vi.advanceTimersByTime(29);
    await yieldToOthers();
    expect(over).toBe(false);
    vi.advanceTimersByTime(1);
    await waiting;
    expect(over).toBe(true);
  });
});

describe('the size of a transaction', () => {
  it('grows to what fits into a step, by half at the most, and shrinks at once when somebody comes', () => {
    const size = createBatchSize();
    const first = size.next;
    size.took(first, first / 10);
    expect(size.next).toBe(Math.ceil(first * 1.5));
    for (let n = 0; n < 20; n++) size.took(size.next, size.next / 10);
    expect(size.next).toBe(stepMs() * 10);
    noteRequest();
    expect(size.next).toBe(stepMs() * 10);
  });

  it('is never none, however slow the disk', () => {
    const size = createBatchSize();
    size.took(10, 10_000);
    expect(size.next).toBeGreaterThan(0);
  });
});
