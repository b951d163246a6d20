import { describeLanguage } from '../../domain/words.ts';
import { plainText } from './values.ts';

let languages: Map<string, string> | null = null;

/** Names of languages to their tags, in the words in which pages name them. */
export function languageNames(): Map<string, string> {
  if (languages) return languages;
  languages = new Map();
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const named = letters
    .flatMap((a) => letters.flatMap((b) => [`${a}${b}`, ...letters.map((c) => `${a}${b}${c}`)]))
    .map((tag) => [tag, describeLanguage(tag)] as const)
    .filter(([, name]) => !name.startsWith('Another language'));
  const add = (name: string, tag: string) => languages?.has(name) || languages?.set(name, tag);
  for (const [tag, name] of named) add(plainText(name), tag);
  // 'Kurdish' is a language of its own, 'Farsi' is all that anybody says of 'Farsi (Persian)'.
  for (const [tag, name] of named) {
    add(plainText(name.replace(/ ?\(.*\)/, '')), tag);
    add(tag, tag);
  }
  languages.set('bsl', 'bfi').set('mandarin', 'cmn').set('cantonese', 'yue').set('chinese', 'zh').set('farsi', 'fa');
  return languages;
}
