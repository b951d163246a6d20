import type { Standing } from '../domain/reach.ts';
import type { Session } from '../domain/schedule.ts';
import { dateIn } from './dates.ts';
import { type HandoutLanguage, handoutMessage } from './messages.ts';
import { areasIn } from './place.ts';
import type { PaperSource } from './source.ts';

/** Why to ring before the next session; null where it can be counted on. */
export function checkIn(language: HandoutLanguage, next: Session | undefined): string | null {
  if (!next?.check_first) return null;
  return next.bank_holiday === null
    ? handoutMessage(language, 'check_first')
    : handoutMessage(language, 'check_bank_holiday');
}

/** 'Full now', 'Full until 5 March 2027'; null where it is open. */
function availabilityIn(
  language: HandoutLanguage,
  { state, until }: PaperSource['service']['availability'],
): string | null {
  if (state === 'open') return null;
  return until === undefined
    ? handoutMessage(language, `note_${state}`)
    : handoutMessage(language, `note_${state}_until`, { date: dateIn(language, until) });
}

/** Whether it serves the address asked about; null where nothing is to be said. */
function standingIn(language: HandoutLanguage, standing: Standing | null, areas: string): string | null {
  if (standing?.kind === 'not_serving') return handoutMessage(language, 'note_not_here', { areas });
  return standing && standing.kind !== 'unclear' && !standing.certain
    ? handoutMessage(language, 'note_perhaps_here')
    : null;
}

/**
 * What to know before going, what matters most first: not for this address, an example, full, not confirmed.
 * @param standing how it is reached from the address that was searched from; null without one
 * @param next the session that the handout names
 */
export function notesIn(
  language: HandoutLanguage,
  source: PaperSource,
  standing: Standing | null,
  next: Session | undefined,
): string[] {
  const { service, state, cautions = [] } = source;
  const warned = cautions.map(({ kind }) => kind);
  const say = (key: Parameters<typeof handoutMessage>[1], when: boolean) =>
    when ? handoutMessage(language, key) : null;
  const said = [
    standingIn(language, standing, areasIn(language, service.service_areas)),
    say('note_ask_area', service.service_area_status !== 'said' && standing?.kind !== 'not_serving'),
    say('way_unknown', service.attending_types.length === 0),
    say('note_example', service.example),
    say('note_not_running', service.status !== 'active'),
    availabilityIn(language, service.availability),
    say('note_check', warned.includes('check_before_use')),
    say('note_old', warned.includes('old_source') || warned.includes('review_past')),
    say('note_unconfirmed', state === 'unconfirmed'),
    checkIn(language, next),
    say(
      'check_first',
      service.schedules.some(({ term_time }) => term_time),
    ),
  ];
  return [...new Set(said.filter((note) => note !== null))];
}
