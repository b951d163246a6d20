import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { IDENTITY_DEFAULTS, type Identity, offeredCategories } from '../domain/identity.ts';
import { TAXONOMY_TERMS } from '../domain/taxonomy.ts';
import { homeNamed } from '../geocode/home-area.ts';
import { addDeed } from '../store/deeds.ts';
import { type Logo, writeIdentity, writeLogo } from '../store/identity.ts';

/** What owners change of their copy: checked whole, and kept whole or not at all. */

/** Bytes of a logo at most: it is loaded with every page. */
export const MOST_BYTES_OF_LOGO = 100 * 1024;

/** How files of each type begin (their specifications). What a file is called says nothing. */
const PICTURES: { type: string; begins: (bytes: Buffer) => boolean }[] = [
  { type: 'image/png', begins: (bytes) => bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', begins: (bytes) => bytes.subarray(0, 3).toString('latin1') === '\xff\xd8\xff' },
  {
    type: 'image/webp',
    begins: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  },
];

/** What was chosen for the logo: a new one, none, or the one that there is. */
export type LogoChoice = { put: Omit<Logo, 'version'> } | { fault: string } | 'take out' | 'leave';

/** A sentence for each field that cannot be kept, by its name. */
export type IdentityFaults = Partial<Record<keyof Identity | 'logo', string>>;

/** Reads a picture that was sent. SVG is refused: it may hold scripts, and would be served as ours. */
export function readPicture(bytes: Uint8Array): LogoChoice {
  const picture = Buffer.from(bytes);
  if (picture.length > MOST_BYTES_OF_LOGO)
    return {
      fault: `The logo has ${Math.ceil(picture.length / 1024)} kB. Make it smaller, at most ${MOST_BYTES_OF_LOGO / 1024} kB: every page loads it.`,
    };
  const type = PICTURES.find(({ begins }) => begins(picture))?.type;
  if (type) return { put: { type, bytes: picture } };
  return {
    fault:
      'The logo must be a PNG, JPEG or WebP picture. Save it as PNG: SVG is not taken, since it can hold programs.',
  };
}

/** Letters of each text at most. */
const LONGEST = { name: 60, welcome: 600, story: 1200 } as const;

/**
 * Keeps what an owner says, with its logo.
 * @param person the number of the owner
 * @returns what is wrong, by field; nothing was kept then
 */
export function changeIdentity(
  { db, change, now }: Directory,
  identity: Identity,
  logo: LogoChoice,
  person: number,
): IdentityFaults {
  const districts = districtsOf(identity.home);
  const faults = { ...faultsOf(identity), ...(typeof districts === 'string' && { home: districts }) };
  if (typeof logo === 'object' && 'fault' in logo) return { ...faults, logo: logo.fault };
  if (typeof districts === 'string' || Object.keys(faults).length > 0) return faults;
  change(() => {
    writeIdentity(db, { ...identity, home_districts: districts });
    if (logo === 'take out') writeLogo(db, null);
    else if (logo !== 'leave') writeLogo(db, logo.put);
    addDeed(db, { person, what: 'settings', whom: null, words: null }, now());
  });
  return {};
}

function faultsOf(identity: Identity): IdentityFaults {
  const faults: IdentityFaults = {};
  for (const [field, longest] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
    const length = identity[field].length;
    if (length > longest) faults[field] = `That has ${length} letters. Shorten it to ${longest} at most.`;
  }
  if (/[<>"\r\n]/.test(identity.name)) faults.name = 'Write the name on one line, without <, > and ".';
  const reached = z.union([z.literal(''), z.email(), z.url({ protocol: /^https?$/ })]);
  if (!reached.safeParse(identity.contact).success)
    faults.contact = 'Write an e-mail address such as hello@example.org, or a web page that begins with https://.';
  if (offeredCategories(identity).length === 0)
    faults.hidden_categories = 'Leave at least one category to choose from.';
  return faults;
}

/** The districts of an area that somebody named; or a sentence on what to write. */
function districtsOf(home: string): string[] | string {
  if (home === '') return [];
  const answer = homeNamed(home);
  if ('districts' in answer && answer.districts.length > 0) return answer.districts;
  return `‘${home.slice(0, 60)}’ is no council area or county that is known here. Write one such as Hackney or Derbyshire.`;
}

/** What was sent, with its defaults, and only categories and languages that there are. */
export const identitySent = (
  texts: Pick<Identity, 'name' | 'welcome' | 'story' | 'home' | 'contact'>,
  shown: { categories: readonly string[]; languages: readonly string[] },
  languages: readonly string[],
): Identity => ({
  ...IDENTITY_DEFAULTS,
  ...texts,
  hidden_categories: TAXONOMY_TERMS.flatMap(({ code }) => (shown.categories.includes(code) ? [] : [code])),
  // English is the language of the listings, and always offered.
  hidden_languages: languages.filter((tag) => tag !== 'en' && !shown.languages.includes(tag)),
});
