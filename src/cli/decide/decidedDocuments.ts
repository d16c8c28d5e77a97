// The decisions that count for `glitag tag`, by file.
import { keyText } from '../../core/review/decision';
import type { Decision } from '../../core/review/decision';
import { fileKey } from './decidedFiles';
import { withDecisions } from './decisionsHome';

export class DecidedDocuments {
  constructor(private readonly byDocument: ReadonlyMap<string, readonly Decision[]>) {}

  /** Decisions on the file as a whole; those on passages say nothing of it. */
  of(file: string): readonly Decision[] {
    return this.byDocument.get(nameOf(fileKey(file))) ?? [];
  }

  /** The decisions on each document; the one that was decided on last comes first. */
  latestFirst(): (readonly Decision[])[] {
    const latest = (decisions: readonly Decision[]): number => Math.max(...decisions.map(({ decidedMs }) => decidedMs));
    return [...this.byDocument.values()].sort((a, b) => latest(b) - latest(a));
  }
}

/** All decisions under a set. Throws AppError. */
export async function readDecided(file: string, set: string): Promise<DecidedDocuments> {
  return withDecisions(file, undefined, async ({ store }) => {
    const byDocument = new Map<string, Decision[]>();
    for await (const page of store.decisions(set)) {
      for (const decision of page) {
        if (decision.passage !== null) continue;
        const others = byDocument.get(nameOf(decision));
        if (others) others.push(decision);
        else byDocument.set(nameOf(decision), [decision]);
      }
    }
    return new DecidedDocuments(byDocument);
  });
}

function nameOf({ root, path }: Pick<Decision, 'root' | 'path'>): string {
  return keyText({ root, path, passage: null, set: '', label: null });
}
