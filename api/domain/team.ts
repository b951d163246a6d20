/** What the people of a team may do: owners everything, moderators all but settings and people, readers look. */
export const TEAM_ROLES = ['owner', 'moderator', 'reader'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

/** How often somebody is told by mail what has arrived; weekly: by the mail of every Monday alone. */
export const MAIL_RHYTHMS = ['at_once', 'daily', 'weekly'] as const;
export type MailRhythm = (typeof MAIL_RHYTHMS)[number];
