import type { Listing } from '../../domain/service.ts';

/**
 * For whom alone a listing is, and by which words of a search somebody says that they are among them. A restriction that
 * none of these words is in keeps nobody from anything: it is for people to read.
 */
const AUDIENCES = {
  women: `women womens woman ladies lady girls girl females female mothers mother mums mum moms mom mam sisters sister wife nan gran
    grandma daughter baby pregnant pregnancy maternity birth postnatal breastfeeding abuse violence domestic coercive refuge rape hits hit beats`,
  men: `men mens man dads dad fathers father males male gents gentlemen blokes bloke lads lad boys boy brothers brother husband
    grandad son shed ex separated abuse violence domestic coercive refuge rape hits hit beats`,
  lgbtq: 'lgbt lgbtq lgbtqi lgbtqia gay lesbian lesbians bisexual bi trans transgender nonbinary binary queer pride',
  forces: 'veterans veteran forces army navy naval raf military soldier soldiers marines served regiment servicemen',
  carers: 'carers carer caring care cares respite',
  refugees: 'refugees refugee asylum seekers seeker migrants migrant immigrants visa papers english esol',
  volunteers: `volunteers volunteer volunteering voluntary befriender befrienders mentor trustee trustees listener giving others
    role roles donate`,
} as const;
type Audience = keyof typeof AUDIENCES;

const NAMES = Object.keys(AUDIENCES) as Audience[];
const BIT = Object.fromEntries(NAMES.map((name, at) => [name, 1 << at])) as Record<Audience, number>;
const BY_WORD = new Map<string, number>();
for (const name of NAMES)
  for (const word of AUDIENCES[name].split(/\s+/)) BY_WORD.set(word, (BY_WORD.get(word) ?? 0) | BIT[name]);

/** The audiences that some words name, a bit for each. */
export const audiencesNamed = (words: readonly string[]): number =>
  words.reduce((bits, word) => bits | (BY_WORD.get(word) ?? 0), 0);

/** Words for many of a kind, which ask for what is theirs: 'men', not 'a man follows me'. */
const ASKING: Record<'women' | 'men', ReadonlySet<string>> = {
  women: new Set(['women', 'womens', 'ladies', 'girls', 'mothers', 'mums']),
  men: new Set(['men', 'mens', 'dads', 'fathers', 'gents', 'blokes', 'lads']),
};

/** The audiences of which who asks so is none: of women who asks for men, and the other way round. */
export function audiencesRuledOut(words: readonly string[]): number {
  const women = words.some((word) => ASKING.women.has(word));
  const men = words.some((word) => ASKING.men.has(word));
  if (women === men) return 0;
  return women ? BIT.men : BIT.women;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** For whom alone a listing is, a bit for each; 0 where it is for everybody, or for people whom no word here names. */
export function audiencesOf({ service }: Listing): number {
  const kept = audiencesNamed(service.eligibility.restrictions.flatMap(wordsOf));
  const isRole = service.kind === 'volunteering' || service.taxonomy_terms[0] === 'volunteering';
  return isRole ? kept | BIT.volunteers : kept;
}

/** For whom who asked does not say that they are; a role is not what most people look for. */
const UNNAMED = 0.5;
const UNNAMED_ROLE = 0.25;

/**
 * What the fit of a listing keeps that is for some people only.
 * @param kept for whom alone it is
 * @param named whom the words name
 */
export function shareForAudience(kept: number, named: number): number {
  if ((kept & BIT.volunteers) !== 0 && (named & BIT.volunteers) === 0) return UNNAMED_ROLE;
  const people = kept & ~BIT.volunteers;
  return people !== 0 && (people & named) === 0 ? UNNAMED : 1;
}
