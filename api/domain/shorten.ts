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
