import { announce } from './announce.ts';
import { attachSuggestions } from './suggest.ts';

/**
 * Filters that apply at once: a changed filter sends the form and puts the main part of the page that it leads to in place
 * of this one, so that focus, open groups and scrolling stay. Without this, the form is an ordinary form.
 */

let running: AbortController | undefined;

/** What names a control across two versions of a page. */
const nameOf = (element: Element | null): string | null =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement
    ? `:not([type="hidden"])[name="${CSS.escape(element.name)}"]${element instanceof HTMLInputElement && element.type !== 'text' ? `[value="${CSS.escape(element.value)}"]` : ''}`
    : null;

/** The page that an address, or a form sent to it, leads to takes the place of this one. */
async function swap(address: string, sent?: URLSearchParams): Promise<void> {
  running?.abort();
  running = new AbortController();
  const main = document.querySelector('main');
  if (!main) return;
  main.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(address, {
      signal: running.signal,
      ...(sent && { method: 'POST', body: sent }),
    });
    const page = response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
    const fresh = page?.querySelector('main');
    const leaves = (document_: Document) => document_.querySelector('[data-module="govuk-exit-this-page"]') !== null;
    // Where it went is a page of its own: one that cannot be read in place, or one that can be left at once.
    if (!page || !fresh || leaves(page) !== leaves(document)) return location.assign(response.url);
    if (sent) history.pushState(null, '', response.url);
    const focused = nameOf(document.activeElement);
    const groups = 'form[data-filters] details';
    const open = [...main.querySelectorAll<HTMLDetailsElement>(groups)].map((details) => details.open);
    for (const [index, details] of [...fresh.querySelectorAll<HTMLDetailsElement>(groups)].entries())
      if (open[index]) details.open = true;
    main.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    attach();
    if (focused) main.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
    announce('results-status', (main.querySelector('.sp-summary')?.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    if (sent) document.querySelector<HTMLFormElement>('form[data-filters]')?.submit();
    else location.assign(address);
  } finally {
    main.removeAttribute('aria-busy');
  }
}

/** What a form sends, without its empty fields and files. */
const fieldsOf = (form: HTMLFormElement): URLSearchParams =>
  new URLSearchParams(
    [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

function attach(): void {
  attachSuggestions(document);
  const form = document.querySelector<HTMLFormElement>('form[data-filters]');
  if (!form) return;
  const apply = () => void swap(form.action, fieldsOf(form));
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
    apply();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });
}

if (document.querySelector('form[data-filters]'))
  addEventListener('popstate', () => void swap(location.pathname + location.search));
attach();
