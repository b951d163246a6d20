import type { Way } from './search.ts';

const WITH_PLACE: Record<Way, { heading: string; explain: string }> = {
  venue: { heading: 'Near you', explain: 'Places you can go to.' },
  area: {
    heading: 'Comes to you or covers your area',
    explain: 'These visit, or serve the whole area, so there is no distance to show.',
  },
  remote: { heading: 'Online or by phone', explain: 'You can join from home.' },
  unclear: {
    heading: 'Ask whether it takes people from where you live',
    explain:
      'Nobody has told us where people must live to use these, so they are not counted above. Each one says whom to ask.',
  },
  not_serving: {
    heading: 'Near, but not for this address',
    explain: 'These are close by, but only help people who live somewhere else. Each one says where.',
  },
};

const WITHOUT_PLACE: typeof WITH_PLACE = {
  ...WITH_PLACE,
  venue: {
    heading: 'Places you can go to',
    explain: 'Add a postcode to see how far each one is, and whether it covers your address.',
  },
  area: {
    heading: 'Visits you, or covers an area',
    explain: 'Add a postcode to see which of them cover your address.',
  },
};

/** The heading of a section of results, and the one line under it. */
export const sectionWords = (way: Way, place: object | null): { heading: string; explain: string } =>
  (place ? WITH_PLACE : WITHOUT_PLACE)[way];
