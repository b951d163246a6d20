/** How things are said to people, in plain English: one place for every word that pages, API and papers share. */
export {
  describeAges,
  describeAvailability,
  describeCost,
  describeDistance,
  describeProvenance,
} from './words/answers.ts';
export * from './words/clinical.ts';
export { describeDate, describeTime } from './words/dates.ts';
export * from './words/labels.ts';
export { describeLanguage } from './words/languages.ts';
export { describeBreaks, describeCheck, describeSchedule, describeSession, EVER } from './words/sessions.ts';
