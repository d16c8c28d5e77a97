// Things that do the same work in different ways, timed in turns within one run: on the clock, and by the processor time that
// they take, which other programs disturb less.
import { processorSeconds } from './processorTime';

export interface Contestant {
  readonly name: string;
  readonly run: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Process that does part of the work, if any. */
  readonly child?: () => number | undefined;
  /** On the clock, one a round. */
  readonly seconds: number[];
  /** Of all processors and processes, one a round. */
  readonly processorSeconds: number[];
}

export function contestant(name: string, parts: Pick<Contestant, 'run' | 'stop' | 'child'>): Contestant {
  return { name, ...parts, seconds: [], processorSeconds: [] };
}

/** Each round every contestant once, each time another first; one round before them to warm up. */
export async function timeInTurns(contestants: readonly Contestant[], rounds: number): Promise<void> {
  for (const { run } of contestants) await run();
  for (let round = 0; round < rounds; round++)
    for (const place of contestants.keys()) {
      const one = contestants[(place + round) % contestants.length];
      if (!one) continue;
      const before = processorSeconds(one.child?.());
      const start = performance.now();
      await one.run();
      one.seconds.push((performance.now() - start) / 1000);
      one.processorSeconds.push(processorSeconds(one.child?.()) - before);
    }
}

/** The fastest by its median. */
export function best(contestants: readonly Contestant[]): Contestant {
  const [first, ...others] = contestants;
  if (!first) throw new Error('There is nobody to choose from.');
  return others.reduce((fastest, one) => (median(one.seconds) < median(fastest.seconds) ? one : fastest), first);
}

/** Middle of the values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
