import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import rrule from 'rrule';
import { dayOf, instantOf, minutesOf } from '#api/domain/london.ts';

/**
 * What three independent readers of calendar files make of one: the beginnings of all meetings within a time. Each gives
 * 'YYYY-MM-DD' for a whole day, else the moment in UTC as 'YYYY-MM-DDTHH:MM:SSZ', in order.
 */

interface Window {
  /** 'YYYY-MM-DD', both included. */
  from: string;
  to: string;
}

type Reader = (file: string, window: Window) => string[];

const utc = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

const within = (starts: string[], { from, to }: Window): string[] =>
  starts.filter((start) => start.slice(0, 10) >= from && start.slice(0, 10) <= to).sort();

const unfolded = (file: string): string[] => file.replaceAll('\r\n ', '').split('\r\n');

/** As Thunderbird and Nextcloud read it. */
const withIcalJs: Reader = (file, window) => {
  const root = new ICAL.Component(ICAL.parse(file));
  const zone = new ICAL.Timezone(root.getFirstSubcomponent('vtimezone')!);
  const starts: string[] = [];
  for (const component of root.getAllSubcomponents('vevent')) {
    const walk = new ICAL.Event(component).iterator();
    for (let at = walk.next(); at && at.toString().slice(0, 10) <= window.to; at = walk.next()) {
      if (!at.isDate && at.zone !== ICAL.Timezone.utcTimezone) at.zone = zone;
      starts.push(at.isDate ? at.toString() : utc(at.toUnixTime() * 1000));
    }
  }
  return within(starts, window);
};

const property = (event: readonly string[], name: string): string | undefined =>
  event.find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`));

/** The time that a wall clock shows, which rrule gives as if it were UTC. */
const onTheClock = (date: Date): string => {
  const text = date.toISOString();
  return utc(instantOf(dayOf(text.slice(0, 10)), minutesOf(text.slice(11, 16))));
};

/** As most programs in JavaScript read it: rrule knows one event's lines, and thinks in times on the clock. */
const withRrule: Reader = (file, window) => {
  const events = unfolded(file).join('\n').split('BEGIN:VEVENT').slice(1);
  const to = new Date(`${window.to}T23:59:59Z`);
  const starts = events.flatMap((text) => {
    const event = text.split('\n');
    const start = property(event, 'DTSTART')!;
    const value = start.slice(start.indexOf(':') + 1);
    const whole = value.length === 8;
    const lines = event
      .filter((line) => /^(DTSTART|RRULE|EXDATE|RDATE)[:;]/.test(line))
      // Times on the clock are handed over as such.
      .map((line) => line.replace(';TZID=Europe/London', '').replace(';VALUE=DATE', ''));
    const dates = property(event, 'RRULE')
      ? rrule.rrulestr(lines.join('\n'), { forceset: true }).between(new Date('2000-01-01'), to, true)
      : [
          new Date(
            `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}T${whole ? '00:00:00' : `${value.slice(9, 11)}:${value.slice(11, 13)}:00`}Z`,
          ),
        ];
    return dates.map((date) =>
      whole ? date.toISOString().slice(0, 10) : value.endsWith('Z') ? utc(date.getTime()) : onTheClock(date),
    );
  });
  return within(starts, window);
};

const two = (number: number): string => String(number).padStart(2, '0');

/** As Home Assistant's and MagicMirror's kind read it. */
const withNodeIcal: Reader = (file, window) => {
  const events = Object.values(nodeIcal.sync.parseICS(file)).filter((it) => it?.type === 'VEVENT');
  const starts = events.flatMap((event) => {
    const whole = event.datetype === 'date';
    const instances = nodeIcal.expandRecurringEvent(event, {
      from: new Date(`${window.from}T00:00:00Z`),
      to: new Date(`${window.to}T23:59:59Z`),
    });
    return instances.map(({ start }) =>
      // It gives whole days at midnight of the machine's own zone.
      whole ? `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}` : utc(start.getTime()),
    );
  });
  return within(starts, window);
};

export const READERS: readonly [name: string, read: Reader][] = [
  ['ical.js', withIcalJs],
  ['rrule', withRrule],
  ['node-ical', withNodeIcal],
];
