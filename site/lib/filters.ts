import type { FacetName } from '#api/search/types.ts';

/** The filters as the page shows them, in the order in which people reach for them. */
export const FILTERS: {
  name: FacetName;
  title: string;
  hint?: string;
  more?: { href: string; text: string };
  single?: boolean;
}[] = [
  { name: 'kind', title: 'Kind of support' },
  { name: 'category', title: 'Subject' },
  { name: 'day', title: 'Day' },
  { name: 'time', title: 'Time of day', hint: 'When a session starts' },
  { name: 'cost', title: 'Cost' },
  { name: 'mode', title: 'In person, online or phone' },
  { name: 'join', title: 'How to join' },
  { name: 'access', title: 'Access', hint: 'Only places that said yes to all of these' },
  {
    name: 'pain_friendly',
    title: 'Pain-friendly',
    hint: 'What the group says it does. All of these',
    more: { href: '/pain#group', text: 'What pain-friendly means' },
  },
  { name: 'language', title: 'Language spoken' },
  { name: 'age', title: 'Age of the person', single: true },
  { name: 'checked', title: 'Checked lately', single: true },
];

/** Everything that a search address of the site may carry beside the sealed place. */
export const FILTER_NAMES: readonly string[] = FILTERS.map(({ name }) => name);
