import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readAsides } from '../../../api/search/text/asides.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { listing, query } from './listings.ts';

/** For whom it is, how old they are, what it must not be: said beside what is looked for, and not looked for itself. */

const vocabulary = readVocabulary('religious, faith, church');

const found = (listings: Parameters<typeof listing>[0][], q: string) => {
  const all = listings.map((its) => listing(its));
  const names = new Map(all.map(({ service }) => [service.id, service.name]));
  const answer = createSearchIndex(all, vocabulary).search(query({ q }));
  return { ...answer, names: answer.hits.map(({ id, match }) => `${match === 'words' ? '' : '~'}${names.get(id)}`) };
};
const named = (name: string, eligibility: { restrictions?: string[]; maximum_age?: number } = {}) => ({
  name,
  eligibility: { restrictions: [], ...eligibility },
});

describe('an age', () => {
  it.each([
    ['86 year old man', { from: 86, to: 86 }],
    ['a housebound woman of 86', { from: 86, to: 86 }],
    ['eighty-six year old', { from: 86, to: 86 }],
    ['my son is 19', { from: 19, to: 19 }],
    ['low and lonely 78yo', { from: 78, to: 78 }],
    ['lonely 91', { from: 91, to: 91 }],
    ['club for over 60s', { from: 60, to: 120 }],
    ['under 5s', { from: 0, to: 4 }],
    ['in her seventies', null],
    ['in her 70s', { from: 70, to: 79 }],
    ['bored teenager', { from: 11, to: 19 }],
    ['autistic adults', { from: 18, to: 120 }],
    ['adult education', null],
    ['section 21', null],
    ['open at 3am', null],
    ['walks of 20 miles', null],
    ['type 2 diabetes', null],
    ['', null],
  ])('is read in %s', (typed, ages) => {
    expect(readAsides(typed).ages).toEqual(ages);
  });

  it('is not looked for among the words, and puts last what is for other ages', () => {
    const chess = { ...named('Chess for eight year olds', { maximum_age: 12 }), summary: 'Company and chess' };
    const company = { ...named('Company at home'), summary: 'A visit' };
    const { names, missing } = found([chess, company], 'eighty-six year old wants company');
    expect(names).toEqual(['Company at home', '~Chess for eight year olds']);
    expect(missing).toEqual([]);
  });
});

describe('for whom it is', () => {
  it('is not what it is about', () => {
    const { names } = found([named('Mum and baby club'), named('Lonely hearts')], 'for my mum who is lonely');
    expect(names[0]).toBe('Lonely hearts');
  });

  it.each([
    ['swimming', ['Swimming for all', "Women's swimming", 'Swimming with veterans']],
    ['swimming for women', ["Women's swimming", 'Swimming for all', 'Swimming with veterans']],
    ['swimming army veteran', ['Swimming with veterans', 'Swimming for all', "Women's swimming"]],
  ])('what is kept for people whom the words do not name comes after the rest: %s', (q, order) => {
    const { names } = found(
      [
        named("Women's swimming", { restrictions: ['Women only'] }),
        named('Swimming with veterans', { restrictions: ['Veterans'] }),
        named('Swimming for all'),
      ],
      q,
    );
    expect(names.slice(0, 1)).toEqual(order.slice(0, 1));
    expect(names.map((name) => name.replace('~', '')).toSorted()).toEqual(order.toSorted());
  });

  it('what is kept for women does not match where men are asked for, nor the other way round', () => {
    const kept = [named('Shed', { restrictions: ['Men only'] }), named('Shed', { restrictions: ['Women only'] })];
    expect(found(kept, 'shed for men').hits.map(({ match }) => match)).toEqual(['words', 'word_only']);
    expect(found(kept, 'shed for women').hits.map(({ match }) => match)).toEqual(['words', 'word_only']);
  });

  it('a role for volunteers comes last, unless somebody wants to give', () => {
    const roles = [{ ...named('Befriending role'), kind: 'volunteering' as const }, named('Befriending at home')];
    expect(found(roles, 'befriending').names[0]).toBe('Befriending at home');
    expect(found(roles, 'befriending volunteer').hits).toHaveLength(2);
  });
});

describe('what must not be', () => {
  it.each([
    ['not religious grief group', 'Grief group'],
    ['grief group without church', 'Grief group'],
    ['grief group, no prayers', 'Grief group'],
  ])('does not match: %s', (q, first) => {
    const { names, missing } = found(
      [
        { ...named('Grief group in faith'), summary: 'Church and prayer' },
        { ...named('Grief group'), summary: 'Tea and talk' },
      ],
      q,
    );
    expect(names[0]).toBe(first);
    expect(names[1]).toMatch(/^~/);
    expect(missing).toEqual([]);
  });

  it('what somebody lacks is what they need', () => {
    expect([...readAsides('no money, no food, without papers').unwanted]).toEqual([]);
    expect([...readAsides('meditation, not Buddhist').unwanted]).toEqual(['buddhist']);
    expect([...readAsides('ill but not diagnosed, tired but not in bed').unwanted]).toEqual([]);
  });
});

describe('what takes nobody now', () => {
  it('comes after what fits as well and does', () => {
    const full = { ...named('Counselling by the sea'), availability: { state: 'full' as const } };
    expect(found([full, named('Counselling in town')], 'counselling').names[0]).toBe('Counselling in town');
    const again = { ...full, availability: { state: 'full' as const, until: '2020-01-01' } };
    expect(found([again, named('Counselling in town')], 'counselling').names[0]).toBe('Counselling by the sea');
  });
});
