/** Text that was written as UTF-8 and read as Windows-1252, once or twice, on its way here: 'CafÃ©', 'â€™'. */

const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Windows-1252 byte of a character beyond ASCII. */
const BYTE = new Map<string, number>([
  ...[...HIGH].map((character, index): [string, number] => [character, 0x80 + index]),
  ...Array.from({ length: 96 }, (_, index): [string, number] => [String.fromCharCode(0xa0 + index), 0xa0 + index]),
]);
const RUN = new RegExp(`[${HIGH}\\u00a0-\\u00ff]{2,}`, 'g');
/** What UTF-8's first bytes look like in Windows-1252, followed by what its later bytes do. */
const SUSPECT = new RegExp(`[\\u00c2-\\u00f4][${HIGH}\\u00a0-\\u00bf]`);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text as it was meant. What is no such accident is left alone. */
export function unscramble(text: string): string {
  let mended = text;
  for (let round = 0; round < 3 && SUSPECT.test(mended); round++) {
    const next = mended.replace(RUN, (run) => {
      try {
        return utf8.decode(Uint8Array.from([...run], (character) => BYTE.get(character) ?? 0));
      } catch {
        return run;
      }
    });
    if (next === mended) break;
    mended = next;
  }
  return mended;
}
