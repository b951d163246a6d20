import { expect, it } from 'vitest';
import { entryOfTown, LONDON, placeEntries } from '../../../api/geocode/place-entries.ts';
import { fold } from '../../../api/geocode/place-name.ts';
import { PlaceSuggestions } from '../../../api/geocode/place-suggestions.ts';

const town = (name: string) => ({ name, latitude: 51.5, longitude: -0.1, count: 1 });
const RANKS = { district: 0, county: 1, town: 1, ward: 2 };
const LIMIT = 5;

/** Every place there is, looked at one by one. */
function bySlowMeans(towns: readonly string[], text: string): string[] {
  const typed = fold(text);
  const { called, all } = placeEntries();
  const own = towns
    .filter((name) => fold(name) !== LONDON && !called(fold(name)).some(({ kind }) => kind !== 'ward'))
    .map((name) => entryOfTown(town(name)));
  const found = [...own, ...all]
    .flatMap((entry) => {
      const name = typed.startsWith(entry.folded) ? fold(entry.label) : entry.folded;
      const begins = name.startsWith(typed);
      if (!begins && !name.includes(` ${typed}`)) return [];
      return [{ entry, score: RANKS[entry.kind] + (name === typed ? -6 : begins ? 0 : 3) }];
    })
    .sort(
      (a, b) =>
        a.score - b.score || b.entry.population - a.entry.population || (a.entry.label < b.entry.label ? -1 : 1),
    )
    .map(({ entry }) => entry.label);
  return found.filter((label, at) => found.findIndex((it) => fold(it) === fold(label)) === at).slice(0, LIMIT);
}

it('suggests what looking at every place comes to, also once the towns of the directory have changed', () => {
  let towns = ['Hackney', 'London', 'Hazy Bottom', 'Quite Nowhere'];
  let given = towns.map(town);
  const suggestions = new PlaceSuggestions(() => given);
  for (const more of [[], ['Hazardous St. John’s', 'Nowhere']]) {
    towns = [...towns.slice(more.length), ...more];
    given = towns.map(town);
    for (const typed of [
      'haz',
      'hac',
      'nowh',
      'st jo',
      'newc',
      'Saint He',
      'ynys',
      'y fel',
      'homerton, ha',
      'of w',
      'ward',
    ])
      expect(
        suggestions.beginning(typed, LIMIT).map(({ label }) => label),
        typed,
      ).toEqual(bySlowMeans(towns, typed));
  }
});
