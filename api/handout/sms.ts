import { withoutEnd } from '../domain/trim.ts';
import { SMS_SEPTETS, septets, toGsm7 } from './gsm7.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';

/** The names of a handout's places and its link, as one text message. */

export interface Sms {
  text: string;
  /** Of the 160 that one message holds. */
  septets: number;
}

export interface NamedPlace {
  name: string;
  /** What to know before going, in the language of the message. */
  cautions: readonly string[];
}

/** Names longer than this are cut at a word: three places named in part help more than one in full. */
const NAME_SEPTETS = 40;

/** The name in the alphabet of text messages; null where it is in another script. */
function shortName(name: string): string | null {
  const plain = toGsm7(name);
  if (plain === null || plain.length <= NAME_SEPTETS) return plain;
  // Drops the word that was cut in two, and the punctuation before it.
  const [shown = ''] = /^.*[\s,:;.-]/s.exec(plain.slice(0, NAME_SEPTETS - 2)) ?? [plain.slice(0, NAME_SEPTETS - 2)];
  return `${withoutEnd(shown, ',:;.-')}..`;
}

/** The name with what to know before going; null where it cannot be written in a text message. */
function withCautions({ name, cautions }: NamedPlace): string | null {
  const plain = shortName(name);
  return plain === null || cautions.length === 0 ? plain : `${plain} (${cautions.join('; ')})`;
}

/**
 * A message of at most 160 septets that names as many places as fit and always holds the link. A place is named only
 * with its warnings. Where they do not fit, it counts among the others, which the link shows.
 * @param places in the order of the paper; null for a place that the message must not name, since its name could tell
 *   somebody else what it is for
 * @param link the short link, whole
 * @throws RangeError where the link alone is too long for a message
 */
export function smsText(language: HandoutLanguage, places: readonly (NamedPlace | null)[], link: string): Sms {
  let listed: string[] = [];
  let best: Sms | null = null;
  for (const place of places) {
    const words = place && withCautions(place);
    if (!words) continue;
    const rest = places.length - listed.length - 1;
    const more = rest > 0 ? [handoutMessage(language, 'more', { count: String(rest) })] : [];
    const names = [...listed, words, ...more].join(', ');
    const fitting = measured(handoutMessage(language, 'sms', { names, link }));
    if (fitting) [listed, best] = [[...listed, words], fitting];
  }
  const least = best ?? measured(handoutMessage(language, 'sms_short', { link })) ?? measured(link);
  if (!least) throw new RangeError('The address of this site is too long for a text message.');
  return least;
}

function measured(text: string): Sms | null {
  const plain = toGsm7(text);
  const length = plain === null ? null : septets(plain);
  return plain !== null && length !== null && length <= SMS_SEPTETS ? { text: plain, septets: length } : null;
}
