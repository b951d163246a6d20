import { z } from '@hono/zod-openapi';
import { URI } from '../uri.ts';

/** What fields of published records hold, and what is said of those that Open Referral UK does not have. */

export const id = z.uuid();
export const text = z.string().min(1);
export const uri = z.url().refine((address) => URI.test(address), 'must be written as RFC 3986 has it');
export const date = z.iso.date();
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d/);
export const own = (description: string) => ({ description: `Not in Open Referral UK: ${description}` });
export const hsds = (description: string) => ({ description: `HSDS 3.0, not in Open Referral UK: ${description}` });
