import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { Lexicon } from '../../../api/search/text/lexicon.ts';
import { allowedEdits, nearWords } from '../../../api/search/text/spelling.ts';
import { stem } from '../../../api/search/text/stem.ts';
import { tokens } from '../../../api/search/text/tokens.ts';
import { readVocabulary, VocabularyError } from '../../../api/search/text/vocabulary.ts';
import { readVocabularyFolder } from '../../../api/search/text/vocabulary-folder.ts';
import { listing, query } from './listings.ts';
import { editDistance } from './plain-text.ts';
import { Random } from './random.ts';

describe('words', () => {
  it.each([
    ["Women's walking group", ['women', 'walking', 'group']],
    ['Café, CAFE\u0301 & naïve', ['cafe', 'cafe', 'naive']],
    ['LGBTQ+ drop-in', ['lgbtq', 'drop', 'in']],
    ['O’Brien’s', ['obrien']],
    ['Çay ve İyilik, Işık', ['cay', 've', 'iyilik', 'isik']],
    ['יִידיש', ['יידיש']],
    ['ইয়োগা ক্লাস', ['ইয়োগা'.normalize('NFKD'), 'ক্লাস']],
    ['瑜伽 yoga', ['瑜', '伽', 'yoga']],
    ['Straße', ['strasse']],
    ['', []],
    ['--- !', []],
  ])('of %s', (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it('are cut at forty characters', () => {
    expect(tokens('a'.repeat(500))).toEqual(['a'.repeat(40)]);
  });

  it('of any text are numbered as they are read one by one', () => {
    const random = new Random(4);
    const pieces =
      `yoga Yoga O'Brien's women's 'quoted' A&E Q & A Café ${'x'.repeat(39)} ${'Y'.repeat(41)} it's the\ttab
      2nd 10:30 9' ' '' x' naïve 瑜伽 drop-in e.g. ABC123 z`.split(' ');
    const all = new Lexicon();
    const one = new Lexicon();
    for (let n = 0; n < 3000; n++) {
      const text = Array.from({ length: random.below(12) }, () => random.pick(pieces)).join(
        random.pick([' ', ', ', '', "'"]),
      );
      const numbers: number[] = [];
      all.addAll(text, (number) => numbers.push(number));
      expect(numbers, text).toEqual(tokens(text).map((word) => one.add(word)));
    }
    expect(all.size).toBeGreaterThan(1000);
    for (let n = 0; n < one.size; n++) expect(all.word(n)).toBe(one.word(n));
    expect(all.numberOf('never met')).toBeUndefined();
  });
});

describe('stems', () => {
  it.each([
    'exercise exercises exercising exercised',
    'walk walks walking walked',
    'care cares caring cared',
    'party parties',
    'class classes',
    'swim swims swimming',
    'volunteer volunteers volunteering',
    'woman women womens',
    'ache aches aching',
  ])('are one for %s', (forms) => {
    expect(new Set(forms.split(' ').map(stem)).size).toBe(1);
  });

  it.each([
    ['care', 'car'],
    ['organisation', 'organ'],
    ['evening', 'even'],
    ['news', 'new'],
    ['meditation', 'medical'],
  ])('keep %s and %s apart', (one, other) => {
    expect(stem(one)).not.toBe(stem(other));
  });
});

describe('typing mistakes', () => {
  it('are forgiven by the length of the word', () => {
    expect(['art', 'yoga', 'walking', 'gardening', 'e81ea'].map(allowedEdits)).toEqual([0, 1, 2, 2, 0]);
  });

  it('are found as a plain table of edits finds them', () => {
    const random = new Random(3);
    const lexicon = new Lexicon();
    const words = Array.from({ length: 3000 }, () =>
      Array.from({ length: 3 + random.below(8) }, () => random.pick([...'abcde'])).join(''),
    );
    for (const word of words) lexicon.add(word);
    const known = [...new Set(words)].filter((word) => lexicon.numberOf(word) !== -1);
    for (let n = 0; n < 80; n++) {
      const typed = random.pick(words).slice(random.below(2)) + random.pick(['', 'a', 'zz']);
      for (const edits of [1, 2]) {
        const expected = known
          .map((word) => ({ word, distance: editDistance(word, typed) }))
          .filter(({ distance }) => distance > 0 && distance <= edits)
          .sort((a, b) => (a.word < b.word ? -1 : 1));
        expect(nearWords(lexicon, typed, edits)).toEqual(expected);
      }
    }
  });
});

describe('the vocabulary', () => {
  it('is read with its directions, comments and phrases', () => {
    expect(readVocabulary('# note\n\nlow mood, depression # both\na, b > c d, e\n')).toEqual({
      groups: [
        { from: ['low mood', 'depression'], to: ['low mood', 'depression'] },
        { from: ['a', 'b'], to: ['c d', 'e'] },
      ],
    });
  });

  it.each([
    ['fine, too\na,,b', 2, 'missing'],
    ['a > b > c', 1, 'one >'],
    ['alone', 1, 'alone'],
    ['Loud, quiet', 1, 'lower case'],
    ['a, b, a', 1, 'twice'],
    ['a, b >', 1, 'missing'],
  ])('names the line of a mistake in %j', (text, line, word) => {
    expect(() => readVocabulary(text)).toThrow(VocabularyError);
    expect(() => readVocabulary(text)).toThrow(new RegExp(`Line ${line} .*${word}`));
  });
});

describe('searching with words', () => {
  const vocabulary = readVocabulary('osteoarthritis, joint pain\nsciatica > back pain\nlow mood, depression');
  const listings = [
    listing({ name: 'Joint pain group' }),
    listing({ name: 'Osteoarthritis class' }),
    listing({ name: 'Back pain class' }),
    listing({ name: 'Sciatica talk' }),
    listing({ name: 'Volunteering at the allotment', summary: 'Joint efforts, no pain' }),
    listing({ name: 'ইয়োগা ক্লাস' }),
    listing({ name: 'Coffee', description: 'A café for people with low mood' }),
    listing({ name: 'Women’s swimming', taxonomy_terms: ['movement'] }, { organization: 'Clissold Trust' }),
  ];
  const index = createSearchIndex(listings, vocabulary);
  const found = (q: string) => {
    const answer = index.search(query({ q, sort: 'name' }));
    const names = answer.hits
      .filter(({ match }) => match === 'words')
      .map((hit) => listings.find((it) => it.service.id === hit.id)?.service.name);
    return { names, instead: answer.searched_for };
  };

  it.each([
    [
      'synonyms, both ways',
      'osteoarthritis',
      ['Joint pain group', 'Osteoarthritis class', 'Volunteering at the allotment'],
    ],
    ['one way', 'sciatica', ['Back pain class', 'Sciatica talk']],
    ['and not the reverse', 'back pain', ['Back pain class']],
    ['other forms', 'swims', ['Women’s swimming']],
    ['what has some of the words', 'volunteers swim', ['Volunteering at the allotment', 'Women’s swimming']],
    ['the beginning of the last word', 'volunt', ['Volunteering at the allotment']],
    ['other scripts', 'ক্লাস', ['ইয়োগা ক্লাস']],
    ['accents or not', 'cafe', ['Coffee']],
    ['phrases', 'depression', ['Coffee']],
    ['categories', 'sport', ['Women’s swimming']],
    ['organizations', 'clissold', ['Women’s swimming']],
    ['towns', 'london sciatica', ['Back pain class', 'Sciatica talk']],
  ])('finds %s', (_, q, names) => {
    expect(found(q)).toEqual({ names, instead: null });
  });

  it.each([
    ['volunterring', 'volunteering', 1],
    ['osteoartritis', 'osteoarthritis', 3],
    ['sciatcia talk', 'sciatica talk', 1],
    ['sciatica xqzxqz', 'sciatica', 2],
    ['sciatica xqzxqz talk', 'sciatica talk', 1],
  ])('%s is answered with %s', (q, instead, total) => {
    expect(found(q)).toMatchObject({ instead });
    expect(found(q).names).toHaveLength(total);
  });

  it('a word that stands in no listing and is near none finds nothing', () => {
    expect(found('xqzxqz')).toEqual({ names: [], instead: null });
  });

  it('what has all the words comes before what has some', () => {
    const answer = index.search(query({ q: 'talk sciatica coffee' }));
    expect(answer.hits.slice(0, 2).map((hit) => hit.id)).toEqual([listings[3]?.service.id, listings[6]?.service.id]);
    expect(answer.searched_for).toBeNull();
  });

  it('the name counts more than the summary, and the summary more than the description', () => {
    const inName = listing({ name: 'Choir' });
    const inSummary = listing({ name: 'Singing', summary: 'A choir' });
    const inDescription = listing({ name: 'Music', description: 'Perhaps a choir' });
    const ranked = createSearchIndex([inDescription, inSummary, inName], vocabulary).search(query({ q: 'choir' }));
    expect(ranked.hits.map((hit) => hit.id)).toEqual([inName, inSummary, inDescription].map((it) => it.service.id));
  });

  it('in several fields it counts more than in one', () => {
    const twice = listing({ name: 'Choir', summary: 'A choir' });
    const once = listing({ name: 'Choir', summary: 'We sing' });
    const far = listing({ name: 'Singing', description: 'A choir', taxonomy_terms: ['arts'] });
    const ranked = createSearchIndex([far, once, twice], vocabulary).search(query({ q: 'choir' }));
    expect(ranked.hits.at(-1)?.id).toBe(far.service.id);
  });

  it.each([
    'x'.repeat(10_000),
    'pain '.repeat(2000),
    Array.from({ length: 3000 }, (_, n) => `w${n}`).join(' '),
    '\u0000\ud800 % * " OR 1=1',
    '>,#',
    'constructor __proto__',
  ])('bears %.20s', (q) => {
    expect(index.search(query({ q })).hits.length).toBeLessThanOrEqual(20);
  });
});

describe('phrases and their small words', () => {
  const vocabulary = readVocabulary(
    'suicidal, end my life > listening line\nend of life, hospice\ncancer, tumour\nseated exercise, chair exercise\na&e > emergency department',
  );
  const listings = [
    listing({ name: 'Listening line' }),
    listing({ name: 'Chair exercise' }),
    listing({ name: 'Dancers of the north' }),
    listing({ name: 'Walking', summary: 'For the end of the week, for a longer life' }),
    listing({ name: 'Singing group' }),
    listing({ name: 'Emergency department visitors' }),
  ];
  const index = createSearchIndex(listings, vocabulary);
  const found = (q: string) =>
    index
      .search(query({ q, sort: 'name' }))
      .hits.map((hit) => listings.find((it) => it.service.id === hit.id)?.service.name);

  it.each([
    ['i want to end my life', ['Listening line']],
    ['end of life', []],
    ['end of life care', []],
    ['end my life', ['Listening line']],
    ['seated exercise', ['Chair exercise']],
    ['A&E', ['Emergency department visitors']],
  ])('%s', (q, names) => {
    expect(found(q)).toEqual(names);
  });

  it('a word of the vocabulary is never taken for a mistake', () => {
    expect(index.search(query({ q: 'cancer' }))).toMatchObject({ total: 0, searched_for: null });
  });

  describe('a word of English is never taken for a mistake', () => {
    const near = createSearchIndex(
      ['Polish club', 'Grape tasting', 'Skint? Talk', 'Winning', 'Knitting', 'Choir', 'Stride walks', 'Ticked off'].map(
        (name) => listing({ name }),
      ),
      { ...readVocabulary(''), spelt: ['gwalt', 'tooting'] },
    );
    it.each(['police', 'rape', 'knife', 'kicked', 'wining', 'strike', 'stroke', 'chair', 'gwalt', 'tooting', 'poison'])(
      '%s',
      (q) => {
        const { searched_for } = near.search(query({ q }));
        expect(searched_for).toBeNull();
      },
    );
    it.each([
      ['polsih', 'polish'],
      ['garpes', 'grapes'],
      ['kintting', 'knitting'],
      ['chior', 'choir'],
    ])('what is no word is put right: %s, %s', (q, meant) => {
      const { searched_for, total } = near.search(query({ q }));
      expect(total).toBe(1);
      expect(meant.startsWith(searched_for?.slice(0, 4) ?? 'nothing')).toBe(true);
    });
  });

  describe('what may be a word of danger or a harmless one is asked about, and not put right', () => {
    const danger = ['rapist', 'rape', 'abused', 'grooming', 'drowning', 'stroke', 'strokes', 'homeless'];
    const indexOf = (...names: string[]) =>
      createSearchIndex(
        names.map((name) => listing({ name })),
        { ...readVocabulary(''), spelt: danger, danger },
      );
    const harmless = indexOf('Racist', 'Amused', 'Growing', 'Droning', 'Spoke', 'Grape', 'Hopeless');
    const dangerous = indexOf('Rapist', 'Abused', 'Grooming', 'Drowning', 'Stroke', 'Homeless');
    it.each([
      ['aused', harmless, 'amused'],
      ['drwning', harmless, 'droning'],
      ['sroke', harmless, 'spoke'],
      ['raist', dangerous, 'rapist'],
      ['grooing', dangerous, 'grooming'],
    ] as const)('%s', (q, index, did_you_mean) => {
      expect(index.search(query({ q }))).toMatchObject({ total: 0, searched_for: null, did_you_mean, missing: [q] });
    });
    it.each([
      ['strroke', dangerous, 'stroke'],
      ['homless', dangerous, 'homeless'],
      ['garpe', harmless, 'grape'],
      ['grooing', harmless, 'growing'],
    ] as const)('what can be nothing else is put right: %s, %s', (q, index, searched_for) => {
      expect(index.search(query({ q }))).toMatchObject({ total: 1, searched_for, did_you_mean: null });
    });
  });

  describe('what is nearer to another word of English is asked about, and not put right', () => {
    const names = [
      'Backache class',
      'Money advice',
      'Anti-racist book club',
      'Chest clinic',
      'Refugees together',
      'Warm room',
    ];
    const near = createSearchIndex(
      names.map((name) => listing({ name })),
      readVocabulary(''),
    );
    it.each([
      ['backcaht', 'backache'],
      ['monegr', 'money'],
      ['rapwist', 'racist'],
      ['refugess', 'refugees'],
    ])('%s: %s?', (q, did_you_mean) => {
      const answer = near.search(query({ q }));
      expect(answer).toMatchObject({ total: 0, searched_for: null, did_you_mean, missing: [q] });
      expect(near.search(query({ q: did_you_mean })).total).toBe(1);
    });
    it('the other words are looked for meanwhile', () => {
      expect(near.search(query({ q: 'refugees monegr' }))).toMatchObject({
        did_you_mean: 'refugees money',
        missing: ['monegr'],
      });
    });
    it.each([
      ['cheist', 'chest'],
      ['moeny', 'money'],
      ['warmroom', 'warm room'],
    ])('as near to what is listed as to anything: %s is %s', (q, searched_for) => {
      expect(near.search(query({ q }))).toMatchObject({ total: 1, searched_for, did_you_mean: null });
    });
    it.each(['safr', 'xqzvb', 'lunch'])('nothing is asked where nothing is nearer, or nothing near: %s', (q) => {
      expect(near.search(query({ q })).did_you_mean).toBeNull();
    });
  });

  it('a light word colours, and alone is what is looked for', () => {
    expect(found('singing class')).toEqual(['Singing group']);
    expect(found('cancer group')).toEqual([]);
    expect(found('group')).toEqual(['Singing group']);
  });

  it('two letters swapped are put right before a beginning is completed', () => {
    const both = createSearchIndex([listing({ name: 'Pain' }), listing({ name: 'Piano' })], vocabulary);
    expect(both.search(query({ q: 'pian' }))).toMatchObject({ total: 1, searched_for: 'pain' });
  });
});

describe('a condition written as it sounds', () => {
  // As people write them who have only heard them.
  const WRITTEN = `numonia:pneumonia tiroid:thyroid asma:asthma dyabeties:diabetes artheritis:arthritis siatica:sciatica
    fibromialga:fibromyalgia alzymers:alzheimers dimentia:dementia skizofrenia:schizophrenia epilipsy:epilepsy
    brongitis:bronchitis emfasema:emphysema anjina:angina newropathy:neuropathy migrane:migraine eksema:eczema
    soriasis:psoriasis menapause:menopause endomitriosis:endometriosis dislexia:dyslexia awtism:autism anarexia:anorexia
    vertego:vertigo tinitis:tinnitus glawcoma:glaucoma lukemia:leukaemia sirosis:cirrhosis colitus:colitis sycosis:psychosis`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]);

  it('finds what says it', () => {
    const listings = WRITTEN.map(([, name]) => listing({ name, summary: 'Every second Thursday.' }));
    const index = createSearchIndex(listings, readVocabularyFolder('data'));
    const names = new Map(listings.map(({ service }) => [service.id, service.name]));
    const first = ([typed]: [string, string]) =>
      names.get(index.search(query({ q: typed, place: null })).hits[0]?.id ?? '');
    expect(WRITTEN.map(first)).toEqual(WRITTEN.map(([, name]) => name));
  });

  it('is no other word: model trains are no training', () => {
    const index = createSearchIndex(
      [listing({ name: 'Training for work', summary: 'Every second Thursday.' })],
      readVocabularyFolder('data'),
    );
    expect(index.search(query({ q: 'model trains', place: null })).hits).toEqual([]);
  });
});
