declare namespace App {
  interface Locals {
    /** Who moderates; only under /moderate, and only with a session. */
    moderator?: import('#api/moderate/sessions.ts').Moderator;
    /** The form that came with the request, where it came from a page of that session. */
    form?: FormData;
    /** Where the page of results is drawn without results, to be kept: whether with a map. No request can set it. */
    frame?: { map: boolean };
  }
}

/** govuk-frontend comes without types. */
declare module 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs' {
  export class ExitThisPage {
    constructor(root: HTMLElement);
  }
}
