// Whether a model can judge statements: it is tried on pairs of which the answer is known.
import { measure } from '../evaluation/metrics';
import { ownPairs } from './ownPairs';
import { stanceOf, stances, type StanceScores } from './stance';

/**
 * How a model is asked. `prompt`: the statement stands in the task, and the three stances are the labels, for models that were trained to
 * follow tasks. `labels`: the statement and its denial are the labels, as upstream asks a model of natural language inference.
 */
export const wordings = ['prompt', 'labels'] as const;

export type Wording = (typeof wordings)[number];

/** How a model did on the pairs of `ownPairs`. */
export interface Judgement {
  /** The wording with which it did best. */
  readonly wording: Wording;
  /** Share of pairs whose stance it told. */
  readonly accuracy: number;
  readonly macroF1: number;
}

/**
 * Lowest macro F1 on the own pairs with which a model's verdicts are shown. A model that guesses reaches .33 in the mean, and .70 in
 * fewer than one of ten thousand trials (binomial, 21 of 30): what is above it has learnt to judge. See docs/CHECK.md.
 */
export const enoughMacroF1 = 0.7;

/** `scores`: [pairs], of `ownPairs`. */
export function judgementOf(wording: Wording, scores: readonly StanceScores[]): Judgement {
  const truth = ownPairs.map(({ stance }) => [stance]);
  const { accuracy, macro } = measure(
    truth,
    scores.map((own) => [stanceOf(own)]),
    stances,
  );
  return { wording, accuracy, macroF1: macro.f1 };
}

/** Whether its verdicts are worth showing; a model that does not judge still finds what is related. */
export function judges({ macroF1 }: Judgement): boolean {
  return macroF1 >= enoughMacroF1;
}

/** The better of two; the first of equals. */
export function betterJudgement(first: Judgement, second: Judgement): Judgement {
  return second.macroF1 > first.macroF1 ? second : first;
}
