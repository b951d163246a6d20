import { readPostcode } from '../../domain/postcode.ts';
import { ACCESS_FEATURES, type AccessFeature, unanswered } from '../../domain/questions.ts';
import { ACCESS, type Location } from '../../domain/service.ts';
import { BAR, cellText, type Partially, type TableColumn, UnreadableCell } from './column.ts';
import { triState } from './values.ts';

/**
 * The columns of venues. A listing with several venues has them in the same cells, a bar between them, in the same order
 * in each: 'Sunbeam Hall | Far Library' under 'venue', 'E8 3AB | E9 6AA' under 'postcode'.
 */

type Venue = Partially<Location>;

interface VenueField {
  get(venue: Location): string;
  set(venue: Venue, value: string): string | undefined;
  clear?(venue: Venue): void;
}

/** Splits at bars and line breaks. Empty parts are kept, so that the second venue stays the second. */
const placesOf = (cell: string): string[] => cell.split(/[|\n\r]+/).map((part) => part.trim());

/** A confidential venue is written as an empty part, so that the others keep their places. */
const said = (venue: Location, get: VenueField['get']): string => (venue.confidential ? '' : get(venue));

const venueColumn = (
  column: Omit<TableColumn, 'read' | 'write' | 'clear'>,
  { get, set, clear }: VenueField,
): TableColumn => ({
  ...column,
  write: ({ locations }) => {
    const cells = locations.map((venue) =>
      said(venue, get)
        .replaceAll('|', '/')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .join(' '),
    );
    return cells.some((cell) => cell !== '') ? cells.join(BAR).trim() : '';
  },
  read(cell, { venues }) {
    const repairs: (string | undefined)[] = [];
    for (const [at, part] of placesOf(cell).entries()) {
      if (at >= 500) throw new UnreadableCell('A listing has at most 500 venues.');
      venues[at] ??= {};
      const venue = venues[at]!;
      if (part === '' || venue.confidential) continue;
      if (part === '-') clear?.(venue);
      else repairs.push(set(venue, part));
    }
    return repairs.find((repair) => repair !== undefined);
  },
  ...(clear && {
    clear({ venues }: { venues: Venue[] }) {
      for (const venue of venues) if (!venue.confidential) clear(venue);
    },
  }),
});

/** An address is made whole once all its columns are read. */
function inAddress(venue: Venue, key: Line | 'postal_code', value: string): void {
  venue.address = { ...(venue.address as NonNullable<Location['address']>), [key]: value };
}

type Line = 'address_1' | 'address_2' | 'city' | 'state_province';

const line = (key: Line, most: number): VenueField => ({
  get: ({ address }) => address?.[key] ?? '',
  set(venue, value) {
    inAddress(venue, key, cellText(value, most));
    return undefined;
  },
  clear(venue) {
    if (venue.address) delete (venue.address as Partial<NonNullable<Location['address']>>)[key];
  },
});

const degrees = (key: 'latitude' | 'longitude', least: number, most: number): VenueField => ({
  get: (venue) => String(venue[key] ?? ''),
  set(venue, value) {
    const number = Number(value);
    if (value === '' || !(number >= least && number <= most))
      throw new UnreadableCell(
        `‘${value}’ is not in the United Kingdom: write degrees from ${least} to ${most}, or leave it empty and the postcode says where it is.`,
      );
    venue[key] = number;
    return undefined;
  },
});

const note = (key: 'transportation' | 'accessibility_notes'): VenueField => ({
  get: (venue) => venue[key] ?? '',
  set(venue, value) {
    venue[key] = cellText(value, 600);
    return undefined;
  },
  clear(venue) {
    delete venue[key];
  },
});

export const VENUE_COLUMNS: readonly TableColumn[] = [
  venueColumn(
    {
      name: 'venue',
      also: ['venue name', 'location', 'place', 'hall'],
      help: 'The building. Several venues: a bar between them, here and in the columns that follow, in the same order.',
      example: 'Sunbeam Hall | Far Library',
    },
    {
      get: ({ name }) => name,
      set(venue, value) {
        venue.name = cellText(value, 160);
        return undefined;
      },
    },
  ),
  venueColumn(
    {
      name: 'address',
      also: ['address 1', 'address line 1', 'street'],
      help: 'House and street.',
      example: '1 Made-up Street | 2 Made-up Street',
    },
    line('address_1', 120),
  ),
  venueColumn(
    { name: 'address line 2', also: ['address 2'], help: 'What else the address needs.', example: '' },
    line('address_2', 120),
  ),
  venueColumn(
    { name: 'town', also: ['city', 'town or city'], help: 'Town or city.', example: 'London | London' },
    line('city', 80),
  ),
  venueColumn({ name: 'county', help: 'If the address needs it.', example: '' }, line('state_province', 80)),
  venueColumn(
    {
      name: 'postcode',
      also: ['post code', 'postal code', 'zip'],
      help: 'The whole postcode: it says where the venue is.',
      example: 'E8 3AB | E9 6AA',
    },
    {
      get: ({ address }) => address?.postal_code ?? '',
      set(venue, value) {
        const read = readPostcode(value);
        if (read.kind !== 'unit') throw new UnreadableCell(`‘${value}’ is no whole postcode. Write it like E8 3AB.`);
        inAddress(venue, 'postal_code', read.postcode);
        return undefined;
      },
    },
  ),
  venueColumn(
    { name: 'latitude', also: ['lat'], help: 'Degrees, if you know them better than the postcode does.', example: '' },
    degrees('latitude', 49, 61.5),
  ),
  venueColumn(
    { name: 'longitude', also: ['lng', 'lon', 'long'], help: 'Degrees.', example: '' },
    degrees('longitude', -9, 2.5),
  ),
  venueColumn(
    {
      name: 'getting there',
      also: ['transport', 'directions'],
      help: 'How to get there, in plain words.',
      example: 'Ten minutes from the station. | Buses stop outside.',
    },
    note('transportation'),
  ),
  ...ACCESS.map((feature) => {
    const { label, also }: AccessFeature = ACCESS_FEATURES[feature];
    return venueColumn(
      {
        name: label.toLowerCase(),
        ...(also && { also }),
        help: 'Yes, no or unknown.',
        example: 'yes | unknown',
      },
      {
        get: ({ accessibility }) => accessibility[feature],
        set(venue, value) {
          venue.accessibility = { ...unanswered(ACCESS), ...venue.accessibility, [feature]: triState(value) };
          return undefined;
        },
      },
    );
  }),
  venueColumn(
    {
      name: 'access in words',
      also: ['accessibility notes', 'access notes', 'accessibility'],
      help: 'What else somebody should know about getting in.',
      example: '',
    },
    note('accessibility_notes'),
  ),
];
