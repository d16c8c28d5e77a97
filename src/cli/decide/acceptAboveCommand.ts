// `glitag decide accept-above`: accepts all tags with a score or a better one that nobody has decided on, after a question.
import { counted } from '../../core/countText';
import { isOpen } from '../../core/review/reviewOrder';
import { acceptStep, type TagTarget } from '../../core/review/steps';
import { scoreText } from '../../core/scoreText';
import { AppError } from '../../shared/errors';
import { askYes } from '../askYes';
import { exitCodes } from '../exitCodes';
import { decidedSet, type DecideOptions } from './decideOptions';
import { withDecisions } from './decisionsHome';
import { printStep } from './printStep';
import { taggedDocuments } from './taggedDocuments';

export interface AcceptAboveOptions extends DecideOptions {
  readonly yes?: boolean;
}

/** @returns The exit code: 1 where there is nothing to accept, or the answer is no. */
export async function acceptAboveCommand(
  score: number,
  paths: readonly string[],
  options: AcceptAboveOptions,
): Promise<number> {
  const decided = decidedSet(options);
  const tags: TagTarget[] = [];
  const documents = new Set<object>();
  for (const document of await taggedDocuments(paths, decided, options)) {
    for (const tag of document.tags) {
      if (!isOpen(tag) || tag.score < score) continue;
      tags.push({ ...document.place, set: decided.name, label: tag.label });
      documents.add(document);
    }
  }
  if (tags.length === 0) {
    process.stdout.write(`No undecided tag here has a score of ${scoreText(score)} or better.\n`);
    return exitCodes.failed;
  }
  const question = `Accept ${counted(tags.length, 'tag')} of ${counted(documents.size, 'document')}, with a score of ${scoreText(score)} or better?`;
  if (!(options.yes ?? false) && !(await confirm(question))) return exitCodes.failed;
  printStep(await withDecisions(options.decisions, options.by, ({ store }) => store.decide(acceptStep(tags))), '');
  return exitCodes.done;
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new AppError('input-invalid', `${question} Say so with --yes: nobody can be asked here.`);
  return askYes(question);
}
