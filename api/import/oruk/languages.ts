import { describeLanguage } from '../../domain/words/languages.ts';
import { objectsIn, textUnder } from './cut.ts';
import type { JsonRecord } from './walk.ts';

/** Languages by their codes, or by their English names. */

let codes: Map<string, string> | undefined;

function byName(): Map<string, string> {
  if (codes) return codes;
  codes = new Map();
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const tags = [
    ...letters.flatMap((first) => letters.map((second) => first + second)),
    'bfi',
    'ckb',
    'yue',
    'cmn',
    'syl',
    'fil',
  ];
  for (const tag of tags) {
    const name = describeLanguage(tag).toLowerCase();
    if (!name.startsWith('another language') && name !== tag) codes.set(name.replace(/ \(.*\)$/, ''), tag);
  }
  for (const [name, tag] of [
    ['farsi', 'fa'],
    ['persian', 'fa'],
    ['bsl', 'bfi'],
    ['mandarin', 'cmn'],
    ['cantonese', 'yue'],
    ['sylheti', 'syl'],
  ] as const)
    codes.set(name, tag);
  return codes;
}

/** The languages of a mended record; what is no language that is known stays in the record alone. */
export function languagesOf(record: JsonRecord): string[] {
  const found = objectsIn(record['languages']).flatMap((it) => {
    const code = textUnder(it, 'code')?.toLowerCase().split('-')[0] ?? '';
    if (/^[a-z]{2,3}$/.test(code)) return code;
    return byName().get((textUnder(it, 'name') ?? '').toLowerCase()) ?? [];
  });
  return [...new Set(found)].slice(0, 30);
}
