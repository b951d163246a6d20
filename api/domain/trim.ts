/**
 * Ends of texts. A pattern such as /[\s,]+$/ begins anew at each character of a long run that is not at the end, so that
 * its steps grow with the square of the length; these look at each character once.
 */

const BLANK = /\s/;

/** A text without white space and such marks at its end. */
export function withoutEnd(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && (marks.includes(text[end - 1]!) || BLANK.test(text[end - 1]!))) end--;
  return text.slice(0, end);
}
