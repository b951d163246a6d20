import { edits } from '../edits.ts';
import { describeLanguage } from '../words/languages.ts';
import { knownNames, nameKey, tagOfCode, tagOfName } from './names.ts';

/** Languages as people list them: 'Turkish, Kurdish and Polish', 'Cymraeg', 'BSL', 'tur', 'sgn-GB'. */

export interface LanguagesRead {
  /** BCP 47, each once, in their order. */
  tags: string[];
  /** What is no language that anybody knows, and what it may be a misspelling of. */
  unknown: { name: string; meant: string | null }[];
}

/** Characters that are read. */
const MOST_CHARACTERS = 600;
/** Words that people put around the name of a language. */
const AROUND =
  /\b(?:languages?|spoken|speak(?:ers?|ing)?|fluent|native|interpreters?|available|on request|some|also|basic|only)\b/gi;

/** One language, by name or code. */
function tagOf(text: string): string | undefined {
  // An answer to another question, and not Norwegian.
  if (/^no\.?$/i.test(text)) return undefined;
  const plain = text.replace(AROUND, ' ').trim();
  const [, outside = '', inside = ''] = /^([^()]*)\(([^()]*)\)\s*$/.exec(plain) ?? [];
  return (
    tagOfName(text) ??
    tagOfName(plain) ??
    tagOfCode(text) ??
    // 'Chinese (Mandarin)', 'British Sign Language (BSL)'.
    tagOfName(inside) ??
    tagOfName(outside)
  );
}

/** The name that a misspelt one probably was: 'Portuguese' of 'Portugese'. Null where none is near. */
function meantBy(text: string): string | null {
  const typed = nameKey(text);
  const most = typed.length < 5 ? 0 : typed.length < 8 ? 1 : 2;
  let best: string | null = null;
  let least = most + 1;
  for (const name of knownNames()) {
    const away = edits(typed, name, most);
    if (away < least) [best, least] = [name, away];
  }
  const tag = best === null ? undefined : tagOfName(best);
  return tag === undefined ? null : describeLanguage(tag);
}

/** Reads a list of languages. */
export function readLanguages(text: string): LanguagesRead {
  const tags = new Set<string>();
  const unknown: LanguagesRead['unknown'] = [];
  const add = (part: string): boolean => {
    const tag = tagOf(part);
    if (tag !== undefined) tags.add(tag);
    return tag !== undefined;
  };
  const lines = text.slice(0, MOST_CHARACTERS).split(/[,;|\n]+(?![^(]{0,80}\))/);
  for (const line of lines.map((it) => it.trim()).filter(Boolean)) {
    if (add(line)) continue;
    const parts = line.split(/(?<!\s)\s*[/&+]\s*|(?<!\s)\s+(?:and|or)\s+|^(?:and|or)\s+/).filter(Boolean);
    for (const part of parts)
      if (!add(part)) unknown.push({ name: part.slice(0, 80), meant: meantBy(part.slice(0, 40)) });
  }
  return { tags: [...tags], unknown };
}

/** What to write in place of a language that nobody knows: a sentence without its full stop. */
export const unknownLanguage = ({ name, meant }: LanguagesRead['unknown'][number]): string =>
  meant === null
    ? `We do not know the language ‘${name}’. Write its English name, like Turkish`
    : `The language ‘${name}’ is not known. Did you mean ‘${meant}’? Write it so`;
