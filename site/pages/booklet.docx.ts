import type { APIRoute } from 'astro';
import { booklet } from '../lib/booklet.ts';
import { bookletDocument } from '../lib/booklet-document.ts';
import { bookletWords } from '../lib/booklet-words.ts';
import { paperOrigin } from '../lib/handout.ts';
import { identity } from '../lib/identity.ts';
import { addressOf } from '../lib/sealed-search.ts';
import { carried } from '../lib/search.ts';
import { today } from '../lib/today.ts';
import { isPrivateSearch } from '../lib/urgent.ts';

/** GET /booklet.docx: the booklet of a search as a file. Where there is none to make, its page says why. */
export const GET: APIRoute = async (context) => {
  const { searchParams } = context.url;
  const params = carried(searchParams);
  const paper = searchParams.get('paper') === 'a5' ? 'a5' : 'a4';
  const answer = await booklet(params);
  // A file stays where others may find it.
  if (!answer.ok || answer.body.count === 0 || isPrivateSearch(answer.body.whole.urgent, params)) {
    if (paper === 'a5') params.set('paper', paper);
    return context.redirect(addressOf('/booklet', params), 303);
  }
  const words = bookletWords(answer.body, today());
  const file = await bookletDocument(words, { paper, origin: paperOrigin(context), author: identity().name });
  return new Response(file, {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'content-disposition': 'attachment; filename="booklet.docx"',
      'x-robots-tag': 'noindex',
    },
  });
};
