declare namespace App {
  interface Locals {
    /** Who moderates; only under /moderate, and only with a session. */
    moderator?: import('#api/moderate/sessions.ts').Moderator;
    /** The form that came with the request, where it came from a page of that session. */
    form?: FormData;
  }
}
