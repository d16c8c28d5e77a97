// How good rankings of passages are, where it is known which passages answer a question.
import type { Span } from '../../src/core/tagResult';

export interface Place extends Span {
  readonly uri: string;
}

export interface Question {
  readonly id: number;
  readonly question: string;
  readonly answers: readonly Place[];
  /** Passages that hold a part of an answer. */
  readonly count: number;
}

export interface Answered {
  readonly question: Question;
  /** Best first, ten at most. */
  readonly results: readonly Place[];
  readonly ms: number;
}

/** A row of a table. */
export function figures(way: string, answered: readonly Answered[]): string {
  const mean = (of: (one: Answered) => number) => answered.reduce((sum, one) => sum + of(one), 0) / answered.length;
  const times = answered.map(({ ms }) => ms).sort((a, b) => a - b);
  const figure = (of: (one: Answered) => number) => mean(of).toFixed(3).replace(/^0/u, '');
  const time = (ms: number | undefined) => (ms === undefined ? '' : ms.toFixed(ms < 10 ? 1 : 0));
  return `| ${way} | ${[
    figure((one) => reciprocal(firstRight(one))),
    figure(gain),
    figure((one) => (firstRight(one) === 0 ? 1 : 0)),
    figure((one) => (firstRight(one) === -1 ? 0 : 1)),
    figure((one) => reciprocal(firstDocument(one))),
    `${time(times[Math.floor(times.length / 2)])} (${time(times.at(-1))})`,
  ].join(' | ')} |`;
}

function isRight({ question }: Answered, place: Place): boolean {
  return question.answers.some((answer) => overlaps(answer, place));
}

/** Whether both are of one text and have something of it in common. */
export function overlaps(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.start < b.end && b.start < a.end;
}

function firstRight(one: Answered): number {
  return one.results.findIndex((place) => isRight(one, place));
}

function firstDocument({ question, results }: Answered): number {
  const documents = [...new Set(results.map(({ uri }) => uri))];
  return documents.findIndex((document) => question.answers.some(({ uri }) => uri === document));
}

function reciprocal(rank: number): number {
  return rank === -1 ? 0 : 1 / (rank + 1);
}

/** nDCG with gains of 0 and 1. */
function gain(one: Answered): number {
  const discount = (rank: number) => 1 / Math.log2(rank + 2);
  const sum = (ranks: readonly number[]) => ranks.reduce((total, rank) => total + discount(rank), 0);
  const right = one.results.flatMap((place, rank) => (isRight(one, place) ? [rank] : []));
  const ideal = Array.from({ length: Math.min(10, one.question.count) }, (_, rank) => rank);
  return Math.min(1, sum(right) / sum(ideal));
}
