/**
 * The mails that there are, and what each is given to say. The words are in data/messages/mail/NAME.txt, to be changed by
 * whoever runs a copy; a gap there may be left out, and none may be invented. A new mail is a line here and a file there.
 * `stop` is the page on which mails of that kind stop; the head of the mail names it too, for mail programs (List-Unsubscribe).
 */
export const MAIL_VALUES = {
  due: ['name', 'checked', 'link'],
  'due-14': ['name', 'checked', 'unconfirmed_on', 'link'],
  'due-28': ['name', 'checked', 'unconfirmed_on', 'link'],
  unconfirmed: ['name', 'checked', 'archived_on', 'link'],
  archived: ['name', 'checked', 'link'],
  over: ['name', 'last', 'link'],
  'found-closed': ['name', 'checked', 'link'],
  'open-again': ['name', 'state', 'until', 'page', 'link'],
  'stopped-receipt': ['name', 'undo'],
  'hand-over-confirm': ['page', 'link'],
  'hand-over': ['name', 'page'],
  'changed-receipt': ['name', 'changes', 'page', 'undo'],
  links: ['listings'],
  draft: ['link', 'days'],
  'confirm-listing': ['link', 'days'],
  digest: ['figures', 'link'],
  arrived: ['figures', 'link'],
  'sign-in': ['link', 'minutes'],
  team: ['role', 'link'],
  'report-unsafe': ['name', 'standing', 'link'],
  hidden: ['name'],
  suspended: ['name'],
  invited: ['count', 'link'],
  'report-answered': ['name', 'answer', 'note'],
  published: ['name', 'page', 'link', 'note'],
  'change-published': ['name', 'page', 'note'],
  'change-refused': ['name', 'reason'],
  asked: ['name', 'question', 'link'],
  refused: ['name', 'reason'],
  'watch-confirm': ['count', 'link'],
  watch: ['changes', 'stop'],
  test: ['link'],
} as const satisfies Record<string, readonly string[]>;

export type TemplateName = keyof typeof MAIL_VALUES;

/** What a template must be given: every name. */
export type TemplateValues<T extends TemplateName> = Record<(typeof MAIL_VALUES)[T][number], string>;

/** The names whose value is not there. */
export const missingValues = (template: TemplateName, values: Readonly<Record<string, string>>): string[] =>
  MAIL_VALUES[template].filter((name) => typeof values[name] !== 'string');
