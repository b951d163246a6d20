import { z } from '@hono/zod-openapi';
import { NATIONS } from '../domain/nation-of-place.ts';
import type { Contact } from '../urgent/help.ts';
import type { Urgent } from '../urgent/urgent.ts';

/** Help for now, as the API gives it and the pages show it. */

const line = (description: string) => z.string().nullable().openapi({ description });

const ContactView = z
  .object({
    name: z.string(),
    phone: line('As people read it.'),
    text: line('How to reach it by text message, in words.'),
    sms: z
      .object({ number: z.string(), word: z.string().nullable() })
      .nullable()
      .openapi({ description: 'The number to text, and the word to send where it takes one.' }),
    web: line('Where there is no number: its page.'),
    for: line('Whom it is for, where that is not everybody.'),
    open: line('When it answers, and what it costs.'),
    happens: line('What happens when somebody calls.'),
    silent: line('What to do who cannot speak.'),
    relay: line('The number to dial with text relay (Relay UK).'),
    bsl: line('Where an interpreter of British Sign Language is found.'),
    nations: z.array(z.enum(NATIONS)).openapi({ description: 'Where it answers.' }),
  })
  .openapi('UrgentContact');

export const UrgentView = z
  .object({
    subject: z.string().openapi({ example: 'suicide' }),
    level: z.enum(['now', 'gently']).openapi({
      description: '`now`: show it above everything else. `gently`: what was typed speaks of it and not of danger now.',
    }),
    title: z.string(),
    first: z.string().openapi({ description: 'What to do first.' }),
    in_language: z
      .object({ language: z.string(), text: z.string() })
      .nullable()
      .openapi({ description: 'What is said first in the language that was written in, where that is known.' }),
    private: z.boolean().openapi({
      description: 'Whether somebody near may harm who is seen to read it: offer a way to leave the page at once.',
    }),
    contacts: z.array(ContactView).openapi({ description: 'Who answers at that place, the first to ask first.' }),
  })
  .openapi('Urgent');
export type UrgentView = z.infer<typeof UrgentView>;

const contactView = ({ id: _, nations, ...rest }: Contact): UrgentView['contacts'][number] => ({
  ...rest,
  nations: [...nations],
});

/** The help as it is shown, from what urgent.ts found. */
export const urgentView = (urgent: readonly Urgent[]): UrgentView[] =>
  urgent.map(({ inLanguage, isPrivate, contacts, subject, level, title, first }) => ({
    subject,
    level,
    title,
    first,
    in_language: inLanguage,
    private: isPrivate,
    contacts: contacts.map(contactView),
  }));
