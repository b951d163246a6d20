import { describe, expect, test } from 'vitest';
import { createJobRunner } from '../../../api/runtime/jobs.ts';

const until = async (met: () => boolean) => {
  for (let tries = 0; tries < 1000 && !met(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(met()).toBe(true);
};

describe('what a server does by itself', () => {
  test('a job that fails is told and runs again, and holds up no other', async () => {
    const told: string[] = [];
    let failed = 0;
    let ran = 0;
    const work = createJobRunner(
      [
        {
          name: 'One that fails',
          every: 1,
          run: () => {
            failed += 1;
            throw new Error('E8 1EA');
          },
        },
        {
          name: 'One that works',
          every: 1,
          run: () => {
            ran += 1;
          },
        },
      ],
      (line) => told.push(line),
    );
    work.start();
    work.start();
    await until(() => failed >= 3 && ran >= 3);
    await work.stop();
    expect(told[0]).toContain('One that fails did not get through');
    expect(told.join()).not.toContain('E8 1EA');
    const after = [failed, ran];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([failed, ran]).toEqual(after);
  });

  test('to stop waits for what is under way, and a job never runs twice at once', async () => {
    let now = 0;
    let most = 0;
    let runs = 0;
    const job = {
      name: 'A slow one',
      every: 0,
      run: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 10));
        now -= 1;
        runs += 1;
      },
    };
    const work = createJobRunner([job], () => undefined);
    work.start();
    await until(() => runs >= 2);
    await work.stop();
    expect(now).toBe(0);
    expect(most).toBe(1);
  });
});
