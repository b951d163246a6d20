import { describeLanguage } from '../words/languages.ts';

/** From what people call a language to its tag. */

/**
 * What people in the United Kingdom call their languages beside the names that pages show, and the tags that stand for
 * themselves here though the standard counts them to a larger language.
 */
const ALSO: Readonly<Record<string, string>> = {
  bsl: 'bfi',
  'british sign': 'bfi',
  'sign language': 'bfi',
  asl: 'ase',
  isl: 'isg',
  kurdish: 'ku',
  sorani: 'ckb',
  kurmanji: 'kmr',
  chinese: 'zh',
  mandarin: 'cmn',
  putonghua: 'cmn',
  cantonese: 'yue',
  punjabi: 'pa',
  panjabi: 'pa',
  farsi: 'fa',
  persian: 'fa',
  dari: 'prs',
  gaelic: 'gd',
  'scots gaelic': 'gd',
  'scottish gaelic': 'gd',
  tagalog: 'fil',
  filipino: 'fil',
  sylheti: 'syl',
  bangla: 'bn',
  pashtu: 'ps',
  pushto: 'ps',
  flemish: 'nl',
  moldovan: 'ro',
  kirundi: 'rn',
  romani: 'rom',
  romany: 'rom',
  somalian: 'so',
  'brazilian portuguese': 'pt',
  sinhalese: 'si',
  nepalese: 'ne',
  myanmar: 'my',
};

/** Three-letter tags that are kept as they are: what people say is narrower than the language that the standard makes of it. */
const KEPT = new Set([
  'bfi',
  'ase',
  'isg',
  'ckb',
  'kmr',
  'cmn',
  'yue',
  'pnb',
  'prs',
  'syl',
  'fil',
  'rom',
  'rmn',
  'hac',
]);

/** As names are compared: no case, no accents, no punctuation. */
export const nameKey = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
/** Without the codes that others took the place of: 'ji' for Yiddish, 'iw' for Hebrew. */
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
  (tag) => Intl.getCanonicalLocales(tag)[0] === tag,
);
/** Languages without a tag of two letters that are spoken in the United Kingdom (Census 2021 and its like). */
const LONG_TAGS =
  'ace ach aeb arq ary arz ase awa bal bem bej bfi bho bin byn ceb ckb cmn din efi fil fon gan gsw hac hak hif hil hmn ibb ilo isg kam kea kha kln kmb kmr knn kok kri lou luo lus luy mad mag mai men mer mfe mni mos nan nap nso nup nus pap pcm pnb prs rif rmn rom rup sat scn sco sgn shi skr srn sus syl szl tcy tem tig tiv tpi tum umb vec vmw war wal wol wuu yue zgh zza'.split(
    ' ',
  );
const isNamed = (tag: string): boolean => !describeLanguage(tag).startsWith('Another language');
let named: string[] | null = null;
const namedTags = (): string[] => {
  named ??= [...PAIRS, ...LONG_TAGS].filter(isNamed);
  return named;
};

let english: Map<string, string> | null = null;
let own: Map<string, string> | null = null;

/** English names, whole first, so that 'Kurdish' is a language of its own; then without what stands in brackets. */
function englishNames(): Map<string, string> {
  if (english) return english;
  english = new Map(Object.entries(ALSO));
  for (const part of [(name: string) => name, (name: string) => name.replace(/ ?\([^()]*\)/, '')])
    for (const tag of namedTags()) {
      const key = nameKey(part(describeLanguage(tag)));
      if (!english.has(key)) english.set(key, tag);
    }
  return english;
}

/** What languages call themselves: 'Cymraeg', 'polski', 'اردو'. */
function ownNames(): Map<string, string> {
  if (own) return own;
  own = new Map();
  for (const tag of namedTags()) {
    const name = nameInItself(tag);
    if (name !== undefined && !own.has(nameKey(name))) own.set(nameKey(name), tag);
  }
  return own;
}

function nameInItself(tag: string): string | undefined {
  try {
    return new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag);
  } catch {
    return undefined;
  }
}

/** The tag of a language by its English or own name; undefined where nobody knows it. */
export function tagOfName(name: string): string | undefined {
  const key = nameKey(name);
  return key === '' ? undefined : (englishNames().get(key) ?? ownNames().get(key));
}

/** English names, for suggestions. */
export const knownNames = (): Iterable<string> => englishNames().keys();

/** The tag that a code stands for: 'en-GB' and 'eng' are 'en', 'sgn-GB' is 'bfi'. Undefined for what is no code of a language. */
export function tagOfCode(code: string): string | undefined {
  const given = code.trim().replaceAll('_', '-').toLowerCase();
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/.test(given)) return undefined;
  const [first = '', second = ''] = given.split('-');
  if (first === 'sgn' && KEPT.has(second)) return second;
  // 'Several', 'not known', 'none': codes of no language.
  if (/^(?:mul|mis|und|zxx)$/.test(first)) return undefined;
  if (KEPT.has(first)) return first;
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(given);
    const tag = canonical.split('-')[0]!.toLowerCase();
    return isNamed(tag) ? tag : undefined;
  } catch {
    return isNamed(first) ? first : undefined;
  }
}
