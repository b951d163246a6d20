import { replaceDate } from './replaced-date.ts';

/**
 * Loaded before a program (`node --import`), sets its clock to the moment in SIGNPOST_TEST_NOW, from where it runs on. So
 * the program itself needs no setting that only tests use.
 */

const start = Date.parse(process.env['SIGNPOST_TEST_NOW'] ?? '');
if (Number.isNaN(start)) throw new Error('SIGNPOST_TEST_NOW must be a moment such as 2026-11-21T09:00:00Z.');

const began = performance.now();
replaceDate(() => Math.round(start + performance.now() - began));
