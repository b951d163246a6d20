import type { CheckedField } from '../checked.ts';
import { ACCESS_FEATURES, labelsOf, PAIN_PRACTICES, QUESTIONS } from '../questions.ts';
import type { ReachKind } from '../reach.ts';
import type {
  ATTENDING_TYPES,
  COSTS,
  JOINS,
  KINDS,
  Location,
  RecordState,
  Service,
  ServiceArea,
  TriState,
  WEEKDAYS,
} from '../service.ts';

/** A word for each value of each enumeration. The types make a value without a word a compile error. */
type Labels<Value extends string> = Readonly<Record<Value, string>>;

export const KIND_LABELS: Labels<(typeof KINDS)[number]> = {
  activity: 'Activities and classes',
  peer_support: 'Peer support',
  volunteering: 'Volunteering',
  social: 'Social clubs and places to meet',
  advice: 'Advice and practical help',
  event: 'Events',
  clinical: 'Clinical services',
  information: 'Information',
};

/** One of a kind: for a card, where the plural of KIND_LABELS would be odd. */
export const KIND_LABELS_ONE: Labels<(typeof KINDS)[number]> = {
  activity: 'Activity or class',
  peer_support: 'Peer support group',
  volunteering: 'Volunteering',
  social: 'Social club or place to meet',
  advice: 'Advice and practical help',
  event: 'Event',
  clinical: 'Clinical service',
  information: 'Information',
};

export const ATTENDING_LABELS: Labels<(typeof ATTENDING_TYPES)[number]> = {
  in_person: 'In person',
  online: 'Online',
  phone: 'By phone',
  at_home: 'They come to you',
};

/** 'concession' is a filter of its own beside the three kinds of cost. */
export const COST_LABELS: Labels<(typeof COSTS)[number] | 'concession'> = {
  free: 'Free',
  donation: 'Donation',
  paid: 'There is a charge',
  concession: 'Cheaper for some people',
};

export const JOIN_LABELS: Labels<(typeof JOINS)[number]> = {
  drop_in: 'Just turn up',
  book: 'Book first',
  self_refer: 'Refer yourself',
  professional_referral: 'A professional refers you',
};

export const QUESTION_LABELS = labelsOf(QUESTIONS);
export const ACCESS_LABELS = labelsOf(ACCESS_FEATURES);
export const PAIN_FRIENDLY_LABELS = labelsOf(PAIN_PRACTICES);

export const WEEKDAY_LABELS: Labels<(typeof WEEKDAYS)[number]> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

export const TIME_OF_DAY_LABELS: Labels<'morning' | 'afternoon' | 'evening'> = {
  morning: 'Morning, before 12 noon',
  afternoon: 'Afternoon, 12 noon to 5pm',
  evening: 'Evening, from 5pm',
};

export const TRI_STATE_LABELS: Labels<TriState> = { yes: 'Yes', no: 'No', unknown: 'Not known' };

/** What has a day of its own on which it was last checked. */
export const CHECKED_LABELS: Labels<CheckedField> = {
  time: 'Days and times',
  place: 'Place',
  cost: 'Cost',
  contact: 'Contact',
};

export const AVAILABILITY_LABELS: Labels<Service['availability']['state']> = {
  open: 'Open',
  waiting_list: 'Waiting list',
  full: 'Full',
  paused: 'Paused',
};

export const STATUS_LABELS: Labels<Service['status']> = {
  active: 'Running',
  inactive: 'Not running now',
  defunct: 'Closed for good',
  'temporarily closed': 'Closed for now',
};

export const RECORD_STATE_LABELS: Labels<RecordState> = {
  draft: 'Draft',
  awaiting_review: 'Waiting to be looked at',
  published: 'Published',
  due: 'Due for a check',
  unconfirmed: 'Not confirmed lately',
  archived: 'Archived',
  suspended: 'Taken down while we look into it',
};

export const ASSURED_BY_LABELS: Labels<Service['assured_by']> = {
  organization: 'The organisation',
  moderator: 'The directory’s team',
  source: 'Where it was copied from',
  nobody: 'Nobody, as far as is known',
};

export const REACH_LABELS: Labels<ReachKind> = {
  venue: 'In person near here',
  area: 'Comes to you or covers your area',
  remote: 'Online or by phone',
  unclear: 'Ask whether it takes people from this address',
  not_serving: 'Near, but not for this address',
};

export const SERVICE_AREA_LABELS: Labels<ServiceArea['type']> = {
  uk: 'The whole United Kingdom',
  nation: 'A nation',
  district: 'A council area',
  ward: 'A ward',
  outcode: 'A postcode district',
  sector: 'A postcode sector',
};

export const LOCATION_TYPE_LABELS: Labels<Location['location_type']> = {
  physical: 'A place to go to',
  postal: 'A postal address',
  virtual: 'Online',
};

/**
 * Labels as one sentence says them: 'Book first, or a professional refers you'.
 * @param locale whose small letters they have: BCP 47
 */
export const inOneSentence = (labels: readonly string[], between: string, locale = 'en-GB'): string =>
  labels
    .map((label, index) => (index === 0 ? label : label.charAt(0).toLocaleLowerCase(locale) + label.slice(1)))
    .join(between);
