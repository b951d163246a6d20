import { addressLine } from '../domain/address.ts';
import type { Standing } from '../domain/reach.ts';
import { areaLabels, type ServiceArea } from '../domain/service-area.ts';
import { inOneSentence } from '../domain/words.ts';
import { METRES_PER_MILE } from '../search/types.ts';
import { listIn } from './dates.ts';
import { type HandoutLanguage, handoutMessage, LANGUAGES } from './messages.ts';
import type { PaperSource, Said } from './source.ts';

/** Where a listing is met, and from where it may be. */

const OTHER_PLACES = 3;
const NAMED_AREAS = 3;
/** Nobody is sent farther to something that can be had from home: the widest circle that a search draws by itself. */
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

/** Whether it is had without a journey from that address, whatever venues it has. */
export function isRemote({ service }: PaperSource, standing: Standing | null): boolean {
  if (!service.attending_types.some((way) => way !== 'in_person')) return false;
  if (standing?.kind === 'remote' || standing?.kind === 'area') return true;
  return (standing?.distance_m ?? 0) > FAR_M;
}

/** The venue that a paper names: the one nearest to the address, the main one where none was given; null for none. */
export function venueOf(source: PaperSource, standing: Standing | null): PaperSource['locations'][number] | null {
  if (isRemote(source, standing)) return null;
  const shown = source.locations.filter(({ confidential }) => !confidential);
  return shown.find(({ id }) => id !== null && id === standing?.location_id) ?? shown[0] ?? null;
}

/** Where it is met, the nearest venue first; where it is had from home, how. */
export function placesIn(language: HandoutLanguage, source: PaperSource, standing: Standing | null): Said[] {
  const { locations } = source;
  const ways = waysIn(language, source);
  if (isRemote(source, standing)) return [{ text: ways, lang: language }];
  const shown = venueOf(source, standing);
  if (!shown) {
    const here =
      locations.length > 0
        ? handoutMessage(language, 'address_private')
        : handoutMessage(language, source.service.attending_types.length > 0 ? 'way_in_person' : 'way_unknown');
    return [{ text: locations.length === 0 && ways !== '' ? ways : here, lang: language }];
  }
  const others = locations.filter((it) => !it.confidential && it !== shown).map(({ name }) => name ?? '');
  const rest = others.length - OTHER_PLACES;
  const named = [
    ...others.slice(0, OTHER_PLACES),
    ...(rest > 0 ? [handoutMessage(language, 'more', { count: String(rest) })] : []),
  ];
  const address = { text: addressLine(shown), lang: 'en' };
  return [
    // Of an address that nobody asked about it is not known which way is meant: the one that needs no journey comes first.
    ...(standing === null && ways !== '' ? [{ text: ways, lang: language }] : []),
    address,
    ...(named.length > 0
      ? [{ text: handoutMessage(language, 'more_places', { places: named.join(', ') }), lang: language }]
      : []),
  ];
}
