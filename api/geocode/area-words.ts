import { withoutEnd } from '../domain/trim.ts';
import type { LargerKind } from './larger-areas.ts';

/** What people write around the names of areas, and between them. */

/** Whom or what it is said of, before a name: 'people living in Hackney', 'the London boroughs of …'. */
const BEFORE =
  /^(?:(?:all|the|whole|entire|any|anywhere|everywhere|anyone|anybody|everyone|everybody|people|persons|residents?|adults|those|who|live|living|lives|based|available|open|to|for|in|of|from|within|across|throughout|covering|covers|serving|serves|only|areas?|parts|district|districts|boroughs?|counties|county|city|cities|councils?|towns?|wards?|parish|parishes|london|metropolitan|royal|postcodes?|post|codes?|postal|beginning|starting|with|nhs|lb|rb|llywodraeth|cyngor|sir)\b[\s:.,-]*)+/i;
/** The last of the words after one. */
const LAST_WORD =
  /\b(?:only|residents?|areas?|postcodes?|post ?codes?|postal districts?|regions?|county|council|councils|boroughs?|city|district|districts|metropolitan|local authority|authority|combined|mayoral|parish|town|village|wards?|wide|integrated|care|board|boards|partnership|system|icb|ics|ccg|nhs|health|university|local|lhb|trust)$/i;
/** 'Hackney (all wards)': behind a name, that nothing of it is left out. */
const ALL_OF_IT =
  /\s{0,2}\((?:all (?:areas|wards|boroughs|districts|postcodes)|whole (?:area|borough|county|city)|only)\)$/i;
/** No word of {@link LAST_WORD} is longer. */
const LONGEST_WORD = 30;

/** A name without what is written around it; as it is where nothing is, or where nothing else would be left. */
export function withoutWordsAround(text: string): string {
  const trimmed = text.trim().replace(ALL_OF_IT, '');
  // 'Sheffield City Region' is much more than Sheffield.
  if (/\bcity[\s-]region$/i.test(trimmed)) return trimmed;
  const before = BEFORE.exec(trimmed)?.[0] ?? '';
  const rest = before.length < trimmed.length ? trimmed.slice(before.length) : trimmed;
  const bared = withoutLastWords(rest).trim();
  // 'All of London', 'London wide': that name is among the words before others as well.
  const isAllBefore = bared === '' || before.length === trimmed.length;
  const london = isAllBefore ? /\b(?:city of )?london$/i.exec(withoutLastWords(trimmed))?.[0] : undefined;
  if (london !== undefined) return london;
  return bared === '' ? rest : bared;
}

function withoutLastWords(text: string): string {
  let end = withoutEnd(text, '.').length;
  let rest = text;
  for (;;) {
    const word = LAST_WORD.exec(text.slice(Math.max(0, end - LONGEST_WORD), end))?.[0];
    if (word === undefined) return rest;
    rest = withoutEnd(text.slice(0, end - word.length), ',.-');
    end = rest.length;
  }
}

/** What a name is said to be, where the words around it say so: null where they do not. */
export function kindSaid(text: string): readonly (LargerKind | 'district' | 'ward' | 'town')[] | null {
  if (/\b(icb|ics|integrated care)\b/i.test(text)) return ['care'];
  if (/^nhs\b|\b(health board|lhb)\b/i.test(text)) return ['health', 'care'];
  if (/\bcombined (county )?authority\b/i.test(text)) return ['combined', 'county'];
  if (/\bregion\b/i.test(text)) return ['region'];
  if (/\b(county council|county)\s*$|^county of\b/i.test(text)) return ['county', 'ceremonial', 'district'];
  if (/\bward\s*$|^ward of\b/i.test(text)) return ['ward'];
  if (/\b(parish|town|village)\b/i.test(text)) return ['town'];
  return null;
}

/** 'Devon (except Plymouth and Torbay)', 'Kent, excluding Medway'. */
const EXCEPT =
  /^(.{1,200}?)[\s,(–-]+(?:except(?:ing)?(?: for)?|excluding|excl\.?|not including|but not|apart from|other than|(?<=\()not(?: in)?)\s+([^()]{1,200}?)\)?\.?$/i;

/** An area, and what is taken out of it; null where the words take out nothing. */
export function exceptSaid(text: string): { area: string; without: string } | null {
  const [, area, without] = EXCEPT.exec(text.trim()) ?? [];
  return area === undefined || without === undefined ? null : { area, without };
}

/** 'Hackney and surrounding areas', 'Truro (and the villages around it)', 'Fakenham and district'. */
const AROUND =
  '(?:surrounding|surrounds|surroundings|neighbouring|nearby|adjoining|adjacent|bordering|outlying|around|environs)';
const PLACES =
  '(?:areas?|regions?|districts?|boroughs?|counties|councils?|towns?|villages?|hamlets?|parishes|communities|neighbourhoods?|postcodes?|wards?|places?|countryside|estates?)';
const SURROUNDED = new RegExp(
  `^(.{1,200}?)[\\s,(]+(?:and|&|\\+|plus|with|or)\\s+(?:(?:the|its|all|any|other|some|immediate|immediately|local|rural)\\s+)*(?:${AROUND}(?:\\s+(?:local|rural|${PLACES}|and|&|,))*|${PLACES}\\s+(?:around|nearby)(?:\\s+it)?|district)\\)?\\.?$`,
  'i',
);
const IN_AND_AROUND = /^(?:people |residents )?(?:living |based )?in (?:and|&|or) around (.{1,200}?)\.?$/i;

/** The area whose surroundings are said to belong to it; null where none are. */
export const surroundedSaid = (text: string): string | null =>
  (SURROUNDED.exec(text.trim()) ?? IN_AND_AROUND.exec(text.trim()))?.[1] ?? null;

/** 'Parts of Hackney', 'some wards of Leeds', 'most of E5': less than the area that is named. */
const PARTLY =
  /^(?:(?:in|for|only|covers|covering|serving) )*(?:(?:(?:some|certain|selected|many|most|other|various|the) )*(?:parts?|bits|sections?|areas|neighbourhoods|estates|villages)|(?:some|certain|selected|many|most|various) (?:wards|postcodes|boroughs|districts)|most|some|much|(?:the )?(?:northern|southern|eastern|western|central|rural) (?:parts?|areas?|end|half)) (?:of|in|within) (?!the (?:borough|city|district|county|country|uk)\b)/i;

/** What stands behind 'parts of'; null where nothing of it is left out. */
export function partlySaid(text: string): string | null {
  const before = PARTLY.exec(text.trim())?.[0];
  return before === undefined ? null : text.trim().slice(before.length);
}

/** 'Everywhere', 'nationwide', 'UK wide', 'across the whole country': folded. */
const EVERYWHERE =
  /^(?:(?:anywhere|everywhere|anybody|anyone|everybody|everyone|national|nationally|nationwide|(?:uk|country|nation) ?wide|no restrictions?|unrestricted|open to (?:all|anyone|everyone))|(?:all of|all|whole of|the whole|the whole of|across|throughout|anywhere in|everywhere in) (?:the )?(?:whole )?(?:uk|united kingdom|country))$/;

/** Whether folded words mean that nobody is turned away for where they live. */
export const saysEverywhere = (folded: string): boolean => EVERYWHERE.test(folded);

/** 'Borough-wide', 'the whole of the district', 'county wide': folded. */
const HOME =
  /^(?:(?:all|the|whole|entire|across|throughout|of|within|in|our|this)\s)*(borough|district|city|council|authority|local authority|town|county)(?: ?wide| area)?$/;

/** The kind of area that folded words name without naming it: that of whoever says so. Null where they do not. */
export function homeSaid(folded: string): 'district' | 'county' | null {
  const [, kind] = HOME.exec(folded) ?? [];
  if (kind === undefined) return null;
  return kind === 'county' ? 'county' : 'district';
}

/** Between areas whatever they are called. */
const BREAKS = /[;\n|•·]+/;
/** Between areas, and in the names of some: 'Hammersmith and Fulham', 'Homerton, Hackney'. */
const JOINS = /( ?, ?(?:and |& ?)?| ?[/+&] ?| (?:and|or|plus|ac?) )/i;

/** A text in parts that no name goes across: each as its words and, between them, what joins them. */
export const partsOfList = (text: string): { words: string[]; joins: string[] }[] =>
  text
    .split(BREAKS)
    .map((part) =>
      part
        .trim()
        .replace(/\s+/g, ' ')
        .replace(/^[-–*] /, ''),
    )
    .filter((part) => part !== '')
    .map((part) => {
      const pieces = part.split(JOINS);
      return {
        words: pieces.filter((_, at) => at % 2 === 0).map((word) => word.trim()),
        joins: pieces.filter((_, at) => at % 2 === 1),
      };
    });
