// The pictures of the documents: those that are shown, and no others.
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from './manifest';

const documents = [
  'README.md',
  ...fs.readdirSync(path.join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

it('are there where a document shows them, and shown where they are there', () => {
  const shown = documents.flatMap((document) => {
    const text = fs.readFileSync(path.join(root, document), 'utf8');
    return [...text.matchAll(/\]\((?:docs\/)?images\/([\w-]+)\.png\)/g)].map(([, name]) => name ?? '');
  });
  const kept = fs.readdirSync(path.join(root, 'docs/images')).map((name) => path.parse(name).name);
  expect(kept.sort()).toEqual([...new Set(shown)].sort());
  // “npm run screenshots” takes these anew.
  const script = fs.readFileSync(path.join(root, 'scripts/screenshots.mjs'), 'utf8');
  const [, list = ''] = /const used = \{([^}]*)\}/.exec(script) ?? [];
  const taken = [...list.matchAll(/^ *'?([\w-]+)'?:/gm)].map(([, name]) => name ?? '');
  expect(taken.sort()).toEqual(kept);
});
