import ICAL from 'ical.js';

/** A calendar out of its text: whole, or event by event where one of them is not as iCalendar writes it. */

export interface ReadCalendar {
  calendar: ICAL.Component;
  /** What events are called that cannot be read, and are not in it. */
  broken: string[];
}

/** @returns null where the text is no calendar */
export function readCalendarText(text: string): ReadCalendar | null {
  const whole = parsed(text);
  if (whole) return { calendar: whole, broken: [] };
  // One value that is none makes all of the text unreadable for the library.
  const [head = '', ...events] = text.split(/^BEGIN:VEVENT\r?\n/im);
  const parts = events.map((part) => part.split(/^END:VEVENT(?:\r?\n|$)/im));
  const calendar = events.length === 0 ? null : parsed(head + parts.map(([, ...rest]) => rest.join('')).join(''));
  if (!calendar) return null;
  const broken: string[] = [];
  for (const [lines = ''] of parts) {
    const event = parsed(
      `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${lines}END:VEVENT\r\nEND:VCALENDAR`,
    )?.getFirstSubcomponent('vevent');
    if (event) calendar.addSubcomponent(event);
    else broken.push(/^SUMMARY[^:\r\n]{0,80}:([^\r\n]{1,120})/im.exec(lines)?.[1] ?? 'an event');
  }
  return { calendar, broken };
}

/** The calendar, with the events of those that follow it in the same text; null where there is none. */
function parsed(text: string): ICAL.Component | null {
  try {
    // Of several calendars the library makes a list, of one that one, of none an empty list.
    const read: unknown[] = ICAL.parse(text);
    const all = (Array.isArray(read[0]) ? read : [read]).filter((it) => Array.isArray(it) && it[0] === 'vcalendar');
    const [first, ...others] = all.map((it) => new ICAL.Component(it as unknown[]));
    for (const event of others.flatMap((other) => other.getAllSubcomponents('vevent'))) first?.addSubcomponent(event);
    return first ?? null;
  } catch {
    return null;
  }
}
