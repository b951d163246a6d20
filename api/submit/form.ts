import type { Listing } from '../domain/service.ts';
import type { Submission } from '../store/submissions.ts';

/** A form as a page shows it. */
export interface SubmissionForm {
  /** The key in its address. */
  token: string;
  /** Under what it is saved; of an edit that nobody has begun yet, what would be. */
  submission: Submission;
  /** Whether it is kept already. */
  begun: boolean;
  /** The listing that it changes; null for a new one. */
  current: Listing | null;
  /** Whether who holds the key reads the mail of the address that stands in the form. */
  proved: boolean;
}

/** Whether it is still in the hands of who fills it in. */
export const mayChange = ({ state }: Submission): boolean => state === 'draft' || state === 'asked';
