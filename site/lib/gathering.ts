import { packId } from '#api/domain/handout-list.ts';
import { type Gathering, spotOf } from './gather-links.ts';
import { gathered, handoutHref, isFull, withList } from './handout.ts';
import { addressOf } from './sealed-search.ts';
import { carried } from './search.ts';

/** An id that no listing has. */
const ANY = '00000000-0000-4000-8000-000000000000';
const ANY_PACKED = packId(ANY);

const known = new WeakMap<URL, Gathering>();

/** What has been gathered at an address; the links of all listings of a page differ in one id alone. */
export function gatheringAt(url: URL): Gathering {
  let gathering = known.get(url);
  if (!gathering) {
    gathering = gatheringOf(url);
    known.set(url, gathering);
  }
  return gathering;
}

function gatheringOf(url: URL): Gathering {
  const params = carried(url.searchParams);
  const ids = gathered(params);
  const holding = (list: readonly string[]): string => addressOf(url.pathname, withList(params, list));
  const [before = '', after = ''] = holding([...ids, ANY]).split(ANY_PACKED);
  return {
    ids,
    full: isFull(ids),
    hrefWith: (id) => `${before}${packId(id)}${after}#${spotOf(id)}`,
    hrefWithout: (id) => `${holding(ids.filter((other) => other !== id))}#${spotOf(id)}`,
    handout: handoutHref(url.searchParams),
  };
}
