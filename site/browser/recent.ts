import { noteWords, recentWords } from './kept-lists.ts';

/**
 * The words that were searched for lately, where somebody wants them kept in this browser: noted among results, offered on the
 * first page. What speaks of danger, or of what nobody near must find, is not noted.
 */

const HELP_FOR_NOW = '.sp-urgent, .govuk-exit-this-page';

/** Notes the words of the results that are shown. */
export function noteSearch(): void {
  const words = document.querySelector<HTMLInputElement>('[data-filters] #q')?.defaultValue ?? '';
  if (document.querySelector(HELP_FOR_NOW) === null) noteWords(words);
}

/** Offers them under the field for words. */
export function offerRecent(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('#q');
  const recent = recentWords() ?? [];
  if (!field || recent.length === 0) return;
  const offer = document.createElement('div');
  offer.className = 'sp-recent';
  offer.append('Recent: ');
  for (const words of recent) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sp-recent__words';
    button.textContent = words;
    button.addEventListener('click', () => {
      field.value = words;
      field.focus();
    });
    offer.append(button);
  }
  field.closest('.govuk-form-group')?.append(offer);
}
