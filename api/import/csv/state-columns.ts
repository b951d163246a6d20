import { checkedOn } from '../../domain/checked.ts';
import { ASSURED_BY_LABELS, STATUS_LABELS } from '../../domain/words.ts';
import { chosen } from './choices.ts';
import { cellText, type TableColumn, UnreadableCell } from './column.ts';
import { namesOf, ukDate, writtenDate } from './values.ts';

/** The columns of whether a listing runs, who checked it, and where it comes from. */

const STATUS_NAMES = namesOf(STATUS_LABELS);
const ASSURED_NAMES = namesOf(ASSURED_BY_LABELS, {
  organization: 'organisation',
  moderator: 'directory',
  source: 'source',
  nobody: 'nobody',
});
export const STATE_COLUMNS: readonly TableColumn[] = [
  chosen(
    { name: 'status', help: `One of: ${Object.values(STATUS_LABELS).join('; ')}.`, example: STATUS_LABELS.active },
    STATUS_LABELS,
    STATUS_NAMES,
    ({ status }) => status,
    ({ service }, status) => {
      service.status = status;
    },
  ),
  {
    name: 'last checked',
    also: ['assured date', 'checked', 'date checked'],
    help: 'The day on which somebody last made sure that all of this is right. Empty: nobody says of any day that it was.',
    example: '01/09/2026',
    write: ({ service }) => writtenDate(checkedOn(service) ?? undefined),
    read(cell, { service, today }) {
      const date = ukDate(cell, today);
      if (date > today) throw new UnreadableCell(`‘${cell}’ is still to come: write the day on which it was checked.`);
      service.assured_date = date;
      if (service.assured_by === 'nobody') service.assured_by = 'source';
      delete service.checked;
      return undefined;
    },
    clear({ service }) {
      service.assured_by = 'nobody';
      delete service.checked;
    },
  },
  chosen(
    {
      name: 'checked by',
      help: `One of: ${Object.values(ASSURED_BY_LABELS).join('; ')}.`,
      example: ASSURED_BY_LABELS.organization,
    },
    ASSURED_BY_LABELS,
    ASSURED_NAMES,
    ({ assured_by }) => assured_by,
    ({ service }, by) => {
      // Who checked it says nothing of a listing for which no day stands above.
      if (service.assured_by !== 'nobody') service.assured_by = by;
    },
  ),
  {
    name: 'source',
    help: 'Who made the list that this comes from. Empty: the name given when the file is brought in.',
    example: 'Hackney CVS',
    write: ({ service }) => service.source.name,
    read(cell, { service }) {
      service.source = { ...service.source, name: cellText(cell, 160) };
      return undefined;
    },
  },
  {
    name: 'licence',
    also: ['license'],
    help: 'Under which its words may be used.',
    example: 'CC BY 4.0',
    write: ({ service }) => service.source.licence ?? '',
    read(cell, { service }) {
      service.source = { name: '', ...service.source, licence: cellText(cell, 120) };
      return undefined;
    },
    clear({ service }) {
      if (service.source) delete service.source.licence;
    },
  },
];
