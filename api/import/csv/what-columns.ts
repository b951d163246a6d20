import { readAges } from '../../domain/ages.ts';
import { ATTENDING_TYPES, KINDS } from '../../domain/service.ts';
import { TAXONOMY_TERMS } from '../../domain/taxonomy.ts';
import { ATTENDING_LABELS, describeAges, describeCost, KIND_LABELS, KIND_LABELS_ONE } from '../../domain/words.ts';
import { choicesIn, chosen, distinct } from './choices.ts';
import { cellParts, cellText, serviceText, type TableColumn, UnreadableCell } from './column.ts';
import { costsInCell } from './costs.ts';
import { choiceNamed, namesOf, plainText } from './values.ts';

/** The columns of what a listing is, who it is for, and what it costs. */

const KIND_NAMES = namesOf(KIND_LABELS, KIND_LABELS_ONE);
const ATTENDING_NAMES = namesOf(ATTENDING_LABELS, {
  in_person: 'face to face',
  online: 'zoom',
  phone: 'telephone',
  at_home: 'at home',
});
const CATEGORY_NAMES = new Map(
  TAXONOMY_TERMS.flatMap(({ code, name }) => [
    [plainText(code), code],
    [plainText(name), code],
  ]),
);
const CATEGORIES = TAXONOMY_TERMS.map(({ name }) => name);

const age = (which: 'minimum_age' | 'maximum_age', name: string, example: string): TableColumn => ({
  name,
  help: 'In years, or in words like 50+ or over 50.',
  example,
  write: ({ service }) => String(service.eligibility[which] ?? ''),
  read(cell, { service }) {
    const ages = readAges(cell, which);
    if (!ages) throw new UnreadableCell(`Write the age in figures, like 18 or 50+, and not ‘${cell}’.`);
    const { rough, ...range } = ages;
    service.eligibility = { restrictions: [], ...service.eligibility, ...range };
    return rough
      ? `‘${cell}’ was taken as ${describeAges({ restrictions: [], ...range }).toLowerCase()}. Say the rest under ‘who it is for’.`
      : undefined;
  },
  clear({ service }) {
    if (service.eligibility) delete service.eligibility[which];
  },
});

export const WHAT_COLUMNS: readonly TableColumn[] = [
  {
    name: 'id',
    help: 'The number under which the directory has the listing. Leave it as it is, and leave it empty for a new listing.',
    example: '',
    write: ({ service }) => service.id,
    read: () => undefined,
  },
  serviceText('name', 160, {
    name: 'name',
    also: ['listing', 'service', 'service name', 'activity', 'title'],
    help: 'What the group or service is called.',
    example: 'Seated exercise',
    required: true,
    optional: false,
  }),
  serviceText('alternate_name', 160, {
    name: 'also known as',
    also: ['alternate name', 'other name'],
    help: 'Another name that people use.',
    example: 'Chair gym',
  }),
  serviceText('summary', 180, {
    name: 'summary',
    also: ['in one line'],
    help: 'One line, up to 180 characters.',
    example: 'Gentle movement in a chair, with tea afterwards.',
    optional: false,
  }),
  serviceText('description', 6000, {
    name: 'description',
    also: ['about', 'details', 'what happens'],
    help: 'What happens there, in plain words. No markup.',
    example: 'We move to music for 40 minutes. Most of it can be done sitting down.',
    optional: false,
  }),
  chosen(
    {
      name: 'kind',
      also: ['type'],
      help: `One of: ${KINDS.map((kind) => KIND_LABELS_ONE[kind]).join('; ')}.`,
      example: KIND_LABELS_ONE.activity,
      required: true,
    },
    KIND_LABELS_ONE,
    KIND_NAMES,
    (service) => service.kind,
    ({ service }, kind) => {
      if (kind === 'clinical' && service.kind !== 'clinical')
        throw new UnreadableCell(
          'A clinical service has criteria and referral routes that a spreadsheet cannot hold. Add it by another way.',
        );
      service.kind = kind;
    },
  ),
  {
    name: 'categories',
    also: ['category', 'taxonomy', 'tags'],
    help: 'Up to six, the most fitting first, a semicolon between them. The page about adding listings names them all.',
    example: 'Sport and movement; Older people',
    required: true,
    write: ({ service }) =>
      service.taxonomy_terms.map((code) => TAXONOMY_TERMS.find((term) => term.code === code)?.name ?? code).join('; '),
    read(cell, { service }) {
      service.taxonomy_terms = distinct(
        choicesIn(cell, CATEGORY_NAMES).map((name) => choiceNamed(name, CATEGORY_NAMES, CATEGORIES)),
      );
      if (service.taxonomy_terms.length > 6) throw new UnreadableCell('Name at most six categories.');
      return undefined;
    },
  },
  {
    name: 'how people take part',
    also: ['attending', 'mode', 'online or in person', 'delivery'],
    help: `One or more of: ${ATTENDING_TYPES.map((type) => ATTENDING_LABELS[type]).join('; ')}. Empty with a venue: in person. ‘Not known’ where nobody has said.`,
    example: 'In person; Online',
    write: ({ service }) => service.attending_types.map((type) => ATTENDING_LABELS[type]).join('; ') || 'Not known',
    read(cell, { service }) {
      if (/^(not known|unknown)$/i.test(cell.trim())) {
        service.attending_types = [];
        return undefined;
      }
      service.attending_types = distinct(
        choicesIn(cell, ATTENDING_NAMES).map((name) =>
          choiceNamed(name, ATTENDING_NAMES, Object.values(ATTENDING_LABELS)),
        ),
      );
      return undefined;
    },
  },
  {
    name: 'who it is for',
    also: ['eligibility', 'audience'],
    help: 'In plain words.',
    example: 'Adults with long-term pain',
    write: ({ service }) => service.eligibility.description ?? '',
    read(cell, { service }) {
      service.eligibility = { restrictions: [], ...service.eligibility, description: cellText(cell, 1000) };
      return undefined;
    },
    clear({ service }) {
      if (service.eligibility) delete service.eligibility.description;
    },
  },
  age('minimum_age', 'youngest age', '18'),
  age('maximum_age', 'oldest age', ''),
  {
    name: 'only for',
    also: ['restrictions'],
    help: 'Who it is kept for, if it is: women only; carers. A semicolon between several.',
    example: '',
    write: ({ service }) => service.eligibility.restrictions.join('; '),
    read(cell, { service }) {
      const restrictions = cellParts(cell).map((part) => cellText(part, 80));
      if (restrictions.length > 5) throw new UnreadableCell('Name at most five.');
      service.eligibility = { ...service.eligibility, restrictions };
      return undefined;
    },
    clear({ service }) {
      if (service.eligibility) service.eligibility.restrictions = [];
    },
  },
  {
    name: 'cost',
    also: ['price', 'fee', 'charge'],
    help: 'Free, donation, or an amount; a semicolon between several. Leave it empty if you do not know.',
    example: '£3; £1.50 concession',
    write: ({ service }) => (service.cost_options.length === 0 ? '' : describeCost(service.cost_options)),
    read(cell, { service }) {
      service.cost_options = costsInCell(cell);
      return undefined;
    },
    clear({ service }) {
      service.cost_options = [];
    },
  },
];
