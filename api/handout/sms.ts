import { withoutEnd } from '../domain/trim.ts';
import { SMS_SEPTETS, septets, toGsm7 } from './gsm7.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';

/** The names of a handout's places and its link, as one text message. */

export interface Sms {
  text: string;
  /** Of the 160 that one message holds. */
  septets: number;
}

/** Names longer than this are cut at a word: three places named in part help more than one in full. */
const NAME_SEPTETS = 40;

/** The name in the alphabet of text messages; null where it is in another script. */
function shortName(name: string): string | null {
  const plain = toGsm7(name);
  if (plain === null || plain.length <= NAME_SEPTETS) return plain;
  // The word that is cut goes, and what stood before it.
  const [shown = ''] = /^.*[\s,:;.-]/s.exec(plain.slice(0, NAME_SEPTETS - 2)) ?? [plain.slice(0, NAME_SEPTETS - 2)];
  return `${withoutEnd(shown, ',:;.-')}..`;
}

/**
 * A message of at most 160 septets that names as many places as fit and always holds the link.
 * @param names in the order of the paper; null for a place that the message must not name, since whoever reads it could
 *   tell what it is for
 * @param link the short link, whole
 * @throws RangeError where the link alone is too long for a message
 */
export function smsText(language: HandoutLanguage, names: readonly (string | null)[], link: string): Sms {
  const known = names.flatMap((name) => (name === null ? [] : (shortName(name) ?? [])));
  for (let count = known.length; count > 0; count -= 1) {
    const rest = names.length - count;
    const listed = [
      ...known.slice(0, count),
      ...(rest > 0 ? [handoutMessage(language, 'more', { count: String(rest) })] : []),
    ];
    const fitting = measured(handoutMessage(language, 'sms', { names: listed.join(', '), link }));
    if (fitting) return fitting;
  }
  const least = measured(handoutMessage(language, 'sms_short', { link })) ?? measured(link);
  if (!least) throw new RangeError('The address of this site is too long for a text message.');
  return least;
}

function measured(text: string): Sms | null {
  const plain = toGsm7(text);
  const length = plain === null ? null : septets(plain);
  return plain !== null && length !== null && length <= SMS_SEPTETS ? { text: plain, septets: length } : null;
}
