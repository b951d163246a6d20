/** How things are said to people, in plain English: one place for every word that pages, API and papers share. */
export {
  describeAges,
  describeAvailability,
  describeCost,
  describeDistance,
  describeProvenance,
} from './words/answers.ts';
export { beforeGoing, inBrief, warningsOf, whoMayCome, whomItIsFor } from './words/before-going.ts';
export * from './words/clinical.ts';
export { describeDate, describeTime } from './words/dates.ts';
export * from './words/labels.ts';
export { describeLanguage } from './words/languages.ts';
export { describeBreaks, describeCheck, describeSchedule, describeSession, EVER, TERM_TIME } from './words/sessions.ts';
