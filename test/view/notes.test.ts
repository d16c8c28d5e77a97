// Notes above the tree: all of them, in words and with their button, and not twice.
import { expect, it } from 'vitest';
import { PageHarness, state } from './pageHarness';

const mistake = {
  id: 'mistakes:["mail"]',
  severity: 'error',
  text: 'Label set “mail”: “mode” must be …',
  action: 'Open Settings',
} as const;
const slip = { id: 'mistakes:x', severity: 'warning', text: 'It has the key “treshold”.', action: null } as const;

const lines = (): (string | null)[] => [...document.querySelectorAll('.notes li')].map((one) => one.textContent);

it('say what is wrong, and ask for the one thing to do', () => {
  const page = new PageHarness();
  page.send({ ...state, notes: [mistake, slip] });
  expect(lines()).toEqual([`Error: ${mistake.text} Open Settings`, 'Warning: It has the key “treshold”.']);
  document.querySelector<HTMLElement>('.notes button')?.click();
  expect(page.taken('act')).toEqual([{ type: 'act', note: mistake.id }]);
  page.send(state);
  expect(document.querySelector<HTMLElement>('.notes')?.hidden).toBe(true);
});

it('keep a focused button while other things change', () => {
  const page = new PageHarness();
  page.send({ ...state, notes: [mistake] });
  const button = document.querySelector<HTMLElement>('.notes button');
  button?.focus();
  page.send({ ...state, notes: [{ ...mistake }], modelName: 'another' });
  expect(document.activeElement).toBe(button);
});

it('stand in for the problem line and the welcome’s words', () => {
  const page = new PageHarness();
  page.send({ ...state, problem: mistake.text, notes: [mistake] });
  expect(document.querySelector('.welcome')?.textContent).toContain('The label set has a mistake');
  expect(document.body.textContent.split(mistake.text)).toHaveLength(2 + 1);
  expect(document.querySelector<HTMLElement>('.notice')?.hidden).toBe(true);
});

it('can be sent away where that is offered', () => {
  const page = new PageHarness();
  page.send({ ...state, notes: [slip, { ...mistake, dismissible: true }] });
  expect(lines()[1]).toBe(`Error: ${mistake.text} Open Settings Dismiss`);
  [...document.querySelectorAll<HTMLElement>('.notes button')].at(-1)?.click();
  expect(page.taken('dismiss')).toEqual([{ type: 'dismiss', note: mistake.id }]);
});
