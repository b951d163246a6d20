/** What somebody typed into the form for a listing, by the name of the field, kept as it was typed. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** The answer of a field that takes one, without what is around it; '' where there is none. */
export function singleAnswer(answers: Answers, name: string): string {
  const value = answers[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}

/** What the form keeps as JSON in a field that nobody types into. */
export const jsonAnswer = <T>(answers: Answers, name: string, otherwise: T): T => {
  const text = singleAnswer(answers, name);
  return text === '' ? otherwise : (JSON.parse(text) as T);
};

/** The answers of a field that takes several. */
export function multipleAnswers(answers: Answers, name: string): readonly string[] {
  const value = answers[name];
  return typeof value === 'string' ? (value === '' ? [] : [value]) : (value ?? []);
}

/** Whether a field has the same answer in both, apart from spaces around it and ends of lines. */
export function sameAnswer(a: Answers, b: Answers, name: string): boolean {
  const plain = (answers: Answers) =>
    multipleAnswers(answers, name)
      .map((value) => value.replaceAll('\r\n', '\n').trim())
      .filter(Boolean)
      .join('\n');
  return plain(a) === plain(b);
}
