// Every command runs in a real VS Code in at least one test.
import { expect, it } from 'vitest';
import { commandIds } from '../../src/extension/host/names';
import { sourceOf } from './manifest';

const source = sourceOf('test/vscode');

/** As `glitag.name`, or by the short name through a test's own `run`. */
function isRun(id: string): boolean {
  return source.includes(`'${id}'`) || new RegExp(`\\brun\\('${id.replace('glitag.', '')}'`).test(source);
}

it('finds no command that is not there', () => {
  expect(isRun('glitag.unknown')).toBe(false);
});

it.each(commandIds)('%s', (id) => {
  expect(isRun(id)).toBe(true);
});
