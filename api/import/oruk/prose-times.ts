import { parseByDay } from '../../domain/recurrence.ts';
import type { Schedule } from '../../domain/service.ts';
import { weekdaysIn } from './weekdays-in-words.ts';

/**
 * What the description of a service says of when it meets, where that takes the hours of its schedules back: 'We meet
 * fortnightly', 'The group is not meeting at the moment'. It is prose, and makes the dates unknown; sentences of when it
 * begins, pauses or runs at all are read as words beside the hours are.
 */

/** Longer ones say more than one thing. */
const LONGEST = 200;

const RARER =
  /\b(?:fortnightly|every (?:other|second) (?:week|\w+day)|(?:every|each|once a) fortnight|(?:on )?alternate (?:weeks|\w+days)|(?:once|twice) a month|monthly|(?:1st|2nd|3rd|4th|first|second|third|fourth|last)(?:\s+(?:and|&)\s+(?:1st|2nd|3rd|4th|first|second|third|fourth|last))*\s+(?:\w+days?|mon|tues?|weds?|thurs?|fri|sat|sun)\b.{0,12}\bmonth)\b/i;
/** 'The lunch club (fortnightly)'. */
const RARER_IN_BRACKETS =
  /\((?:runs |meets |held )?(?:fortnightly|monthly|bi-?weekly|alternate weeks|every (?:other|second) week)\)/i;
/** How it may be said of what is not called by one of the names below, where the weekday is named. */
const MEETS_ANYHOW = /\b(?:meets?|meeting|runs?|held|takes? place|gathers?)\b/i;
const MEETS =
  /\b(?:we|group|club|cafe|café|lunch|it|sessions?|meetings?|class(?:es)?|this|events?|space|drop-?in|choir|band|walks?|hub|forum|project|circle|service|programme|course|clinic)\b.{0,40}?\b(?:meets?|runs?|opens?|(?:is|are) (?:a |an |held|open|on)|take(?:s)? place|gathers?|held)\b|^(?:meets?|runs?|held|open)\b/i;
/** They say how often something of theirs happens, and not they. */
const OTHERS =
  /\b(?:newsletters?|committee|trips?|outings?|speakers?|as well|also|includ\w*|activities|special|e\.?g\.?)\b/i;

const NOT_RUNNING =
  /\b(?:we|group|club|cafe|café|it|sessions?|meetings?|class(?:es)?|service|this|drop-?in)\b.{0,20}?\b(?:is|are|has been|have been)\s+(?:(?:currently|temporarily|now)\s+)?(?:not\s+(?:currently\s+)?(?:meeting|running|open|taking place|being held|operating)|suspended|paused|on hold|cancelled|closed)\b/i;
/** It is no more, or not until somebody says so. */
const GONE =
  /\b(?:this|the|our|we|it)\b[^.]{0,30}?\b(?:has|have)\s+(?:now |sadly |permanently |recently )*(?:closed|ended|ceased|stopped|finished|folded)\b|\b(?:is|are)\s+(?:now )?(?:permanently closed|closed permanently|no longer (?:running|meeting|operating|open))\b|\b(?:service|group|club|class|caf[eé]|project|sessions?)\s+no longer (?:runs?|meets?|operates?|exists?)\b(?! (?:at|in)\b)|\bno (?:sessions?|meetings?|class(?:es)?|groups?)\b.{0,30}?\b(?:until|at present|at the moment|currently|for now|for the time being)\b/i;
const FOR_NOW =
  /\b(?:at the moment|at present|currently|temporarily|for now|until further notice|for the time being|this (?:month|term|winter|summer)|until (?:further|january|february|march|april|may|june|july|august|september|october|november|december|we))\b/i;
const PARTS =
  /\bclosed to\b|\b(?:referrals?|registrations?|enrol\w*|lists?|transport|website|waiting lists?|applications?|bookings?|membership|kitchen|lift|toilets?|car park|entrance)\b/i;

const MONTH = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,7}';
/** A day, or a part of the year, on which something begins or ends. */
const DAY_SAID = new RegExp(
  `\\b\\d{1,2}(?:st|nd|rd|th)?\\s(?:of\\s)?${MONTH}\\b|\\b${MONTH}\\s\\d{1,2}(?:st|nd|rd|th)?\\b|\\b\\d{1,2}/\\d{1,2}/\\d{2,4}\\b|\\b(?:until|till?|in|from|over|for|during)\\s(?:the\\s)?(?:${MONTH}|new year|spring|summer|autumn|easter|christmas|xmas|half[- ]?term|further notice)\\b`,
  'i',
);
/** Said of the whole at the beginning of a sentence, or of what the listing is called. */
const OF_IT =
  '(?:^|^(?:please note|note|nb|n\\.b\\.|important|update)[:;,.!–-]*\\s|\\b(?:we|it|this|the|our|there)\\b[^.]{0,30}?\\b)';
const BEGINS = new RegExp(
  `${OF_IT}\\s?(?:will |is |are |be |sessions? |classes )*(?:starts?|starting|begins?|beginning|commences?|commencing|restarts?|restarting|resumes?|resuming|re-?opens?|re-?opening|returns?|returning|back|next (?:meeting|session|one|date)|term starts)\\b`,
  'i',
);
const PAUSES = new RegExp(
  `${OF_IT}\\s?(?:will |is |are |be |now |currently |temporarily )*(?:closed|not (?:be )?(?:meeting|running|open|held)|no (?:sessions?|meetings?|class(?:es)?|groups?|clubs?)\\b|(?:having |taking )?a break|cancelled|suspended|(?:do|does) not (?:meet|run|open))`,
  'i',
);
const TERM = /\bterm[\s-]?times?\b/i;
/** Of former days, of others, or of what is not the whole. */
const FORMER = /\b(?:was|were|since|founded|established|began|started|opened|launched|formed|had been|used to)\b/i;

/** Whether all years that it names are gone: 'We are closed from 23 December 2023 until 4 January 2024'. */
function isOver(sentence: string, asOf: string): boolean {
  const years = [...sentence.matchAll(/\b(20\d\d)\b|\d\/(\d\d)\b(?!\/)/g)].map(
    ([, year, short]) => year ?? `20${short}`,
  );
  return years.length > 0 && years.every((year) => year < asOf.slice(0, 4));
}

/**
 * The sentences that say from when on or until when it meets, or when not: 'We will be closed from 18 December to 4
 * January', 'Starts 12 January', 'Sessions run in term time'.
 * @param asOf 'YYYY-MM-DD', the day on which it was written: what was so in the years before it is over
 */
export const datedSentences = (description: string, asOf: string): string[] =>
  sentencesOf(description).filter((sentence) => {
    if (isOver(sentence, asOf)) return false;
    if (PARTS.test(sentence) || FORMER.test(sentence) || OTHERS.test(sentence)) return false;
    if (TERM.test(sentence) && (MEETS.test(sentence) || /^(?:during |in )?term[\s-]?time/i.test(sentence))) return true;
    return DAY_SAID.test(sentence) && (BEGINS.test(sentence) || PAUSES.test(sentence));
  });

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?])\s+|[\n\r]+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '' && sentence.length <= LONGEST);

/**
 * @param schedules what the service is said to be open at
 * @returns the sentence that takes them back; null where none does
 */
export function proseAgainst(description: string, schedules: readonly Schedule[]): string | null {
  const sentences = sentencesOf(description);
  const stopped = sentences.find(
    (sentence) =>
      ((NOT_RUNNING.test(sentence) && FOR_NOW.test(sentence)) || GONE.test(sentence)) && !PARTS.test(sentence),
  );
  if (stopped !== undefined) return stopped;
  // Of a service with several times, the sentence may be about one of them.
  const [only, ...others] = schedules;
  if (!only || others.length > 0 || only.freq !== 'WEEKLY' || only.interval !== 1 || only.byday === undefined)
    return null;
  const days = parseByDay(only.byday).map(({ weekday }) => weekday);
  if (days.length !== 1) return null;
  const isOfIt = (sentence: string) => {
    const named = [...weekdaysIn(sentence)];
    return named.length === 0 || (named.length === 1 && named[0] === days[0]);
  };
  const saysRarer = (sentence: string) =>
    (RARER.test(sentence) &&
      (MEETS.test(sentence) || (MEETS_ANYHOW.test(sentence) && weekdaysIn(sentence).size === 1))) ||
    RARER_IN_BRACKETS.test(sentence);
  return sentences.find((sentence) => saysRarer(sentence) && !OTHERS.test(sentence) && isOfIt(sentence)) ?? null;
}
