import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NATIONS } from '../../../api/domain/nation-of-place.ts';
import { readBlocks } from '../../../api/urgent/blocks.ts';
import { openUrgentHelp } from '../../../api/urgent/urgent.ts';

/** What words set off, and what they must not. The lists are for people to read and to add to. */

const help = openUrgentHelp(null);
const blocksOf = (file: string) =>
  readBlocks({ file, text: readFileSync(join(import.meta.dirname, file), 'utf8') }).map(({ name, lines }) => ({
    subject: name,
    phrases: lines.map(({ text }) => text),
  }));
/** 'suicide now', 'stroke gently': all that a text sets off. */
const setOff = (text: string): string[] =>
  help.for(text, [], NATIONS).map(({ subject, level }) => `${subject} ${level}`);

const said = blocksOf('said.txt');
const gently = blocksOf('gently.txt');
const notSaid = blocksOf('not-said.txt').flatMap(({ phrases }) => phrases);

test('the lists are long, and every subject is in both', () => {
  expect(said.flatMap(({ phrases }) => phrases).length).toBeGreaterThan(120);
  expect(notSaid.length).toBeGreaterThan(120);
  expect(said.map(({ subject }) => subject)).toEqual(expect.arrayContaining(gently.map(({ subject }) => subject)));
  expect(new Set(notSaid).size).toBe(notSaid.length);
});

test.each(said)('help for now: $subject', ({ subject, phrases }) => {
  expect(phrases.filter((phrase) => !setOff(phrase).includes(`${subject} now`))).toEqual([]);
});

test.each(gently)('help, gently: $subject', ({ subject, phrases }) => {
  expect(phrases.filter((phrase) => setOff(phrase).join() !== `${subject} gently`)).toEqual([]);
});

test('nothing', () => {
  expect(notSaid.filter((phrase) => setOff(phrase).length > 0)).toEqual([]);
});

describe('however it is typed', () => {
  test.each([
    ['in capitals', 'I WANT TO DIE', 'suicide'],
    ['with the other apostrophe', 'I can’t breathe', 'collapse'],
    ['without an apostrophe', 'cant breathe', 'collapse'],
    ['with a blank for it', 'i can t breathe', 'collapse'],
    ['with blanks too many', '  chest    pain ', 'heart'],
    ['with stops', 'Help!! My husband, he hits me.', 'domestic-abuse'],
    ['run together', 'iwanttokillmyself', 'suicide'],
    ['torn apart', 'sui cide', 'suicide'],
    ['letter by letter', 'r a p e', 'sexual-violence'],
    ['with letters repeated', 'i want to dieeeee', 'suicide'],
    ['with signs for letters', 'su1c1d@l', 'suicide'],
    ['with stars for letters', 'r**e', 'sexual-violence'],
    ['with two letters swapped', 'haert attack', 'heart'],
    ['with a letter missing', 'overdse', 'overdose'],
    ['with a letter too many', 'strroke', 'stroke'],
    ['with two mistakes in a long word', 'uncontious', 'collapse'],
    ['as one texts', 'nowhere 2 sleep', 'nowhere-to-sleep'],
    ['with a last letter missing in a short word', 'smel gas', 'gas'],
    ['with a letter missing in the shortest', 'wish i was ded', 'suicide'],
    ['with a word that sounds the same', 'gas leek in flat', 'gas'],
    ['with one of a pair too many', 'was rapped last night by my date', 'sexual-violence'],
    ['with one of a pair missing', 'better of dead', 'suicide'],
    ['with a swap that makes another word', 'sacred of my husband', 'domestic-abuse'],
    ['without the s of an ending', 'he beat me', 'domestic-abuse'],
    ['with two short words as one', 'taken alot of paracetamol', 'overdose'],
    ['as another language writes it', 'forced mariage', 'domestic-abuse'],
    ['beside other words', 'looking for a group in Hackney because my boyfriend beats me up', 'domestic-abuse'],
    ['in a long sentence', `${'and so on '.repeat(15)} i want to kill myself`, 'suicide'],
  ])('%s: %s', (_how, phrase, subject) => expect(setOff(phrase)).toContain(`${subject} now`));

  test('a word of English is never taken for another one, nor the name of a place', () => {
    for (const word of ['grape', 'police', 'polish', 'strike', 'stoke', 'Stebbing', 'prison', 'refugees', 'therapist'])
      expect(setOff(word), word).toEqual([]);
  });

  test('a word that only sounds like danger is believed beside another word of a phrase, never by itself', () => {
    for (const word of [
      'leek',
      'rapped',
      'rapping',
      'ded',
      'lif',
      'hous',
      'hart',
      'stoke',
      'chess',
      'treat',
      'violet',
      'dye',
    ])
      expect(setOff(word), word).toEqual([]);
    expect(setOff('leek and potato soup')).toEqual([]);
    expect(setOff('rapped on the knuckles')).toEqual([]);
  });

  test('what only seems gentle is not', () => {
    expect(setOff('my dad is having a stroke is there a group')).toContain('stroke now');
    expect(setOff('suicide prevention helpline')).toContain('suicide now');
    expect(setOff('stroke the cat, my mum is having a stroke')).toContain('stroke now');
  });

  test('the most urgent comes first, and two at most', () => {
    expect(setOff('took an overdose, want to die, husband hits me')).toEqual(['overdose now', 'domestic-abuse now']);
  });

  test('a text without end is read as far as it matters', () => {
    expect(setOff('pain '.repeat(5000))).toEqual([]);
    expect(setOff('a'.repeat(100_000))).toEqual([]);
    expect(setOff('*'.repeat(500))).toEqual([]);
  });
});
