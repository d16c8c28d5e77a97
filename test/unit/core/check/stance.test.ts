import { describe, expect, test } from 'vitest';
import { stanceOf, verdictOf } from '../../../../src/core/check/stance';

const scores = (supports: number, contradicts: number, neither = 1 - Math.max(supports, contradicts)) => ({
  supports,
  contradicts,
  neither,
});

describe('stanceOf', () => {
  test.each([
    [scores(0.9, 0.2), 'supports'],
    [scores(0.2, 0.9), 'contradicts'],
    [scores(0.2, 0.1), 'neither'],
    // Both fit: the better one says it, by however little.
    [scores(0.98, 0.97), 'supports'],
    [scores(0.8, 0.8), 'neither'],
    // The best of three, but not sure enough.
    [scores(0.4, 0.3, 0.3), 'neither'],
    [scores(0.5, 0.2, 0.3), 'supports'],
    [scores(0.5, 0, 0.5), 'neither'],
  ])('of %o is %s', (given, stance) => {
    expect(stanceOf(given)).toBe(stance);
  });
});

describe('verdictOf', () => {
  test.each([
    [[], 'not found'],
    [[scores(0.3, 0.1), scores(0.1, 0.3)], 'not found'],
    [[scores(0.3, 0.1), scores(0.8, 0.3)], 'supported'],
    [[scores(0.2, 0.8), scores(0.3, 0.1)], 'contradicted'],
    // Sources disagree: the surest one decides.
    [[scores(0.8, 0.1), scores(0.1, 0.9)], 'contradicted'],
    [[scores(0.9, 0.1), scores(0.1, 0.9)], 'supported'],
    // A high score of what is not the passage's stance is no evidence.
    [[scores(0.95, 0.96), scores(0.9, 0.1)], 'contradicted'],
  ] as const)('of %o is %s', (given, verdict) => {
    expect(verdictOf(given)).toBe(verdict);
  });
});
