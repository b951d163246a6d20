/**
 * Type-ahead on the search fields: a combobox after the ARIA 1.2 pattern. Without it, the fields are plain fields.
 *
 * What is typed is sent as a body: it never stands in an address, not even in one of this server's own. While it holds a
 * digit it is not sent at all, since it may be the beginning of a postcode.
 */

interface Suggestion {
  kind: 'need' | 'place' | 'category' | 'service' | 'organization';
  label: string;
  id: string | null;
}

const WAIT_MS = 150;
const KIND_WORDS = {
  need: 'Need',
  place: 'Place',
  category: 'Subject',
  service: 'Listing',
  organization: 'Organisation',
} as const;

function attach(input: HTMLInputElement): void {
  const places = input.dataset['suggest'] === 'place';
  const list = document.createElement('ul');
  list.id = `${input.id}-suggestions`;
  list.className = 'sp-suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  list.hidden = true;
  const status = document.createElement('div');
  status.className = 'govuk-visually-hidden';
  status.setAttribute('role', 'status');
  const box = document.createElement('div');
  box.className = 'sp-combobox';
  input.before(box);
  box.append(input, list, status);
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-expanded', 'false'],
    ['aria-controls', list.id],
  ] as const)
    input.setAttribute(name, value);

  let suggestions: Suggestion[] = [];
  let active = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  const close = () => {
    // An answer that is still on its way must not open the list again.
    asked++;
    clearTimeout(timer);
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const choose = (suggestion: Suggestion) => {
    if (suggestion.kind === 'service') location.assign(`/services/${suggestion.id}`);
    else if (suggestion.kind === 'organization') location.assign(`/organizations/${suggestion.id}`);
    else input.value = suggestion.label;
    close();
    input.focus();
  };

  const mark = (index: number) => {
    active = index;
    for (const [at, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(at === index));
    const option = list.children[index];
    if (!option) return input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  };

  const show = () => {
    list.replaceChildren(
      ...suggestions.map((suggestion, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        const kind = document.createElement('span');
        kind.className = 'sp-suggestions__kind';
        kind.textContent = KIND_WORDS[suggestion.kind];
        option.append(suggestion.label, ' ', kind);
        // Pressing must not take the focus away before the choice is made.
        option.addEventListener('pointerdown', (event) => event.preventDefault());
        option.addEventListener('click', () => choose(suggestion));
        return option;
      }),
    );
    list.hidden = suggestions.length === 0;
    input.setAttribute('aria-expanded', String(suggestions.length > 0));
    status.textContent =
      suggestions.length === 0 ? '' : suggestions.length === 1 ? '1 suggestion' : `${suggestions.length} suggestions`;
    mark(-1);
  };

  const ask = async () => {
    const text = input.value.trim();
    if (text.length < 2 || /\d/.test(text)) return close();
    const mine = ++asked;
    try {
      const response = await fetch('/api/v1/suggest', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ q: text }),
      });
      if (!response.ok || mine !== asked) return;
      const body: { suggestions: Suggestion[] } = await response.json();
      if (mine !== asked) return;
      suggestions = body.suggestions.filter(({ kind }) => (kind === 'place') === places).slice(0, 8);
      show();
    } catch {
      close();
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const chosen = suggestions[active];
    if (event.key === 'ArrowDown') mark((active + 1) % suggestions.length);
    else if (event.key === 'ArrowUp') mark((active <= 0 ? suggestions.length : active) - 1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && chosen) choose(chosen);
    else return;
    event.preventDefault();
  });
}

/** Gives every `[data-suggest]` field below an element its type-ahead; safe to call again after a swap. */
export function attachSuggestions(within: ParentNode): void {
  for (const input of within.querySelectorAll<HTMLInputElement>('input[data-suggest]:not([role])')) attach(input);
}
