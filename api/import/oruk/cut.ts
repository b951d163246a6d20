/** At most so many characters, ended at a word, with an ellipsis where something is missing. */
export function shortenText(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, most - 1);
  const space = short.lastIndexOf(' ');
  const words = space > most / 2 ? short.slice(0, space) : short;
  let end = words.length;
  while (end > 0 && /[\s,;:.–-]|[\ud800-\udbff]/.test(words[end - 1]!)) end--;
  return `${words.slice(0, end)}…`;
}

/** On one line. */
export const joinLines = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The text under a name, or undefined. */
export function textUnder(part: Record<string, unknown>, name: string): string | undefined {
  const value = part[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The text, cut, as a property of an object to spread; nothing where there is none. */
export const textField = (
  part: Record<string, unknown>,
  name: string,
  most: number,
  as: string = name,
): Record<string, string> => {
  const text = textUnder(part, name);
  return text === undefined ? {} : { [as]: shortenText(text, most) };
};

/** The objects in a list, or the one that stands for a list. */
export const objectsIn = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (it): it is Record<string, unknown> => typeof it === 'object' && it !== null && !Array.isArray(it),
  );
