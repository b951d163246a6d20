/** How much sense a character makes where it stands, in texts of the United Kingdom. */

/** Accented letters that English, Welsh and the names of neighbours have. */
const COMMON = /[àáâäçèéêëìíîïñòóôöùúûüýŵŷ]/;
/** Those of Portugal, Germany and the north, which names have now and then. */
const RARE = /[ãåæõøœß]/;
const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const isUpper = (character: string): boolean => /\p{Lu}/u.test(character);
const isDigit = (character: string): boolean => /\d/.test(character);
const isBlank = (character: string): boolean => character === '' || /\s/.test(character);

/**
 * Above 0 where it makes sense, below where it does not.
 * @param before the text before it, its last letters at least; '' at the beginning of a line
 * @param after the text behind it
 */
export function senseOf(character: string, before: string, after: string): number {
  const [previous, next] = [before.at(-1) ?? '', after[0] ?? ''];
  if (/[\ufffd\u0080-\u009f]/.test(character)) return -20;
  if (isLetter(character)) return senseOfLetter(character, previous, next);
  switch (character) {
    case '’':
      // 'women’s', 'we’re', 'boys’ club'.
      if (isLetter(previous) && /^(?:s|t|d|m|re|ll|ve)\b/i.test(after)) return 5;
      return isLetter(previous) ? 2 : -1;
    case '‘':
    case '“':
      return !isLetter(previous) && (isLetter(next) || isDigit(next)) ? 2 : -1;
    case '”':
      return !isBlank(previous) && !isLetter(next) ? 2 : -1;
    case '£':
      return isDigit(next) || (isBlank(next) && isDigit(after[1] ?? '')) ? 4 : 0;
    case '€':
      return isDigit(next) ? 2 : -1;
    case '–':
    case '—':
      return (isBlank(previous) && isBlank(next)) || (isDigit(previous) && isDigit(next)) ? 2 : 0.5;
    case '…':
      return isLetter(previous) && !isLetter(next) ? 1 : -1;
    case '°':
      return isDigit(previous) ? 2 : -1;
    case '½':
    case '¼':
    case '¾':
      return isDigit(previous) || isBlank(previous) ? 1 : -1;
    case '•':
    case '·':
      return isBlank(next) || isBlank(previous) ? 1 : -1;
    case '\u00a0':
      return isLetter(previous) && isLetter(next) ? 1.5 : 0.5;
    case '®':
    case '©':
    case '™':
      return 0.5;
    default:
      return -4;
  }
}

function senseOfLetter(letter: string, previous: string, next: string): number {
  const within = isLetter(previous) || isLetter(next);
  const lower = letter.toLowerCase();
  if (!COMMON.test(lower) && !RARE.test(lower)) return -4;
  if (isDigit(previous) || isDigit(next)) return -3;
  if (!within) return -2;
  if (!isUpper(letter)) return isUpper(previous) && !isLetter(next) ? -1 : RARE.test(lower) ? 1 : 2;
  // 'CafÈ' is no word, 'CAFÉ' and 'Été' are.
  if (isLetter(previous)) return isUpper(previous) ? 2 : -4;
  return isLetter(next) ? 1 : -2;
}
