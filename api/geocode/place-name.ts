/**
 * A name with case, accents and punctuation taken away: 'Ynys Môn' and 'ynys mon', 'Brighton & Hove' and 'brighton and
 * hove', 'St. Mary's' and 'st marys' come to the same.
 */
export const fold = (text: string): string => {
  const isPlain = ASCII.test(text);
  const letters = isPlain ? text.toLowerCase() : text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  return letters
    .replace(/['’‘ʼ`]/g, '')
    .replaceAll('&', ' and ')
    .replace(isPlain ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\bsaint\b/g, 'st')
    .trim();
};

/** Nearly all names are, and there are twenty thousand of them. */
const ASCII = /^[\x20-\x7e]*$/;

/** 'city of hull', 'the london borough of hackney', 'homerton ward': a folded name without what is said around it. */
export const bare = (folded: string): string =>
  folded
    .replace(/^(the )?((royal |london |metropolitan )*borough|city|county|isle) of /, '')
    .replace(/^(the|county) /, '')
    .replace(/ (city|city of|county of|ward|district|borough|council)$/, '');

/** 'Newcastle upon Tyne' is called Newcastle, 'Southend-on-Sea' Southend: what a folded name is short for. */
export const shortOf = (folded: string): string | null => /^(.+?) (upon|on|under|in|by) /.exec(folded)?.[1] ?? null;
