// What is asked of a model before its verdicts are shown, and the pairs by which it is asked.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { betterJudgement, judgementOf, judges } from '../../../../src/core/check/judgement';
import { ownPairs } from '../../../../src/core/check/ownPairs';
import { stances, type Stance, type StanceScores } from '../../../../src/core/check/stance';

const sure = (stance: Stance): StanceScores => ({ supports: 0, contradicts: 0, neither: 0, [stance]: 1 });

describe('judgementOf', () => {
  test('shows the verdicts of a model that tells the stances', () => {
    const judgement = judgementOf(
      'prompt',
      ownPairs.map(({ stance }) => sure(stance)),
    );
    expect(judgement).toEqual({ wording: 'prompt', accuracy: 1, macroF1: 1 });
    expect(judges(judgement)).toBe(true);
  });

  test.each(stances)('does not, where it says “%s” of everything', (stance) => {
    const judgement = judgementOf(
      'labels',
      ownPairs.map(() => sure(stance)),
    );
    expect(judgement.accuracy).toBeCloseTo(1 / 3);
    expect(judges(judgement)).toBe(false);
  });

  test('does not, where it tells what is related but not which way', () => {
    const blind = ownPairs.map(({ stance }, at) =>
      stance === 'neither' ? sure('neither') : sure(at % 2 === 0 ? 'supports' : 'contradicts'),
    );
    expect(judges(judgementOf('labels', blind))).toBe(false);
  });
});

test('the better wording is taken, the first of equals', () => {
  const [low, high] = [0.4, 0.8].map((macroF1) => ({ wording: 'labels', accuracy: 0.5, macroF1 }) as const);
  const equal = { ...high!, wording: 'prompt' } as const;
  expect(betterJudgement(low!, high!)).toBe(high);
  expect(betterJudgement(high!, low!)).toBe(high);
  expect(betterJudgement(equal, high!)).toBe(equal);
});

describe('the pairs', () => {
  interface Row {
    readonly statement: string;
    readonly passage: string;
    readonly stance: Stance;
  }
  const file = path.resolve(import.meta.dirname, '../../../bench/data/statements.jsonl');
  const measured = fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

  test('are balanced, here and in the data of the bench', () => {
    const counts = (pairs: readonly Pick<Row, 'stance'>[]) =>
      stances.map((stance) => pairs.filter((pair) => pair.stance === stance).length);
    expect(counts(ownPairs)).toEqual([10, 10, 10]);
    expect(counts(measured)).toEqual([40, 40, 40]);
  });

  test('by which a model is tried are not those by which it is measured', () => {
    const known = new Set(measured.flatMap(({ statement, passage }) => [statement, passage]));
    expect(ownPairs.filter(({ statement, passage }) => known.has(statement) || known.has(passage))).toEqual([]);
    expect(new Set(measured.map(({ statement }) => statement)).size).toBe(120);
  });
});
