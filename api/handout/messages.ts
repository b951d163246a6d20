import catalog from '../../data/messages/handout.json' with { type: 'json' };

/**
 * The words of the handout: data/messages/handout.json, one entry a message with its text in every language side by side.
 * A language is one entry among its `languages` and a text in each message; nothing else names it.
 */

interface Language {
  /** In the language itself. */
  name: string;
  /** The BCP 47 tag that dates, numbers and lists are written by. */
  locale: string;
  /** True until a person who speaks the language has read the texts; staff are told, paper is not. */
  awaiting_human_check: boolean;
  /** Whether a time reads 'in the afternoon 2:30' rather than '14:30'. */
  part_of_day_first?: boolean;
}

/** A BCP 47 tag. */
export type HandoutLanguage = keyof typeof catalog.languages;
export type MessageKey = keyof typeof catalog.messages;

export const LANGUAGES: Readonly<Record<HandoutLanguage, Language>> = catalog.languages;
export const HANDOUT_LANGUAGES = Object.keys(LANGUAGES) as HandoutLanguage[];

/** By message and language. The types make a text that is missing in any language a compile error. */
export const MESSAGES: Readonly<Record<MessageKey, Readonly<Record<HandoutLanguage, string>>>> = catalog.messages;

/** The language of that tag; English for any other. */
export const handoutLanguage = (tag: string | null | undefined): HandoutLanguage =>
  tag && Object.hasOwn(LANGUAGES, tag) ? (tag as HandoutLanguage) : 'en';

/** Says a message in a language, with its {placeholders} filled. */
export const handoutMessage = (
  language: HandoutLanguage,
  key: MessageKey,
  values: Record<string, string> = {},
): string => MESSAGES[key][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
