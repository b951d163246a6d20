import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Hand } from './hands.ts';

/** What is done at each page of the form, once it is there. */
type Look = (page: Page) => Promise<void>;

/** Begins a form and fills in who it is from. */
export async function beginForm(page: Page, hand: Hand, email: string, look: Look = async () => {}): Promise<void> {
  await page.goto('/add');
  await look(page);
  await hand.press('Begin');
  await page.waitForURL(/\/add\/[\w-]{27}$/);
  await look(page);
  await hand.press('Begin');
  await leftFor(page, '/who', look);
  await hand.type('Your e-mail address', email);
  await hand.type('Name of your organisation or group', 'Homerton Chair Yoga');
  await hand.type(/^Their name/, 'Dr Ada Okoye');
  await hand.type(/^Their e-mail address/, 'ada@example.org');
  await hand.press('Save and go on');
  await leftFor(page, '/what', look);
}

/** Fills in what it is. */
export async function sayWhat(page: Page, hand: Hand, name: string, look: Look = async () => {}): Promise<void> {
  await hand.type('What is it called?', name);
  await hand.type('What is it, in one line?', 'A gentle hour of movement for anybody who aches.');
  await hand.type('What happens there?', 'We sit in a circle and move slowly. There is tea.');
  await hand.tick('Activity or class');
  await hand.choose('What is it about?', 'Sport and movement');
  await hand.press('Save and go on');
  await leftFor(page, '/when', look);
}

/** Fills in the rest of a weekly class, as far as the last page before it is sent. */
export async function sayTheRest(page: Page, hand: Hand, look: Look = async () => {}): Promise<void> {
  await hand.type('When does it meet?', 'every Tuesday 10:30 to 12, term time');
  await hand.press('Save and go on');
  await leftFor(page, '/dates', look);
  expect(await page.getByRole('main').getByRole('listitem').allInnerTexts()).toEqual([
    'Tuesdays, 10:30am to 12 noon, term time only',
    ...['24 November', '1 December', '8 December', '15 December'].map((day) =>
      expect.stringMatching(new RegExp(`^Tuesday ${day}, 10:30am to 12 noon`)),
    ),
  ]);
  await hand.press('Yes, go on');
  await leftFor(page, '/where', look);
  await hand.tick('People come to a place');
  await hand.type('Name of the building', 'Homerton Library');
  await hand.type('Its postcode', 'e9 6sr');
  await hand.type('Number and street', 'Homerton High Street');
  await hand.type('Town or city', 'London');
  await hand.press('Save and go on');
  await leftFor(page, '/for', look);
  await hand.tick('Anywhere: everybody is welcome');
  await hand.tick('There is a charge');
  await hand.type(/^How much/, '3');
  await hand.press('Save and go on');
  await leftFor(page, '/joining', look);
  await hand.tick('Just turn up');
  await hand.type('Phone', '020 7946 0018');
  await hand.tick('Yes', 'Step-free access');
  await hand.press('Save and go on');
  await leftFor(page, '/pain', look);
  await hand.tick('Yes', 'Can be done sitting down');
  await hand.press('Save and go on');
  await leftFor(page, '/check', look);
}

/** Adds a weekly class, as far as the last page before it is sent. */
export async function fillIn(page: Page, hand: Hand, email: string, name: string, look: Look): Promise<void> {
  await beginForm(page, hand, email, look);
  await sayWhat(page, hand, name, look);
  await sayTheRest(page, hand, look);
}

/** Waits until a step was left for the page at the end of that address. */
async function leftFor(page: Page, part: string, look: Look): Promise<void> {
  await page.waitForURL((url) => url.pathname.endsWith(part));
  await look(page);
}
