/**
 * Addresses as the standard's `uri` format takes them (RFC 3986), which is stricter than browsers: no blank, no letter
 * outside ASCII, no bracket in a path, no per cent sign that begins no code.
 */
export const URI =
  /^[a-z][a-z0-9+.-]*:\/\/(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})+(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?$/i;

/** The same address so written; one that is so already stays as it is. */
export function asUri(address: string): string {
  if (URI.test(address)) return address;
  const parsed = URL.parse(address)?.href ?? address;
  const [before = '', ...fragment] = parsed.split('#');
  return [before, ...(fragment.length > 0 ? [fragment.join('%23')] : [])].map(encoded).join('#');
}

const encoded = (part: string): string =>
  part
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^\w.~!$&'()*+,;=:@/?%-]/gu, (character) => encodeURIComponent(character));
