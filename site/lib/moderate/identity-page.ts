import { IDENTITY_DEFAULTS, type Identity } from '#api/domain/identity.ts';
import { directory } from '#api/instance.ts';
import {
  changeIdentity,
  type IdentityFaults,
  identitySent,
  type LogoChoice,
  readPicture,
} from '#api/moderate/identity.ts';
import { readIdentity } from '#api/store/identity.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

/** The page at /moderate/settings. */
export interface IdentityView {
  /** As it is, or as it was just typed. */
  identity: Identity;
  errors: IdentityFaults;
  /** What was just done, in words. */
  done: string | null;
}

/**
 * Does what its form asks for.
 * @param languages that the handout knows
 * @returns where to go on to once it is kept
 */
export async function identityPage(
  context: PageContext,
  languages: readonly string[],
): Promise<Response | IdentityView> {
  const form = formOf(context);
  const done = context.url.searchParams.has('done') ? 'Saved. Every page shows it from now on.' : null;
  if (!form) return { identity: readIdentity(directory.db), errors: {}, done };
  const identity = identitySent(
    {
      name: textOf(form, 'name'),
      welcome: textOf(form, 'welcome'),
      story: textOf(form, 'story'),
      home: field(form, 'home'),
      contact: field(form, 'contact'),
    },
    { categories: form.getAll('category').map(String), languages: form.getAll('language').map(String) },
    languages,
  );
  const errors = changeIdentity(directory, identity, await logoIn(form), moderatorOf(context).person);
  if (Object.keys(errors).length === 0) return seeOther('/moderate/settings?done=1');
  return { identity, errors, done: null };
}

/** What was typed, or the default where nothing was. */
const textOf = (form: FormData, name: 'name' | 'welcome' | 'story'): string =>
  field(form, name).replaceAll('\r\n', '\n') || IDENTITY_DEFAULTS[name];

/** What was chosen; a sentence where the file is none that can be taken. */
async function logoIn(form: FormData): Promise<LogoChoice> {
  const file = form.get('logo');
  if (!(file instanceof File) || file.size === 0) return form.has('no_logo') ? 'take out' : 'leave';
  return readPicture(new Uint8Array(await file.arrayBuffer()));
}
