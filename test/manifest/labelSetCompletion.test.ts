// What the settings editor offers where label sets are written, by the language service that it uses.
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { describe, expect, it } from 'vitest';
import { snippetLabelSets } from '../../src/core/defaultLabelSets';
import { labelSetSchema } from '../../src/core/labelSetSchema';

const skeletons = Object.keys(snippetLabelSets);
const service = getLanguageService({});
const schema = { type: 'object' as const, properties: { 'glitag.labelSets': labelSetSchema } };
service.configure({ validate: true, schemas: [{ uri: 'vscode://schemas/settings', fileMatch: ['*'], schema }] });

function documentOf(value: string) {
  const document = TextDocument.create('file:///settings.json', 'jsonc', 1, `{ "glitag.labelSets": ${value} }`);
  return { document, json: service.parseJSONDocument(document) };
}

/** `|`: the cursor. */
async function offered(value: string): Promise<Map<string, string>> {
  const { document, json } = documentOf(value.replace('|', ''));
  const at = document.positionAt('{ "glitag.labelSets": '.length + value.indexOf('|'));
  const list = await service.doComplete(document, at, json);
  return new Map(list?.items.map(({ label, insertText }) => [label, insertText ?? '']));
}

describe('completion of label sets', () => {
  it.each(['{ | }', '{ "mine": { "labels": ["a"] }, | }'])('offers the skeletons by name within %s', async (value) => {
    const found = await offered(value);
    expect([...found.keys()]).toEqual(skeletons);
    expect(found.get('support tickets')).toMatch(/^"support tickets": \{[^]*"request"[^]*"refund"/);
  });

  it.each(['|', '{ "mine": | }'])('offers them as a value at %s', async (value) => {
    expect([...(await offered(value)).keys()]).toEqual(expect.arrayContaining(skeletons));
  });
});

it.each(['mine', 'issues'])('checks a set called “%s”', async (name) => {
  const { document, json } = documentOf(`{ "${name}": { "labels": ["a"], "mode": "some" } }`);
  const problems = await service.doValidation(document, json);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('multi-label')]);
});
