import type { PhoneType } from './phone.ts';

/** The words that stand around a number: what it is for, and what is said of it. */

/** Both the telephone and another machine answer it. */
const ALSO_VOICE =
  /\b(?:tel(?:ephone)?|phone|call|ring|voice)\b.{0,12}\b(?:fax|texts?|sms|whatsapp)\b|\b(?:fax|texts?|sms)\b.{0,12}\b(?:tel(?:ephone)?|phone|calls?|ring|voice)\b/i;
const NO_TEXTS = /\b(?:no|not|don['’]?t|cannot|can['’]?t)\b.{0,12}\b(?:texts?|sms|fax)\b|\bvoice\b.{0,6}\bonly\b/i;
/** 'Text is fine': one may, and one may ring as well. */
const MAY = /\b(?:fine|ok(?:ay)?|welcome|too|also|as well|available|possible|preferred|if|can)\b/i;

const TEXTPHONE = /\b(?:text ?phones?|minicom|type ?talk|tty|text relay|relay ?uk)\b/i;
const FAX = /\b(?:fax|facsimile)\b|^\W*f\W*$/i;
const TEXT = /\b(?:texts?|sms|txt)\b/i;

/**
 * What a number is for by the words around it; undefined where they do not say.
 * @param before they stand before the number, so that 'text' asks for one
 */
export function typeIn(words: string, before: boolean): PhoneType | undefined {
  if (TEXTPHONE.test(words)) return 'textphone';
  if (NO_TEXTS.test(words) || ALSO_VOICE.test(words)) return 'voice';
  if (FAX.test(words)) return MAY.test(words) ? undefined : 'fax';
  if (!TEXT.test(words) || MAY.test(words)) return undefined;
  return before || /\bonly\b/i.test(words) || beyondType(words) === '' ? 'text' : undefined;
}

/** Words that only say that a number is one. */
const LABEL =
  /^(?:our |the )?(?:tel(?:ephone)?|tele?|phone|ph|[tpfm]|call(?: us)?(?: on)?|ring(?: us)?(?: on)?|dial|contact|number|no|telephone (?:no|number)|phone (?:no|number)|voice|us|on|at|or|and)[.:\s-]*$/i;
/** Words that say no more than the type does. */
const ONLY_TYPE =
  /^(?:by )?(?:text ?phones?|minicom|fax|facsimile|texts?|sms|text (?:us|to|messages?)|relay uk|text relay)(?: (?:only|number|no|on))*[.:\s-]*$/i;

const EDGES = /[\s,;:|/&–-]/;

/** Without the separators at its ends, and without brackets around the whole or bereft of their other half. */
export function trimmed(words: string): string {
  let [start, end] = [0, words.length];
  for (;;) {
    while (start < end && EDGES.test(words[start]!)) start++;
    while (end > start && EDGES.test(words[end - 1]!)) end--;
    const text = words.slice(start, end);
    const opens = text.startsWith('(');
    const closed = text.indexOf(')');
    if (opens && (closed === -1 || closed === text.length - 1)) start++;
    else if (text.endsWith(')') && !text.includes('(')) end--;
    else return text;
  }
}

/** What words say beyond what a number is for; '' where they say nothing more. */
export function beyondType(words: string): string {
  const text = trimmed(trimmed(words).replace(/^(?:or|and)\b(?!\s\d+$)/i, '')).replace(/\s(?:to|on|at)$/i, '');
  return LABEL.test(text) || ONLY_TYPE.test(text) || !/[\p{L}\d]/u.test(text) ? '' : text;
}

/**
 * The words between two numbers, parted into what is said of the first and of the second.
 * @param labelled words stood before the first number, so words before the second are probably its own
 */
export function parted(words: string, labelled: boolean): [string, string] {
  const strong = Math.max(words.lastIndexOf(';'), words.lastIndexOf('|'), words.lastIndexOf('\n'));
  if (strong >= 0) return [words.slice(0, strong), words.slice(strong + 1)];
  const bracket = /^\s*\([^()]*\)/.exec(words);
  if (bracket) return [bracket[0], words.slice(bracket[0].length)];
  const connector = [...words.matchAll(/[,/&]|\b(?:or|and)\b/gi)].at(-1);
  if (connector) return [words.slice(0, connector.index), words.slice(connector.index + connector[0].length)];
  const before = labelled || /:\s*$/.test(words) || typeIn(words, true) !== undefined || beyondType(words) === '';
  return before ? ['', words] : [words, ''];
}
