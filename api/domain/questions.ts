/**
 * Everything that a listing is asked with yes, no or not known: of itself, of its places, and of how it goes about pain.
 * A row is all there is to say of a question; schema, form, comparison, spreadsheet, Open Referral, pages and filters go
 * by it, in this order. What was stored before a question came has no answer to it, and is read as 'unknown'.
 */

interface Question {
  /** On the page of a listing, before a moderator, and as a term of Open Referral UK. */
  label: string;
  /** In the form, and in which of its steps. */
  ask: string;
  step: 'for' | 'joining';
  /** In the spreadsheet: its heading, others that people give it, and what it is about. */
  column: { name: string; also?: readonly string[]; help: string };
}

/** Of a listing by itself. */
export const QUESTIONS = {
  interpreter: {
    label: 'Interpreter available',
    ask: 'Can there be an interpreter?',
    step: 'for',
    column: { name: 'interpreter', help: 'Whether an interpreter can be there.' },
  },
  carer_welcome: {
    label: 'A carer or companion is welcome',
    ask: 'Is a carer or companion welcome?',
    step: 'for',
    column: { name: 'carer welcome', also: ['companion welcome'], help: 'Whether a carer or companion may come too.' },
  },
  free_childcare: {
    label: 'Free childcare on site',
    ask: 'Is there free childcare on site?',
    step: 'joining',
    column: {
      name: 'free childcare on site',
      also: ['free childcare', 'childcare', 'childcare on site', 'creche'],
      help: 'Whether children are looked after there, at no charge, while somebody takes part.',
    },
  },
  safeguarding_policy: {
    label: 'Says it has a safeguarding policy',
    ask: 'Is there a safeguarding policy?',
    step: 'joining',
    column: { name: 'safeguarding policy', also: ['safeguarding'], help: 'Whether there is one.' },
  },
} as const satisfies Record<string, Question>;

export interface AccessFeature {
  /** On pages, as a filter, in the form, as a term of Open Referral UK and, in small letters, in the spreadsheet. */
  label: string;
  /** Other headings of its column. */
  also?: readonly string[];
  /** What people type who look for it. */
  typed: string;
  /** What in the words of a search (folded) says that it is wanted. */
  said?: RegExp;
  /** Few places have it: paper, which is short, says it of those alone. */
  rare?: boolean;
}

/** Of a place: what it has for people who need it. The handout says it in its languages (data/messages). */
export const ACCESS_FEATURES = {
  step_free: {
    label: 'Step-free access',
    also: ['step free'],
    typed: 'step free',
    said: /\bstep[- ]?free\b|\bno (?:steps|stairs)\b|\bwheelchair (?:access|accessible|friendly)\b/,
  },
  accessible_toilet: {
    label: 'Accessible toilet',
    typed: 'accessible toilet',
    said: /\b(?:accessible|disabled|wheelchair) toilets?\b/,
  },
  changing_place_toilet: {
    label: 'Changing Places toilet',
    also: ['changing place toilet', 'changing places', 'changing place'],
    typed: 'changing places toilet hoist',
    said: /\bchanging places?\b/,
    rare: true,
  },
  hearing_loop: { label: 'Hearing loop', typed: 'hearing loop', said: /\b(?:hearing|induction) loop\b/ },
  seating: { label: 'Seats to rest on', also: ['seating'], typed: 'seating' },
  parking: { label: 'Parking', typed: 'parking', said: /\b(?:parking|car park)\b/ },
} as const satisfies Record<string, AccessFeature>;

export interface PainPractice {
  /** As for a feature of a place. */
  label: string;
  /** In the form, where a word needs it. */
  hint?: string;
}

/** Behaviours that a host has declared; never 'suitable for'. */
export const PAIN_PRACTICES = {
  paced: { label: 'Goes at your own pace' },
  seated_option: { label: 'Can be done sitting down' },
  may_rest_or_leave: { label: 'You can rest or leave at any time' },
  gentle: { label: 'Gentle' },
  leader_knows_pain: { label: 'The leader has learnt about long-term pain' },
  flare_up_plan: {
    label: 'They plan for flare-ups with you',
    hint: 'A flare-up is when pain gets worse for a while. A plan says what to do then.',
  },
} as const satisfies Record<string, PainPractice>;

export type QuestionKey = keyof typeof QUESTIONS;
/** The questions that a step of the form asks. */
export type QuestionOf<Step> = {
  [Key in QuestionKey]: (typeof QUESTIONS)[Key]['step'] extends Step ? Key : never;
}[QuestionKey];

const keysOf = <Key extends string>(table: Record<Key, unknown>) => Object.keys(table) as [Key, ...Key[]];

export const QUESTION_KEYS = keysOf(QUESTIONS);
export const ACCESS = keysOf(ACCESS_FEATURES);
export const PAIN_FRIENDLY = keysOf(PAIN_PRACTICES);

/** The questions that a step of the form asks, in their order. */
export const questionsOf = <Step extends Question['step']>(step: Step): QuestionOf<Step>[] =>
  QUESTION_KEYS.filter((key): key is QuestionOf<Step> => QUESTIONS[key].step === step);

/** The label of each row. */
export const labelsOf = <Key extends string>(table: Readonly<Record<Key, { label: string }>>): Record<Key, string> =>
  Object.fromEntries(keysOf(table).map((key) => [key, table[key].label])) as Record<Key, string>;

/** No answer to any of some questions. */
export const unanswered = <Key extends string>(keys: readonly Key[]): Record<Key, 'unknown'> =>
  Object.fromEntries(keys.map((key) => [key, 'unknown'])) as Record<Key, 'unknown'>;
