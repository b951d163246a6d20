import { lookUp } from '../look-up.ts';

/**
 * Names that people in the United Kingdom use for their languages, where those of the platform (CLDR) are missing, too
 * broad, or not what a speaker says.
 */
const OWN_NAMES: Readonly<Record<string, string>> = {
  ase: 'American Sign Language',
  bfi: 'British Sign Language',
  bn: 'Bengali',
  ckb: 'Kurdish (Sorani)',
  cmn: 'Mandarin',
  fa: 'Farsi (Persian)',
  gn: 'Guaraní',
  hac: 'Gorani',
  isg: 'Irish Sign Language',
  kmr: 'Kurdish (Kurmanji)',
  pnb: 'Punjabi (Western)',
  prs: 'Dari',
  rmn: 'Romani',
  rn: 'Kirundi',
  rom: 'Romani',
  sgn: 'Sign language',
  syl: 'Sylheti',
  tw: 'Twi',
  yue: 'Cantonese',
};

const platform = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'none' });
const known = new Map<string, string>();

/**
 * The English name of a language: 'Turkish', 'British Sign Language'.
 * @param tag BCP 47
 * @returns for a tag that nobody knows, the tag itself in words: 'Another language (xyz)'
 */
export function describeLanguage(tag: string): string {
  let name = known.get(tag);
  if (name === undefined) {
    name = lookUp(OWN_NAMES, tag) ?? nameFromPlatform(tag) ?? `Another language (${tag})`;
    // The keys come from checked listings; the bound is for whoever calls this with what a stranger typed.
    if (known.size < 1000) known.set(tag, name);
  }
  return name;
}

function nameFromPlatform(tag: string): string | undefined {
  try {
    return platform.of(tag);
  } catch {
    return undefined;
  }
}
