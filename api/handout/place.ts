import { addressLine } from '../domain/address.ts';
import { isVisited } from '../domain/journey.ts';
import type { Standing } from '../domain/reach.ts';
import { areaLabels, type ServiceArea } from '../domain/service-area.ts';
import { inOneSentence } from '../domain/words.ts';
import { METRES_PER_MILE } from '../search/types.ts';
import { listIn } from './dates.ts';
import { type HandoutLanguage, handoutMessage, LANGUAGES } from './messages.ts';
import type { PaperSource, Said } from './source.ts';

/** Where people go to a listing, or how they take part from home. */

const OTHER_PLACES = 3;
const NAMED_AREAS = 3;
/**
 * Nobody is sent farther than this where they can take part from home. It is the widest circle that a search draws by
 * itself.
 */
const FAR_M = 20 * METRES_PER_MILE;

/** 'Hackney and Islington', 'Hackney, Islington, Camden and 2 more' in that language. */
export function areasIn(language: HandoutLanguage, areas: readonly ServiceArea[]): string {
  const names = areaLabels(areas);
  if (names.length <= NAMED_AREAS + 1) return listIn(language, names);
  return handoutMessage(language, 'areas_more', {
    areas: names.slice(0, NAMED_AREAS).join(', '),
    count: String(names.length - NAMED_AREAS),
  });
}

/** The ways to take part that need no journey, in that language; empty where there is none. */
const waysIn = (language: HandoutLanguage, { service }: PaperSource): string =>
  inOneSentence(
    service.attending_types.filter((way) => way !== 'in_person').map((way) => handoutMessage(language, `way_${way}`)),
    ', ',
    LANGUAGES[language].locale,
  );

/** Whether people at that address take part without a journey, even where it has venues. */
export function isRemote({ service }: PaperSource, standing: Standing | null): boolean {
  const { attending_types: ways } = service;
  if (!isVisited(service)) return true;
  if (!ways.some((way) => way !== 'in_person')) return false;
  if (standing?.kind === 'remote' || standing?.kind === 'area') return true;
  return (standing?.distance_m ?? 0) > FAR_M;
}

/**
 * The venue that the paper names: the nearest to the address, or the first where there is no address; null for none.
 */
export function venueOf(source: PaperSource, standing: Standing | null): PaperSource['locations'][number] | null {
  if (isRemote(source, standing)) return null;
  const shown = source.locations.filter(({ confidential }) => !confidential);
  return shown.find(({ id }) => id !== null && id === standing?.location_id) ?? shown[0] ?? null;
}

/**
 * Where to go, the nearest venue first; or how to take part from home. Empty where neither is known: the notes say so.
 */
export function placesIn(language: HandoutLanguage, source: PaperSource, standing: Standing | null): Said[] {
  const { locations, service } = source;
  const ways = waysIn(language, source);
  if (isRemote(source, standing)) return [{ text: ways, lang: language }];
  const shown = venueOf(source, standing);
  if (!shown) {
    const isPrivate = locations.length > 0;
    const unseen = isPrivate || (ways === '' && service.attending_types.length > 0);
    // An address that is kept private does not take away how to take part without it.
    return [
      ...(ways === '' ? [] : [{ text: ways, lang: language }]),
      ...(unseen
        ? [{ text: handoutMessage(language, isPrivate ? 'address_private' : 'way_in_person'), lang: language }]
        : []),
    ];
  }
  const others = locations.filter((it) => !it.confidential && it !== shown).map(({ name }) => name ?? '');
  const rest = others.length - OTHER_PLACES;
  const named = [
    ...others.slice(0, OTHER_PLACES),
    ...(rest > 0 ? [handoutMessage(language, 'more', { count: String(rest) })] : []),
  ];
  const address = { text: addressLine(shown), lang: 'en' };
  return [
    // Without an address nobody knows which way suits: the one that needs no journey comes first.
    ...(standing === null && ways !== '' ? [{ text: ways, lang: language }] : []),
    address,
    ...(named.length > 0
      ? [{ text: handoutMessage(language, 'more_places', { places: named.join(', ') }), lang: language }]
      : []),
  ];
}
