import { z } from 'zod';

/**
 * What a number is for, in the words of HSDS. Absent: people ring it and talk. HSDS also knows `cell`, which is rung like
 * any other, and `pager` and `video`, which no directory here has shown.
 */
export const PHONE_TYPES = ['voice', 'text', 'textphone', 'fax'] as const;
export type PhoneType = (typeof PHONE_TYPES)[number];

/** A telephone number of a listing. One that was stored before 0.4.0 may still hold words or an extension in `number`. */
export const Phone = z.strictObject({
  /** As it is written for people: '020 7946 0018', '116 123', '18001 020 7946 0018'. */
  number: z.string().trim().min(1).max(60),
  /** Digits: what the switchboard is told. */
  extension: z
    .string()
    .regex(/^\d{1,8}$/)
    .optional(),
  type: z.enum(PHONE_TYPES).optional(),
  /** 'Mon to Fri, 9 to 5', 'option 2', 'text SHOUT': what else is said of it. */
  description: z.string().trim().min(1).max(200).optional(),
});
export type Phone = z.infer<typeof Phone>;

/** The order in which numbers are of use to somebody who wants to get in touch. */
const RANK: Readonly<Record<PhoneType, number>> = { voice: 0, text: 1, textphone: 2, fax: 3 };

/** The numbers with those first that people can ring. Among their like they stay in their order. */
export const inOrderOfUse = (phones: readonly Phone[]): Phone[] =>
  phones.toSorted((a, b) => RANK[a.type ?? 'voice'] - RANK[b.type ?? 'voice']);
