import { shortenText } from '../../domain/shorten.ts';

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
