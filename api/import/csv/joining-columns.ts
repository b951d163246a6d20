import { readLanguages, unknownLanguage } from '../../domain/languages/reader.ts';
import { UNDETERMINED } from '../../domain/languages/written.ts';
import { PAIN_FRIENDLY, QUESTIONS, type QuestionKey, questionsOf, unanswered } from '../../domain/questions.ts';
import { JOINS, type ServiceArea } from '../../domain/service.ts';
import { AVAILABILITY_LABELS, describeLanguage, JOIN_LABELS, PAIN_FRIENDLY_LABELS } from '../../domain/words.ts';
import { isPlaceholder } from '../oruk/values.ts';
import { areaNames, areasInCell } from './areas.ts';
import { choicesIn, chosen, distinct, ticked } from './choices.ts';
import { cellParts, cellText, type RowDraft, serviceText, type TableColumn, UnreadableCell } from './column.ts';
import { choiceNamed, namesOf, ukDate, writtenDate } from './values.ts';

/** The columns of who may come, how to join, and what it is like there. */

const JOIN_NAMES = namesOf(JOIN_LABELS, {
  drop_in: 'drop in',
  book: 'booking needed',
  self_refer: 'self referral',
  professional_referral: 'referral',
});
const AVAILABILITY_NAMES = namesOf(AVAILABILITY_LABELS);

const questionColumn = (key: QuestionKey): TableColumn =>
  ticked(
    QUESTIONS[key].column,
    (service) => service[key],
    ({ service }, answer) => {
      service[key] = answer;
    },
  );

/**
 * How a cell begins that says that the areas are not known: nobody has said them, or what was said was not understood
 * and follows in words.
 */
const UNSAID = 'Not said';
const UNREAD = 'Not understood:';
const starts = (cell: string, words: string) => cell.trim().toLowerCase().startsWith(words.toLowerCase());

/** A cell that says that the areas are not known. Where the listing says so already, its home area stays too. */
function leaveAreasOpen({ service }: RowDraft, status: 'unsaid' | 'unread', words: string[]): void {
  if (service.service_area_status === status && words.join() === (service.service_area_words ?? []).join()) return;
  service.service_areas = [];
  service.service_area_status = status;
  service.service_area_words = words;
  delete service.service_area_home;
}

/** A row that names areas, or takes them out, has said whom the listing is for. */
function sayAreas({ service }: RowDraft, areas: ServiceArea[]): void {
  service.service_areas = areas;
  service.service_area_status = 'said';
  service.service_area_words = [];
  delete service.service_area_home;
}

export const JOINING_COLUMNS: readonly TableColumn[] = [
  {
    name: 'area served',
    also: ['areas served', 'service area', 'area covered', 'coverage'],
    help: 'Only if it is for people who live in certain areas: a council, a county, a nation, or the first part of a postcode. A semicolon between several. Empty: open to everybody. Not said: ask.',
    example: 'Hackney',
    write({ service: { service_areas: areas, service_area_status: status, service_area_words: words } }) {
      if (areas.length > 0 || status === 'said') return areaNames(areas).join('; ');
      return status === 'unsaid' ? UNSAID : `${UNREAD} ${words.join('; ')}`;
    },
    read(cell, draft) {
      if (starts(cell, UNREAD)) {
        leaveAreasOpen(draft, 'unread', cellParts(cell.trim().slice(UNREAD.length)));
        return undefined;
      }
      if (starts(cell, UNSAID) || isPlaceholder(cell)) {
        leaveAreasOpen(draft, 'unsaid', []);
        return undefined;
      }
      const { areas, notes } = areasInCell(cellParts(cell), draft);
      sayAreas(draft, areas);
      return notes.length > 0 ? notes.join(' ') : undefined;
    },
    clear: (draft) => sayAreas(draft, []),
  },
  {
    name: 'how to join',
    also: ['joining', 'booking', 'referral'],
    help: `One or more of: ${JOINS.map((join) => JOIN_LABELS[join]).join('; ')}.`,
    example: JOIN_LABELS.drop_in,
    write: ({ service }) => service.join.map((join) => JOIN_LABELS[join]).join('; '),
    read(cell, { service }) {
      service.join = distinct(
        choicesIn(cell, JOIN_NAMES).map((name) => choiceNamed(name, JOIN_NAMES, Object.values(JOIN_LABELS))),
      );
      return undefined;
    },
    clear({ service }) {
      service.join = [];
    },
  },
  serviceText('application_process', 1000, {
    name: 'joining in words',
    also: ['application process', 'how to apply'],
    help: 'How to join, in your own words.',
    example: 'Ring Sam to say that you are coming.',
  }),
  serviceText('first_visit', 1000, {
    name: 'first visit',
    help: 'What the first visit is like.',
    example: 'Somebody meets you at the door.',
  }),
  {
    name: 'languages',
    also: ['language'],
    help: 'Spoken there, a semicolon between several.',
    example: 'English; Turkish',
    write: ({ service }) => service.languages.map(describeLanguage).join('; '),
    read(cell, { service }) {
      const { tags, unknown } = readLanguages(cell);
      const [first] = unknown;
      if (first) throw new UnreadableCell(`${unknownLanguage(first)}.`);
      service.languages = tags;
      return undefined;
    },
    clear({ service }) {
      service.languages = [];
    },
  },
  {
    name: 'written in',
    also: ['language of the text'],
    help: 'The language of the words of the row. Empty: told from them, where it can be.',
    example: '',
    write: ({ service }) => (service.written_in === UNDETERMINED ? '' : describeLanguage(service.written_in)),
    read(cell, { service }) {
      const { tags, unknown } = readLanguages(cell);
      const [tag] = tags;
      if (unknown[0] || tag === undefined || tags.length > 1)
        throw new UnreadableCell(unknown[0] ? `${unknownLanguage(unknown[0])}.` : 'Write one language, like Welsh.');
      service.written_in = tag;
      return undefined;
    },
    clear({ service }) {
      delete service.written_in;
    },
  },
  ...questionsOf('for').map(questionColumn),
  ...PAIN_FRIENDLY.map((practice) =>
    ticked(
      { name: PAIN_FRIENDLY_LABELS[practice].toLowerCase(), help: 'For people who live with pain.' },
      ({ pain_friendly }) => pain_friendly[practice],
      ({ service }, answer) => {
        service.pain_friendly = { ...unanswered(PAIN_FRIENDLY), ...service.pain_friendly, [practice]: answer };
      },
    ),
  ),
  chosen(
    { name: 'availability', help: 'Open, Waiting list, Full or Paused.', example: 'Open' },
    AVAILABILITY_LABELS,
    AVAILABILITY_NAMES,
    ({ availability }) => availability.state,
    ({ service }, state) => {
      service.availability = { ...service.availability, state };
    },
  ),
  {
    name: 'availability until',
    help: 'The last day of a waiting list, or of being full or paused.',
    example: '',
    write: ({ service }) => writtenDate(service.availability.until),
    read(cell, { service, today }) {
      service.availability = { state: 'open', ...service.availability, until: ukDate(cell, today) };
      return undefined;
    },
    clear({ service }) {
      if (service.availability) delete service.availability.until;
    },
  },
  {
    name: 'availability note',
    help: 'A line about it.',
    example: '',
    write: ({ service }) => service.availability.note ?? '',
    read(cell, { service }) {
      service.availability = { state: 'open', ...service.availability, note: cellText(cell, 200) };
      return undefined;
    },
    clear({ service }) {
      if (service.availability) delete service.availability.note;
    },
  },
  ...questionsOf('joining').map(questionColumn),
];
