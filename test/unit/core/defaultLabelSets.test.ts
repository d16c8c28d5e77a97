// The built-in sets must be right as they are, also those that are only offered as snippets.
import { describe, expect, it } from 'vitest';
import { defaultLabelSetName, defaultLabelSets, snippetLabelSets } from '../../../src/core/defaultLabelSets';
import { labelSetSchema } from '../../../src/core/labelSetSchema';
import { parseLabelSets } from '../../../src/core/parseLabelSets';

describe('built-in label sets', () => {
  it.each([
    ['defaults', defaultLabelSets],
    ['snippets', snippetLabelSets],
  ])('have no problem: %s', (_, entries) => {
    const { sets, problems } = parseLabelSets(entries);
    expect(problems).toEqual([]);
    expect(sets.map(({ name }) => name)).toEqual(Object.keys(entries));
    for (const { labels } of sets) expect(labels.length).toBeGreaterThanOrEqual(3);
  });

  it('hold the active one', () => {
    expect(Object.keys(defaultLabelSets)).toContain(defaultLabelSetName);
  });
});

describe('schema', () => {
  it('is plain data of a size that a manifest can carry', () => {
    const text = JSON.stringify(labelSetSchema);
    expect(JSON.parse(text)).toEqual(labelSetSchema);
    expect(text.length).toBeLessThan(40_000);
  });

  it('knows exactly the keys that are read', () => {
    const entry = labelSetSchema['additionalProperties'] as { properties: Record<string, unknown> };
    const values = { labels: ['a'], mode: 'multi-label', threshold: 0.5, exclusive: [], prompt: 'p', model: 'm' };
    const rest = { examples: [], exampleForm: 'retrieved', include: [], exclude: [] };
    expect(parseLabelSets({ s: { ...values, ...rest } }).problems).toEqual([]);
    expect(Object.keys(entry.properties).sort()).toEqual(Object.keys({ ...values, ...rest }).sort());
  });

  it('offers every snippet under a description', () => {
    const snippets = labelSetSchema['defaultSnippets'] as { label: string; description?: string; body: object }[];
    expect(snippets.map(({ label }) => label)).toEqual(Object.keys(snippetLabelSets));
    for (const { description } of snippets) expect(description).toBeTruthy();
  });
});
