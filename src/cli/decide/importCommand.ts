// `glitag decide import`: labels that people gave in other programs become decisions, in one step.
import fs from 'node:fs';
import path from 'node:path';
import { importDecisions } from '../../core/review/exchange/importDecisions';
import { readImport } from '../../core/review/exchange/readImport';
import { AppError } from '../../shared/errors';
import { exitCodes } from '../exitCodes';
import { decidedFiles } from './decidedFiles';
import { decidedSet } from './decideOptions';
import type { DecideOptions } from './decideOptions';
import { withDecisions } from './decisionsHome';
import { sha256 } from '../../workspace/read/sha256';

export interface ImportCommandOptions extends DecideOptions {
  readonly documents?: readonly string[];
}

/** Prints how many were taken, and each row that was not, with the reason. Returns 1 where none was. */
export async function importCommand(file: string, options: ImportCommandOptions): Promise<number> {
  const { name, labels } = decidedSet(options);
  const imported = readImport(readText(file));
  const documents = await decidedFiles(options.documents ?? []);
  const places = new Map(documents.map((place) => [place.textHash, place]));
  const { changed, texts, notTaken } = await withDecisions(options.decisions, options.by, async ({ store }) => {
    const decided = new Set<string>();
    for await (const page of store.decisions(name)) for (const { textHash } of page) decided.add(textHash);
    const { step, texts, notTaken } = importDecisions(imported, {
      set: name,
      labels: labels?.labels.map((label) => label.name) ?? null,
      source: path.basename(file),
      hashOf: sha256,
      isDecided: (hash) => decided.has(hash),
      placeOf: (hash) => places.get(hash) ?? null,
    });
    return { changed: (await store.decide(step)).changed, texts, notTaken };
  });
  const of = texts === 1 ? '1 text' : `${texts} texts`;
  process.stdout.write(`${changed === 1 ? '1 decision' : `${changed} decisions`} on ${of} imported\n`);
  for (const { unit, position, reason } of notTaken) process.stdout.write(`not taken: ${unit} ${position} ${reason}\n`);
  return changed === 0 ? exitCodes.failed : exitCodes.done;
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('input-invalid', `${file} cannot be read: ${reason}.`, { cause: error });
  }
}
