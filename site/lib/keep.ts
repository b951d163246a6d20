import { z } from 'zod';
import { directory } from '#api/instance.ts';
import { sayStillRight, sayStopped } from '#api/upkeep/confirm.ts';
import { askToTakeOver, takeOver } from '#api/upkeep/hand-over.ts';
import { type LinkTarget, linkTargetOf } from '#api/upkeep/link-target.ts';
import { askForFreshLinks, toEdit } from '#api/upkeep/links.ts';
import { undoChange } from '#api/upkeep/undo.ts';

/** What the pages do that are reached from mails: look at what a link opens, and do what a button says. */

/** What a link opens. Looking changes nothing. */
export const behind = (token: string): LinkTarget => linkTargetOf(directory, token);

/** What a form asks for: the value of the button that was pressed. */
export async function pressed(request: Request): Promise<{ button: string; form: FormData }> {
  const form = await request.formData().catch(() => new FormData());
  return { button: String(form.get('do') ?? ''), form };
}

/** Where to go on after a button; null where the page is to be shown again, since the link does not work any more. */
export function press(token: string, button: string, client: string): string | null {
  switch (button) {
    case 'right':
      return sayStillRight(directory, token);
    case 'stopped':
      return sayStopped(directory, token);
    case 'take-over':
      return takeOver(directory, token);
    case 'edit':
      return toEdit(directory, token);
    case 'undo': {
      const undone = undoChange(directory, token);
      if (undone.outcome === 'changed') return `/keep/${token}?since=changed`;
      return undone.outcome === 'done' ? (undone.page ?? '/keep/done?said=undone') : null;
    }
    case 'fresh':
      askForFreshLinks(directory, { token, client });
      return '/keep/done?said=sent';
    default:
      return null;
  }
}

/**
 * Asks somebody else to look after a listing.
 * @returns what is wrong with the address, or where to go on; null where the link does not work any more
 */
export function askSomebody(token: string, email: string): { error: string } | { next: string } | null {
  const typed = email.trim();
  if (typed === '') return { error: 'Write the e-mail address of whoever is to look after it.' };
  if (!z.email().max(254).safeParse(typed).success)
    return { error: 'That is not an e-mail address. Write it like name@example.org.' };
  const outcome = askToTakeOver(directory, token, typed);
  if (outcome === 'own') return { error: 'That is your own address. Write the address of somebody else.' };
  return outcome === 'asked' ? { next: '/keep/done?said=asked' } : null;
}
