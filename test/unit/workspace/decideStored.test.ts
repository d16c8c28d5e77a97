// From kept scores to tags.
import { describe, expect, it } from 'vitest';
import { decideStored } from '../../../src/workspace/search/decideStored';
import { labelSet } from './runHelpers';

describe('decideStored', () => {
  it('applies today’s thresholds to kept scores', () => {
    const document = {
      id: 1,
      uri: 'u',
      root: 'r',
      path: 'p',
      chunkCount: 1,
      stale: false,
      changed: false,
      given: [],
      scores: Float32Array.of(0.9, 0.5, 0.1),
    };
    expect(decideStored(document, labelSet()).tags.map(({ label }) => label)).toEqual(['bug', 'idea']);
    expect(decideStored(document, labelSet(undefined, { threshold: 0.6 })).tags.map(({ label }) => label)).toEqual([
      'bug',
    ]);
    const evidence = Int32Array.of(0, 4, 4, 9, 0, 0);
    expect(decideStored({ ...document, evidence }, labelSet()).tags[1]).toEqual({
      label: 'idea',
      score: 0.5,
      start: 4,
      end: 9,
    });
    expect(() => decideStored(document, labelSet(['one']))).toThrow(RangeError);
  });
});
