import bn from '../../data/messages/handout.bn.json' with { type: 'json' };
import en from '../../data/messages/handout.en.json' with { type: 'json' };
import es from '../../data/messages/handout.es.json' with { type: 'json' };
import pl from '../../data/messages/handout.pl.json' with { type: 'json' };
import tr from '../../data/messages/handout.tr.json' with { type: 'json' };

/** The labels of the handout in each language: data/messages/handout.*.json, which a translator edits. */

export type MessageKey = keyof (typeof en)['messages'];

interface MessageFile {
  /** The name of the language in itself. */
  language: string;
  /** True until a person who speaks the language has read the file; staff are told, paper is not. */
  awaiting_human_check: boolean;
  messages: Readonly<Record<MessageKey, string>>;
}

/** By BCP 47 tag. The types make a missing key a compile error. */
export const MESSAGES = { en, tr, pl, es, bn } as const satisfies Record<string, MessageFile>;

export type HandoutLanguage = keyof typeof MESSAGES;
export const HANDOUT_LANGUAGES = Object.keys(MESSAGES) as HandoutLanguage[];

/** The language of that tag; English for any other. */
export const handoutLanguage = (tag: string | null | undefined): HandoutLanguage =>
  tag && Object.hasOwn(MESSAGES, tag) ? (tag as HandoutLanguage) : 'en';

/** Says a message in a language, with its {placeholders} filled. */
export const say = (language: HandoutLanguage, key: MessageKey, values: Record<string, string> = {}): string =>
  MESSAGES[language].messages[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
