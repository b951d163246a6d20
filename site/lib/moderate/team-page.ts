import type { TeamRole } from '#api/domain/team.ts';
import { directory, settings } from '#api/instance.ts';
import { changeMember, invite, type Member, membersOf, teamRole } from '#api/moderate/team.ts';
import { field, formOf, moderatorOf, type PageContext, seeOther } from './session.ts';

/** The page at /moderate/team. */
export interface TeamView {
  members: Member[];
  /** What was typed, so that it stands there again. */
  typed: { email: string; role: TeamRole };
  errors: Record<string, string>;
  /** Why nothing was done with somebody of the list. */
  trouble: string | null;
  /** What was just done, in words. */
  done: string | null;
}

/** What each role may do, for whoever chooses one. */
export const TEAM_ROLE_WORDS = {
  owner: { label: 'Owner', hint: 'Everything, the settings and the team too' },
  moderator: { label: 'Moderator', hint: 'Everything but the settings and the team' },
  reader: { label: 'Reader', hint: 'Sees everything, and changes nothing' },
} satisfies Record<TeamRole, { label: string; hint: string }>;

const DONE: Readonly<Record<string, string>> = {
  invite: 'Invited. A mail says where to sign in.',
  change: 'The role is changed, from now on.',
  remove: 'Taken out of the team, and signed out.',
};

/** Does what its form asks for. @returns where to go on to once it is done */
export function teamPage(context: PageContext): Response | TeamView {
  const form = formOf(context);
  const by = { person: moderatorOf(context).person, named: settings.MODERATORS };
  const view: TeamView = {
    members: [],
    typed: { email: '', role: 'moderator' },
    errors: {},
    trouble: null,
    done: DONE[context.url.searchParams.get('done') ?? ''] ?? null,
  };
  if (form) {
    const what = field(form, 'what');
    const role = teamRole(field(form, 'role'));
    if (what === 'invite') {
      view.typed = { email: field(form, 'email').slice(0, 254), role: role ?? 'moderator' };
      const trouble = invite(directory, view.typed.email, view.typed.role, by);
      if (trouble) view.errors = { email: trouble };
    } else {
      const person = Number(field(form, 'person'));
      if (what === 'change' && role === null) view.trouble = 'Choose a role first.';
      else view.trouble = changeMember(directory, person, what === 'remove' ? null : role, by);
    }
    if (view.trouble === null && !view.errors['email']) return seeOther(`/moderate/team?done=${what}`);
    view.done = null;
  }
  view.members = membersOf(directory, by.named);
  return view;
}
