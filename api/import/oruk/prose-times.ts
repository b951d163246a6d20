import { parseByDay } from '../../domain/recurrence.ts';
import type { Schedule } from '../../domain/service.ts';
import { weekdaysIn } from './weekdays-in-words.ts';

/**
 * What the description of a service says of when it meets, where that takes the hours of its schedules back: 'We meet
 * fortnightly', 'The group is not meeting at the moment'. It is prose and is not read for dates; it makes them unknown.
 */

/** Longer ones say more than one thing. */
const LONGEST = 200;

const RARER =
  /\b(?:fortnightly|every (?:other|second) (?:week|\w+day)|(?:every|each|once a) fortnight|(?:on )?alternate (?:weeks|\w+days)|(?:once|twice) a month|monthly|(?:1st|2nd|3rd|4th|first|second|third|fourth|last)(?:\s+(?:and|&)\s+(?:1st|2nd|3rd|4th|first|second|third|fourth|last))*\s+(?:\w+days?|mon|tues?|weds?|thurs?|fri|sat|sun)\b.{0,12}\bmonth)\b/i;
const MEETS =
  /\b(?:we|group|club|cafe|café|lunch|it|sessions?|meetings?|class(?:es)?|this|events?|space|drop-?in)\b.{0,40}?\b(?:meets?|runs?|(?:is|are) (?:a |an |held|open|on)|take(?:s)? place|gathers?|held)\b|^(?:meets?|runs?|held|open)\b/i;
/** They say how often something of theirs happens, and not they. */
const OTHERS =
  /\b(?:newsletters?|committee|trips?|outings?|speakers?|as well|also|includ\w*|activities|special|e\.?g\.?)\b/i;

const NOT_RUNNING =
  /\b(?:we|group|club|cafe|café|it|sessions?|meetings?|class(?:es)?|service|this|drop-?in)\b.{0,20}?\b(?:is|are|has been|have been)\s+(?:(?:currently|temporarily|now)\s+)?(?:not\s+(?:currently\s+)?(?:meeting|running|open|taking place|being held|operating)|suspended|paused|on hold|cancelled|closed)\b/i;
const FOR_NOW =
  /\b(?:at the moment|at present|currently|temporarily|for now|until further notice|for the time being|this (?:month|term|winter|summer)|until (?:further|january|february|march|april|may|june|july|august|september|october|november|december|we))\b/i;
const PARTS =
  /\b(?:referrals?|waiting lists?|applications?|bookings?|membership|kitchen|lift|toilets?|car park|entrance)\b/i;

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
    (sentence) => NOT_RUNNING.test(sentence) && FOR_NOW.test(sentence) && !PARTS.test(sentence),
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
  return (
    sentences.find(
      (sentence) => RARER.test(sentence) && MEETS.test(sentence) && !OTHERS.test(sentence) && isOfIt(sentence),
    ) ?? null
  );
}
