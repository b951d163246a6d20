import type { APIRoute } from 'astro';
import { directory } from '#api/instance.ts';
import { unmetCsv } from '#api/moderate/figures.ts';
import { unmetOf, unmetQuarters } from '#api/store/unmet.ts';
import { moderatorOf } from '../../../lib/moderate/session.ts';

/** What was searched for and not found, of all quarters that are kept, for a spreadsheet. */
export const GET: APIRoute = (context) => {
  moderatorOf(context);
  const counts = unmetQuarters(directory.db).flatMap((quarter) => unmetOf(directory.db, quarter));
  return new Response(unmetCsv(counts), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="unmet-need.csv"',
    },
  });
};
