import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mailWords } from '../../../api/notify/template.ts';
import { MAIL_VALUES } from '../../../api/notify/templates.ts';

const SITE = 'https://signpost.example.org';
const names = Object.entries(MAIL_VALUES) as [keyof typeof MAIL_VALUES, readonly string[]][];

describe('the words of mails', () => {
  test('there is a file for each mail, and no other', () => {
    const files = readdirSync(join(import.meta.dirname, '../../../data/messages/mail'));
    expect(files.sort()).toEqual(names.map(([name]) => `${name}.txt`).sort());
  });

  test.each(names)('%s has no gap that nothing fills', (name, gaps) => {
    const values = Object.fromEntries(gaps.map((gap) => [gap, `<${gap}>`]));
    const { subject, text, html } = mailWords(name, values, SITE);
    for (const part of [subject, text, html]) expect(part).not.toMatch(/[{}]|undefined/);
    for (const gap of gaps) expect(text + subject, `${gap} is given and never said`).toContain(`<${gap}>`);
    expect(html).not.toMatch(/<(?:name|link)>/);
    expect(text).not.toContain('=>');
  });

  const due = { name: 'Chair yoga', checked: '1 May 2026', link: '/keep/abc' };

  test('both halves say the same, the button leads to this site', () => {
    const { subject, text, html } = mailWords('due', due, SITE);
    expect(subject).toBe('Is Chair yoga still right?');
    expect(text).toContain('Somebody last checked it on 1 May 2026.');
    expect(text).toMatch(/Look at it, and say that it is still right:\nhttps:\/\/signpost\.example\.org\/keep\/abc\n/);
    expect(html).toMatch(/<a href="https:\/\/signpost\.example\.org\/keep\/abc"[^>]*>Look at it, and say/);
    expect(html).toContain('Somebody last checked it on 1 May 2026.');
  });

  test('what somebody typed makes no header, no button and no markup', () => {
    const name = 'A\r\nBcc: all@example.org\n\n=> https://evil.example Click <b>';
    const { subject, text, html } = mailWords('due', { ...due, name }, SITE);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/^(Bcc|=>)/m);
    expect(html).not.toContain('<b>');
    expect(html).not.toContain('href="https://evil');
  });

  test('a value of several lines may bring buttons of its own', () => {
    const { text, html } = mailWords('links', { listings: 'Chair yoga\n=> /edit/abc Change it' }, SITE);
    expect(text).toContain('Chair yoga\nChange it:\nhttps://signpost.example.org/edit/abc');
    expect(html).toContain('<a href="https://signpost.example.org/edit/abc"');
  });

  test('a gap that nothing fills, or no such file, is said with the mend', () => {
    expect(() => mailWords('due', { name: 'Chair yoga' }, SITE)).toThrow(
      'data/messages/mail/due.txt has the gap {checked}, and there is nothing to fill it. Take it out.',
    );
    expect(() => mailWords('nothing', {}, SITE)).toThrow('nothing.txt is not a mail that this program sends');
  });
});
