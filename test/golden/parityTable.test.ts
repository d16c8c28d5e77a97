// docs/PARITY.md names a proof for every quirk; each must exist.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { goldenOf, modelNames } from './support/goldenModels';

const root = path.join(import.meta.dirname, '..', '..');
const page = fs.readFileSync(path.join(root, 'docs', 'PARITY.md'), 'utf8');

/** Rows of the tables: [quirk, upstream, GLiTag, proof]. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| quirk') && !line.startsWith('| ---'))
  .map((line) => line.slice(2, -2).split(' | '));

const caseNames = new Set(modelNames.flatMap((name) => goldenOf(name).cases.map((one) => one.name)));

function namedTests(text: string): [string, string][] {
  return [...text.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)].map(([, file, name]) => [file!, name!]);
}

function namedCases(text: string): string[] {
  return [...text.matchAll(/golden ((?:`[^`]+`(?:, )?)+)/g)].flatMap(([, list]) =>
    [...list!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  );
}

test('the tables are there', () => {
  expect(rows.length).toBeGreaterThan(40);
});

describe('every row', () => {
  test.each(rows.map((row): [string, string[]] => [row[0]!, row]))('%s', (_, row) => {
    expect(row).toHaveLength(4);
    const [, , decision, proof] = row as [string, string, string, string];
    expect(decision).toMatch(/KEEP|FIX|ERROR|n\/a|one row a pass|cut to the labels/);
    expect(namedTests(proof).length + namedCases(proof).length).toBeGreaterThan(0);
  });
});

test('every recorded call that a proof names is recorded', () => {
  const named = rows.flatMap((row) => namedCases(row[3] ?? ''));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !caseNames.has(name))).toEqual([]);
});

describe('every test that is named exists', () => {
  const tests = namedTests(page);

  test('there are many', () => {
    expect(tests.length).toBeGreaterThan(50);
  });

  test.each(tests)('%s: %s', (file, name) => {
    const source = fs.readFileSync(path.join(root, file), 'utf8');
    // A name is a string of the source, or the end of one where a parameter stands before it.
    expect(source.includes(`'${name}'`) || source.includes(` ${name}'`)).toBe(true);
  });
});

test('every quirk that is recorded as an error is in the tables', () => {
  const errors = new Set(
    modelNames.flatMap((name) =>
      goldenOf(name)
        .cases.filter((one) => one.error)
        .map((one) => one.name),
    ),
  );
  expect([...errors].filter((name) => !namedCases(page).includes(name))).toEqual([]);
});
