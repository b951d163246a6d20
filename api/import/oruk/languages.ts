import { tagOfCode } from '../../domain/languages/names.ts';
import { readLanguages } from '../../domain/languages/reader.ts';
import type { Note } from '../incoming.ts';
import { type Asker, readAsTold } from '../questions/asker.ts';
import { textUnder } from './cut.ts';
import { isPlaceholder } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** Languages of a record, by code or by name, one or several in a field. */

/** A listing holds as many. */
const MOST_LANGUAGES = 30;

/** Languages as the standard has them, or each as a word or a code: `["Bengali", "so"]`. 'No' is an answer, and no Norwegian. */
const entriesOf = (given: unknown): JsonRecord[] =>
  [given].flat().flatMap((it) => {
    if (typeof it !== 'string') return isObject(it) ? [it] : [];
    return [/^[a-z]{2,3}(?:[-_][a-z]+)?$/.test(it) && it !== 'no' ? { code: it } : { name: it }];
  });

/** @returns the tags; and, in words, what is no language that is known */
export function languagesOf(record: JsonRecord, notes: Note[], asker: Asker): { tags: string[]; words: string[] } {
  const tags = new Set<string>();
  const words: string[] = [];
  for (const [index, it] of entriesOf(record['languages']).entries()) {
    const code = tagOfCode(textUnder(it, 'code') ?? '');
    if (code !== undefined) {
      tags.add(code);
      continue;
    }
    // `language` is its name in version 1, which feeds of version 3 go on with.
    const given = ['name', 'language', 'code'].flatMap((field) => textUnder(it, field) ?? []).at(0) ?? '';
    if (given === '' || isPlaceholder(given)) continue;
    const read = readLanguages(given);
    for (const tag of read.tags) tags.add(tag);
    for (const { name, meant } of read.unknown) {
      const told = asker.about('language', name, meant === null ? [] : [meant]);
      if (told !== null) {
        for (const tag of readLanguages(told).tags) tags.add(tag);
        notes.push({ field: `languages[${index}].name`, words: readAsTold(name, told) });
        continue;
      }
      words.push(name);
      const perhaps = meant === null ? '' : ` Is it ${meant}?`;
      notes.push({
        field: `languages[${index}].name`,
        words: `‘${name}’ is no language that is known; it is kept as words.${perhaps}`,
      });
    }
  }
  return { tags: [...tags].slice(0, MOST_LANGUAGES), words };
}
