import { forgetAll, forgetList, keepRecent, keptLists, listsIn, recentWords, takeIn } from './kept-lists.ts';

/** The page of the lists that are kept in this browser. */

/** Bytes: a hundred full lists are a third of it. */
const LARGEST_FILE = 100_000;
const NO_FILE = 'That is no file of lists that was saved here. Nothing was changed.';

const page = document.querySelector<HTMLElement>('[data-lists]');
const part = <T extends HTMLElement>(name: string): T => page?.querySelector<T>(`[data-${name}]`) as T;

const counted = (list: string): string => {
  const count = list.split('.').length;
  return count === 1 ? '1 listing' : `${count} listings`;
};

function say(text: string): void {
  part('said').textContent = text;
}

function link(href: string, text: string): HTMLAnchorElement {
  const made = document.createElement('a');
  made.className = 'govuk-link';
  made.href = href;
  made.textContent = text;
  return made;
}

function button(text: string, of: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'govuk-button sp-button sp-button--quiet sp-button--small';
  made.textContent = text;
  made.setAttribute('aria-label', `${text}: ${of}`);
  made.addEventListener('click', act);
  return made;
}

/** Puts the link of a list where it can be pasted; where the browser withholds that, shows it. */
async function share(href: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(href);
    say('The link is copied. Whoever opens it sees these listings as they are then.');
  } catch {
    say(`Copy this link: ${href}`);
  }
}

function draw(): void {
  const lists = keptLists();
  part('no-lists').hidden = lists.length > 0;
  part('list-of-lists').replaceChildren(
    ...lists.map(({ name, list }) => {
      const item = document.createElement('li');
      const href = `/handout?list=${list}`;
      const buttons = document.createElement('div');
      buttons.className = 'sp-buttons';
      buttons.append(
        link(`/watch?listings=${list}`, 'Tell me when one of these changes'),
        button('Copy its link', name, () => share(new URL(href, location.href).href)),
        button('Remove', name, () => {
          forgetList(name);
          draw();
          say(`‘${name}’ is gone from this browser.`);
        }),
      );
      item.append(link(href, name), ` ${counted(list)} `, buttons);
      return item;
    }),
  );
  part<HTMLInputElement>('recent').checked = recentWords() !== null;
}

function save(): void {
  const file = new Blob([JSON.stringify({ lists: keptLists() }, null, 2)], { type: 'application/json' });
  const way = link(URL.createObjectURL(file), '');
  way.download = 'lists.json';
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 0);
}

async function takeFile(file: File | undefined): Promise<void> {
  if (!file) return;
  const lists = file.size > LARGEST_FILE ? null : listsIn(await file.text());
  if (!lists) return say(NO_FILE);
  const count = takeIn(lists);
  draw();
  say(count === 1 ? '1 list was taken in.' : `${count} lists were taken in.`);
}

if (page) {
  document.querySelector('[data-without-scripts]')?.remove();
  page.hidden = false;
  part('save').addEventListener('click', save);
  part<HTMLInputElement>('file').addEventListener('change', ({ currentTarget }) => {
    const field = currentTarget as HTMLInputElement;
    takeFile(field.files?.[0]).finally(() => {
      field.value = '';
    });
  });
  part<HTMLInputElement>('recent').addEventListener('change', ({ currentTarget }) => {
    const { checked } = currentTarget as HTMLInputElement;
    if (!keepRecent(checked)) say('This browser keeps nothing.');
    draw();
  });
  part('forget').addEventListener('click', () => {
    forgetAll();
    draw();
    say('All of it is gone from this browser.');
  });
  draw();
}
