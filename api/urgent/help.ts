import { NATIONS, type Nation } from '../domain/nation-of-place.ts';
import { type Block, type Field, readFields } from './blocks.ts';

/** What to do first in each danger, and who answers: the blocks `[subject …]`, `[contact …]` and `[language …]`. */

/** Who answers. At least one of `phone`, `text` and `web` is there. */
export interface Contact {
  id: string;
  name: string;
  /** As people read it: '0808 2000 247'. */
  phone: string | null;
  /** How to reach it by text message, in words. */
  text: string | null;
  /** The number to text, and the word to send where it takes one. */
  sms: { number: string; word: string | null } | null;
  web: string | null;
  /** Whom it is for, where that is not everybody. */
  for: string | null;
  /** When it answers, and what it costs. */
  open: string | null;
  /** What happens when somebody calls. */
  happens: string | null;
  /** What to do who cannot speak. */
  silent: string | null;
  /** The number to dial with text relay (Relay UK). */
  relay: string | null;
  /** Where an interpreter of British Sign Language is found. */
  bsl: string | null;
  nations: readonly Nation[];
}

/** A danger, and the help for it. */
export interface Subject {
  id: string;
  title: string;
  /** What to do first. */
  first: string;
  /** The same where it is perhaps no danger now. */
  gently: string;
  contacts: readonly Contact[];
  /** Whether somebody near may harm who is seen to look for it: pages about it can be left at once. */
  isPrivate: boolean;
  /** Categories of listings whose pages are about it. */
  categories: readonly string[];
  /** Ids of subjects in whose place it stands: what they say is less urgent, and the same people answer. */
  covers: readonly string[];
}

const CONTACT_KEYS = [
  ...['name', 'phone', 'text', 'sms', 'web', 'for', 'open', 'happens', 'silent', 'relay', 'bsl'],
  ...['nations', 'subjects'],
];
const SUBJECT_KEYS = ['title', 'first', 'gently', 'contacts', 'private', 'categories', 'covers'];
const PHONE = /^\+?[\d ]{3,25}$/;

const listOf = (field: Field | undefined): string[] =>
  (field?.value.split(',') ?? []).map((each) => each.trim()).filter(Boolean);

function needed(block: Block, fields: Map<string, Field>, key: string): string {
  const field = fields.get(key);
  if (!field) throw block.head.wrong(`‘${key}:’ is missing under this head.`);
  return field.value;
}

function nationsIn(field: Field | undefined): readonly Nation[] {
  return field
    ? listOf(field).map((name) => {
        const nation = NATIONS.find((it) => it === name);
        if (!nation) throw field.line.wrong(`there is no nation ‘${name}’; it is one of ${NATIONS.join(', ')}.`);
        return nation;
      })
    : NATIONS;
}

function smsIn(field: Field | undefined): Contact['sms'] {
  if (!field) return null;
  const [, number = '', word = null] = /^([\d ]*\d)(?: +([A-Za-z]+))?$/.exec(field.value) ?? [];
  if (number === '') throw field.line.wrong('write the number, and after it the word to send: ‘sms: 85258 SHOUT’.');
  return { number: number.replaceAll(' ', ''), word };
}

function readContact(block: Block): { contact: Contact; subjects: Field | undefined } {
  if (block.name === '') throw block.head.wrong('give the contact a short name of its own: [contact our-line].');
  const fields = readFields(block, CONTACT_KEYS);
  const given = (key: string): string | null => fields.get(key)?.value ?? null;
  for (const key of ['phone', 'relay']) {
    const field = fields.get(key);
    if (field && !PHONE.test(field.value)) throw field.line.wrong('a number is digits with spaces between: 116 123.');
  }
  for (const key of ['web', 'bsl']) {
    const field = fields.get(key);
    if (field && !/^https:\/\/\S+$/.test(field.value)) throw field.line.wrong('an address starts with https://.');
  }
  if (!['phone', 'text', 'web'].some((key) => fields.has(key)))
    throw block.head.wrong('say how it is reached: a line ‘phone:’, ‘text:’ or ‘web:’ is missing.');
  return {
    contact: {
      id: block.name,
      name: needed(block, fields, 'name'),
      phone: given('phone'),
      text: given('text'),
      sms: smsIn(fields.get('sms')),
      web: given('web'),
      for: given('for'),
      open: given('open'),
      happens: given('happens'),
      silent: given('silent'),
      relay: given('relay'),
      bsl: given('bsl'),
      nations: nationsIn(fields.get('nations')),
    },
    subjects: fields.get('subjects'),
  };
}

function readSubject(block: Block, contacts: ReadonlyMap<string, Contact>): Subject {
  const fields = readFields(block, SUBJECT_KEYS);
  const field = fields.get('contacts');
  const isPrivate = fields.get('private');
  if (isPrivate && isPrivate.value !== 'yes')
    throw isPrivate.line.wrong('write ‘private: yes’, or leave the line out.');
  return {
    id: block.name,
    title: needed(block, fields, 'title'),
    first: needed(block, fields, 'first'),
    gently: needed(block, fields, 'gently'),
    contacts: listOf(field).map((id) => {
      const contact = contacts.get(id);
      if (!contact) throw (field as Field).line.wrong(`there is no contact ‘${id}’.`);
      return contact;
    }),
    isPrivate: isPrivate !== undefined,
    categories: listOf(fields.get('categories')),
    covers: listOf(fields.get('covers')),
  };
}

export interface Help {
  /** The most urgent first. */
  subjects: ReadonlyMap<string, Subject>;
  /** By language: what is said first to people who ask in it. */
  languages: ReadonlyMap<string, string>;
}

/**
 * Reads subjects with their contacts. A contact that names subjects of its own accord, as an operator's does, comes after
 * the first of each.
 * @throws UrgentError for what cannot be read, or what names something that there is not
 */
export function readHelp(blocks: readonly Block[]): Help {
  const read = blocks.filter(({ kind }) => kind === 'contact').map(readContact);
  const contacts = new Map(read.map(({ contact }) => [contact.id, contact]));
  const subjects = new Map<string, Subject>();
  for (const block of blocks.filter(({ kind }) => kind === 'subject'))
    subjects.set(block.name, readSubject(block, contacts));
  for (const { contact, subjects: named } of read) {
    for (const id of listOf(named)) {
      const subject = subjects.get(id);
      if (!subject)
        throw (named as Field).line.wrong(`there is no subject ‘${id}’; they are ${[...subjects.keys()].join(', ')}.`);
      const [first = contact, ...others] = subject.contacts.filter((it) => it.id !== contact.id);
      subjects.set(id, { ...subject, contacts: [first, contact, ...others] });
    }
  }
  const languages = new Map<string, string>();
  for (const block of blocks.filter(({ kind }) => kind === 'language'))
    languages.set(block.name, needed(block, readFields(block, ['emergency']), 'emergency'));
  return { subjects, languages };
}
