import { isUtf8 } from 'node:buffer';
import { senseOf } from './plausible.ts';
import { characterOf, SINGLE_BYTE, type SingleByte } from './single-byte.ts';

/**
 * Turns bytes into text where nobody says in which encoding they are. What is UTF-8 is read as UTF-8, line by line and
 * letter by letter. The rest is read in the one single-byte encoding that makes most sense of the whole file.
 */

export interface GuessedText {
  text: string;
  encoding: 'UTF-8' | SingleByte;
  /** How many lines are not UTF-8, where others are. */
  mixed: number;
  /** Another encoding that makes about as much sense, with a word as each reads it; null where there is none. */
  rival: { encoding: SingleByte; here: string; there: string } | null;
}

/** Bytes beyond ASCII that are looked at for the encoding of the file. */
const MOST_LOOKED_AT = 20_000;
/** An encoding that makes at least this share of the sense of the best one is a rival. */
const SHARE = 0.75;

const utf8 = new TextDecoder();
const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    const next = end === -1 ? bytes.length : end + 1;
    yield bytes.subarray(start, next);
    start = next;
  }
}

/** Bytes of the character of UTF-8 that begins at a place, where it makes a letter or sign that people write; else 0. */
function utf8Length(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const character = bytes.subarray(at, at + length);
  if (length === 0 || character.length < length || !isUtf8(character)) return 0;
  return /^[\p{L}\p{M}\p{P}\p{S}\u00a0]$/u.test(utf8.decode(character)) ? length : 0;
}

/** The parts of a line: text that is settled, and bytes that are one letter each. */
function partsOf(line: Uint8Array): (string | number)[] {
  const parts: (string | number)[] = [];
  let settled = 0;
  for (let at = 0; at < line.length; ) {
    if (line[at]! < 0x80) {
      at++;
      continue;
    }
    const length = utf8Length(line, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (at > settled) parts.push(utf8.decode(line.subarray(settled, at)));
    parts.push(line[at]!);
    settled = ++at;
  }
  if (settled < line.length) parts.push(utf8.decode(line.subarray(settled)));
  return parts;
}

const textOf = (parts: readonly (string | number)[], encoding: SingleByte): string =>
  parts.map((part) => (typeof part === 'string' ? part : characterOf(part, encoding))).join('');

/** How much sense an encoding makes of a line. */
function senseOfLine(parts: readonly (string | number)[], encoding: SingleByte): number {
  const text = textOf(parts, encoding);
  let sense = 0;
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'number')
      sense += senseOf(text[at]!, text.slice(Math.max(0, at - 1), at), text.slice(at + 1, at + 4));
    at += typeof part === 'string' ? part.length : 1;
  }
  return sense;
}

/** The first word that two readings of a line differ in. */
function difference(
  lines: readonly (string | number)[][],
  one: SingleByte,
  other: SingleByte,
): { here: string; there: string } | null {
  for (const parts of lines) {
    const [here, there] = [textOf(parts, one), textOf(parts, other)];
    if (here === there) continue;
    let at = 0;
    while (here[at] === there[at]) at++;
    const [start, end] = [here.lastIndexOf(' ', at) + 1, here.slice(at).search(/[\s,;]/)];
    const wordOf = (text: string) =>
      text.slice(Math.max(start, at - 20), end === -1 ? at + 20 : at + end).replace(/^.*[,;"]/s, '');
    return { here: wordOf(here), there: wordOf(there) };
  }
  return null;
}

/** @param bytes of a whole file, without a mark of UTF-16 */
export function guessText(bytes: Uint8Array): GuessedText {
  if (isUtf8(bytes)) return { text: utf8.decode(bytes), encoding: 'UTF-8', mixed: 0, rival: null };
  const sample: (string | number)[][] = [];
  let looked = 0;
  let broken = 0;
  let proper = 0;
  for (const line of linesOf(bytes)) {
    if (isUtf8(line)) {
      if (!isAscii(line)) proper++;
      continue;
    }
    broken++;
    if (looked > MOST_LOOKED_AT) continue;
    const parts = partsOf(line);
    if (parts.some((part) => typeof part === 'string' && /[^\p{ASCII}]/u.test(part))) proper++;
    sample.push(parts.slice(0, MOST_LOOKED_AT));
    looked += parts.length;
  }
  const ranked = SINGLE_BYTE.map((encoding) => ({
    encoding,
    sense: sample.reduce((sum, parts) => sum + senseOfLine(parts, encoding), 0),
  })).sort((a, b) => b.sense - a.sense);
  const [best, second] = ranked as [(typeof ranked)[number], (typeof ranked)[number]];
  const rivals = second.sense > 0 && second.sense >= best.sense * SHARE;
  const differs = rivals ? difference(sample, best.encoding, second.encoding) : null;
  // Where nothing makes sense, the one that is most common.
  const encoding = best.sense > 0 ? best.encoding : 'Windows-1252';
  const lines = [...linesOf(bytes)].map((line) => (isUtf8(line) ? utf8.decode(line) : textOf(partsOf(line), encoding)));
  return {
    text: lines.join('').replace(/^\ufeff/, ''),
    encoding,
    mixed: proper > 0 ? broken : 0,
    rival: differs && { encoding: second.encoding, ...differs },
  };
}
