import { keepList, MOST_NAME } from './kept-lists.ts';

/** The form beside a handout that keeps its listings as a list in this browser. It is hidden where there are no scripts. */

const form = document.querySelector<HTMLFormElement>('form[data-keep-list]');
const said = form?.querySelector<HTMLElement>('[data-said]');
if (form && said) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = String(new FormData(form).get('name') ?? '')
      .trim()
      .slice(0, MOST_NAME);
    if (name === '') {
      said.textContent = 'Give it a name first.';
      form.querySelector('input')?.focus();
      return;
    }
    const done = keepList({ name, list: form.dataset['keepList'] ?? '' });
    said.textContent = done
      ? `Kept as ‘${name}’ in this browser.`
      : 'This browser keeps nothing, or there are 100 lists already.';
  });
}
