import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSearchIndex } from '#api/search/index.ts';
import { type Need, NeedsError, readNeeds, readNeedsFolder, waysToSay } from '#api/search/text/needs.ts';
import { temporaryFolder } from '../helpers/folder.ts';

const FOLDER = join(import.meta.dirname, '../../data/vocabulary/needs');
const needs = readNeedsFolder(FOLDER);
const shown = (need: Need) => `${need.where} (${need.name})`;

/** The needs that are said so, by the way to say it. */
const byWay = new Map<string, Need[]>();
for (const need of needs) for (const way of waysToSay(need)) byWay.set(way, [...(byWay.get(way) ?? []), need]);

describe('data/vocabulary/needs', () => {
  it('holds enough needs to be of use, each in several words', () => {
    expect(needs.length).toBeGreaterThanOrEqual(500);
    expect(needs.filter((need) => waysToSay(need).length < 4).map(shown)).toEqual([]);
  });

  it('is written with single spaces and characters in their composed form, in phrases that can be typed', () => {
    const written = (phrase: string) => phrase === phrase.normalize('NFC').replace(/\s+/g, ' ') && phrase.length <= 80;
    const wrong = needs
      .flatMap((need) => [need.name, ...waysToSay(need), ...need.helps, ...need.not])
      .filter((it) => !written(it));
    expect(wrong).toEqual([]);
  });

  // Otherwise who says it would be led to one of two different things, and nobody meant that.
  it('lets needs of different categories share a phrase only where one of them says so', () => {
    const unmeant = [...byWay].filter(
      ([way, said]) =>
        said.length > 1 &&
        !said.some((need) => need.shared.includes(way)) &&
        !said.every((need) => need.categories.some((code) => said[0]!.categories.includes(code))),
    );
    expect(unmeant.map(([way, said]) => [way, said.map(shown)])).toEqual([]);
  });

  it('takes a need for nothing that it must not be taken for', () => {
    const taken = needs.flatMap((need) =>
      need.not.filter((phrase) => waysToSay(need).includes(phrase)).map((it) => [it, shown(need)]),
    );
    expect(taken).toEqual([]);
  });
});

const PARAGRAPH = 'need: Cold feet\ncategory: peer-support\nneighbour: toes like ice\nhelps: knitted socks';

describe('readNeeds', () => {
  it('reads paragraphs, notes, blank lines and Windows line ends', () => {
    const text = `\uFEFF# feet\r\n\r\n${PARAGRAPH.replaceAll('\n', '\r\n')}; warm shoes\r\nnot: afraid\r\npl: zimne stopy\r\n\r\n\r\nneed: Odd socks\ncategory: hobbies; arts\nhelps: darning\n`;
    expect(readNeeds(text, 'feet.txt')).toEqual([
      {
        name: 'Cold feet',
        categories: ['peer-support'],
        said: { clinician: [], form: [], neighbour: ['toes like ice'], family: [] },
        helps: ['knitted socks', 'warm shoes'],
        not: ['afraid'],
        shared: [],
        abroad: { bn: [], cy: [], es: [], pl: ['zimne stopy'], tr: [] },
        where: 'feet.txt, line 3',
      },
      expect.objectContaining({ name: 'Odd socks', categories: ['hobbies', 'arts'], where: 'feet.txt, line 11' }),
    ]);
  });

  it.each([
    ['a key that there is not', `${PARAGRAPH}\nhelp: slippers`, 'feet.txt, line 5', 'helps'],
    ['a line without a key', `${PARAGRAPH}\nslippers`, 'feet.txt, line 5', 'colon'],
    ['a key twice', `${PARAGRAPH}\nhelps: slippers`, 'feet.txt, line 5', 'helps'],
    ['a phrase that is missing', PARAGRAPH.replace('like ice', 'like ice;; numb'), 'feet.txt, line 3', 'neighbour'],
    ['a phrase twice', PARAGRAPH.replace('like ice', 'like ice; toes like ice'), 'feet.txt, line 3', 'toes like ice'],
    ['a capital letter', PARAGRAPH.replace('toes', 'Toes'), 'feet.txt, line 3', 'lower case'],
    ['two names', PARAGRAPH.replace('feet', 'feet; numb feet'), 'feet.txt, line 1', 'one name'],
    ['no name', PARAGRAPH.replace('need: Cold feet\n', ''), 'feet.txt, line 1', 'name'],
    ['no category', PARAGRAPH.replace('category: peer-support\n', ''), 'feet.txt, line 1', 'category'],
    ['a category that there is not', PARAGRAPH.replace('peer-support', 'feet'), 'feet.txt, line 1', 'feet'],
    ['nothing that helps', PARAGRAPH.replace('\nhelps: knitted socks', ''), 'feet.txt, line 1', 'helps'],
    ['what it is and is not', `${PARAGRAPH}\nnot: toes like ice`, 'feet.txt, line 1', 'toes like ice'],
  ])('names the file and the line of %s', (_, text, where, word) => {
    expect(() => readNeeds(text, 'feet.txt')).toThrow(NeedsError);
    expect(() => readNeeds(text, 'feet.txt')).toThrow(new RegExp(`^${where}: .*${word}`));
  });
});

describe('names of needs, while somebody types', () => {
  const index = createSearchIndex([], { groups: [], needs });
  const suggested = (typed: string) => index.suggest(typed, 8);

  it.each([
    ['depres', 'depres'],
    ['Dépres', 'depres'],
    ['lone', 'lone'],
    ['autis', 'autis'],
    ['diab', 'diab'],
    ['panic att', 'panic att'],
  ])('%s is offered a need that is called so', (typed, beginning) => {
    const [first] = suggested(typed);
    expect(first).toMatchObject({ kind: 'need', id: null });
    expect(first!.label.toLowerCase()).toMatch(new RegExp(`\\b${beginning}`));
  });

  it('knows what an operator keeps in a folder of their own, and tells what is wrong there', () => {
    const { path, file, remove } = temporaryFolder();
    onTestFinished(remove);
    writeFileSync(file('ours.txt'), PARAGRAPH);
    const both = readNeedsFolder(FOLDER, path);
    expect(both).toHaveLength(needs.length + 1);
    expect(createSearchIndex([], { groups: [], needs: both }).suggest('cold fee', 1)).toMatchObject([
      { kind: 'need', label: 'Cold feet' },
    ]);
    writeFileSync(file('ours.txt'), PARAGRAPH.replace('Cold feet', needs[0]!.name));
    expect(() => readNeedsFolder(FOLDER, path)).toThrow(`ours.txt, line 1: '${needs[0]!.name}' is in `);
    expect(() => readNeedsFolder(FOLDER, file('nowhere'))).toThrow(/^NEEDS_FOLDER is .*nowhere: .*Mend the path/);
  });

  it('offers few, the names that begin so first, and none for nothing', () => {
    const own = readNeeds(
      `${PARAGRAPH}\n\nneed: Feet that ache\ncategory: peer-support\nhelps: pain\n\nneed: Bunions\ncategory: peer-support\nclinician: feet with hallux valgus\nhelps: pain`,
      'feet.txt',
    );
    const few = createSearchIndex([], { groups: [], needs: own });
    expect(few.suggest('fee', 8).map(({ label }) => label)).toEqual(['Feet that ache', 'Cold feet', 'Bunions']);
    expect(few.suggest('fee', 1)).toHaveLength(1);
    expect([few.suggest('', 8), few.suggest('eet', 8)]).toEqual([[], []]);
    expect(suggested('a').filter(({ kind }) => kind === 'need').length).toBeLessThanOrEqual(4);
  });
});
