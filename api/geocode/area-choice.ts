import { type AreaAnswer, type AreaContext, named, once } from './area-answer.ts';
import { type Bearer, bearers, RANKS } from './area-bearers.ts';
import { type kindSaid, withoutWordsAround } from './area-words.ts';
import { liesIn } from './larger-areas.ts';
import { metresBetween } from './metres.ts';
import { fold } from './place-name.ts';

/** Which of the areas is meant that bear a name; where that is not sure, all of them, to be asked about. */

/** Metres within which two things of one name are one to whoever writes it. */
const SAME_PLACE = 5000;
/** A district farther from the venue than this is not meant where a town of its name is nearer than that. */
const FAR = 60_000;
const NEAR = 25_000;
/** Choices that are shown. */
const MOST_CHOICES = 6;

/** What bears that very name; null where nothing does. */
export function bearerOf(
  name: string,
  text: string,
  kinds: ReturnType<typeof kindSaid>,
  context: AreaContext,
): AreaAnswer | null {
  const all = bearers().byName.get(name) ?? [];
  const ofKind = kinds === null ? [] : all.filter(({ kind }) => kinds.includes(kind as never));
  const fitting = ofKind.length > 0 ? ofKind : all;
  for (const rank of RANKS) {
    const best = fitting.filter((bearer) => bearer.rank === rank);
    if (best.length === 0) continue;
    // Whoever writes a short name may mean a town of that name as well.
    const pool =
      rank === 'short' || rank === 'local' ? fitting.filter((bearer) => isLocal(bearer) || bearer.rank === rank) : best;
    return chosen(pool, fitting, text, context);
  }
  return null;
}

const isLocal = ({ rank }: Bearer): boolean => rank === 'local';

/** One of the bearers where they are one area or one place; else all of them, to be asked about. */
export function chosen(
  pool: readonly Bearer[],
  all: readonly Bearer[],
  text: string,
  { near }: AreaContext,
): AreaAnswer {
  const places: Bearer[][] = [];
  for (const bearer of pool) {
    const place = places.find(([first]) => first && isOnePlace(first, bearer));
    if (place) place.push(bearer);
    else places.push([bearer]);
  }
  const [only = []] = places;
  const [first] = only;
  if (!first) return { kind: 'unknown', name: text.trim() };
  // A ward that is far off and has an everyday name was hardly meant: it is asked about.
  const far = near != null && only.every(({ kind }) => kind === 'ward') && metresBetween(first.point, near) > FAR;
  const rivals =
    near && metresBetween(first.point, near) > FAR ? all.filter((it) => metresBetween(it.point, near) < NEAR) : [];
  if (places.length > 1 || rivals.length > 0 || far) return several(text, [...places.flat(), ...rivals]);
  const areas = once(only.flatMap((bearer) => bearer.areas()));
  return named(areas, only.some(({ note }) => note === undefined) ? [] : only.flatMap(({ note = [] }) => note));
}

/** Whether two bearers of a name are one: the same districts, or a town and the ward around it. */
function isOnePlace(a: Bearer, b: Bearer): boolean {
  if (isLocal(a) && isLocal(b)) return metresBetween(a.point, b.point) <= SAME_PLACE;
  // What belongs to one of them in part is perhaps meant, whichever it is.
  const codesOf = (bearer: Bearer) =>
    bearer
      .areas()
      .flatMap(({ code, approximate }) => (approximate ? [] : [code]))
      .sort();
  return codesOf(a).join() === codesOf(b).join();
}

const several = (text: string, all: readonly Bearer[]): AreaAnswer => ({
  kind: 'several',
  name: text.trim(),
  choices: [...new Set(all.map(({ label }) => label))].slice(0, MOST_CHOICES),
});

/** 'Homerton, Hackney', 'Newport, Isle of Wight', 'Hackney, London': a name, and what it lies in. */
export function qualified(text: string): AreaAnswer | null {
  const comma = text.lastIndexOf(',');
  if (comma < 0) return null;
  const larger = fold(withoutWordsAround(text.slice(comma + 1)));
  const before = text.slice(0, comma);
  const within = [fold(before), fold(withoutWordsAround(before))]
    .map((name) =>
      (bearers().byName.get(name) ?? []).filter(
        ({ district, kind }) => liesIn(district, larger) && !(kind === 'district' && name === larger),
      ),
    )
    .find((found) => found.length > 0);
  if (!within) return null;
  const wards = within.filter(({ kind, label }) => kind === 'ward' && fold(label) === fold(text));
  const [best] = RANKS.filter((rank) => within.some((bearer) => bearer.rank === rank));
  const pool = wards.length > 0 && best === 'local' ? wards : within.filter(({ rank }) => rank === best);
  return chosen(pool, [], text, {});
}
