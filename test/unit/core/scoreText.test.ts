// Scores in figures never say more than the score is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf, scoreText, scoreWords } from '../../../src/core/scoreText';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('scoreText', () => {
  it('writes two digits', () => {
    expect([0, 0.004, 0.05, 0.29, 0.5, 0.58, 0.834, 0.997, 1].map((score) => scoreText(score))).toEqual([
      ...['.00', '.00', '.05', '.29', '.50', '.58', '.83', '.99', '1.0'],
    ]);
    expect([0, 0.83, 0.997, 1].map((score) => scoreWords(score))).toEqual(['0.00', '0.83', '0.99', '1.00']);
  });

  it('does not show .6993 as .70', () => {
    expect(scoreText(0.6993)).toBe('.69');
    expect(scoreText(Math.fround(0.7))).toBe('.69');
    expect(scoreText(0.7)).toBe('.70');
  });

  it('keeps every score on its side of every threshold of up to four digits', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 10_000 }), (score, tenThousandths) => {
        const threshold = tenThousandths / 10_000;
        const digits = digitsOf(threshold);
        const shown = Number(scoreWords(score, digits));
        expect(shown >= Number(scoreWords(threshold, digits))).toBe(score >= threshold);
      }),
    );
  });

  it('is the score less what is cut off', () => {
    fc.assert(
      fc.property(share, (score) => {
        expect(Number(scoreWords(score))).toBeLessThanOrEqual(score);
        expect(Number(scoreWords(score))).toBeGreaterThan(score - 0.01);
        expect(Number(scoreText(score))).toBe(Number(scoreWords(score)));
      }),
    );
  });
});

describe('digitsOf', () => {
  it('takes as many as the threshold is written with', () => {
    expect([0, 0.5, 0.7, 0.57, 0.695, 0.6999, 1 / 3].map(digitsOf)).toEqual([2, 2, 2, 2, 3, 4, 4]);
  });
});
