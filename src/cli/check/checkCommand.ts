// `glitag check`: statements against files.
import fs from 'node:fs';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { judges } from '../../core/check/judgement';
import type { Verdict } from '../../core/check/stance';
import { statementsOf } from '../../core/check/statements';
import { modelNotes } from '../../models/modelNotes';
import { judgePassages } from '../../shared/check/judgePassages';
import { tryModel } from '../../shared/check/tryModel';
import { AppError } from '../../shared/errors';
import { fileUri } from '../../workspace/find/nodeFileTree';
import { cacheFolder } from '../cacheFolder';
import { exitCodes } from '../exitCodes';
import { withRankedFiles, type RankedFilesOptions } from '../rerank/rankedFiles';
import { unreadText, type Unread } from '../rerank/unreadText';
import { standardInput } from '../tag/lineOptions';
import { checkedJson, checkedText, qualityText, reportedEvidence, type CheckReport } from './checkReport';

export interface CheckCommandOptions extends RankedFilesOptions {
  /** A file with a statement a line, or `-`. */
  readonly statements?: string;
  readonly top: number;
  readonly failOn?: readonly Verdict[];
  readonly json?: boolean;
}

/**
 * @param given A statement and paths; with `options.statements` paths alone.
 * @returns The exit code: 1 where there was no text to check against, or what `options.failOn` names.
 */
export async function checkCommand(given: readonly string[], options: CheckCommandOptions): Promise<number> {
  const { top, json = false, failOn = [] } = options;
  const [statements, paths] = await askedStatements(given, options.statements);
  const asked = { ...options, ...withoutOwn(options.statements) };
  return withRankedFiles(paths, asked, async ({ model, classifier, signal, find }) => {
    const judgement = await tryModel(classifier, modelNotes(path.join(cacheFolder(), 'notes')), signal);
    const reports: CheckReport[] = [];
    let unread: Unread = { leftOut: 0, documents: 0 };
    for (const statement of statements) {
      const found = await find(statement, { top, perDocument: top });
      if (found.documents === 0) {
        process.stderr.write('glitag: There is no text to check against.\n');
        return exitCodes.failed;
      }
      if (found.leftOut > unread.leftOut) unread = found;
      const related = model.defaultThreshold;
      const checked = await judgePassages(classifier, statement, found.passages, { judgement, related, signal });
      const { verdict, evidence } = checked;
      const report = { model: model.name, statement, verdict, evidence: evidence.map(reportedEvidence) };
      reports.push(report);
      if (!json) process.stdout.write(`${checkedText(report)}\n`);
    }
    // One statement is an answer, those of a file are a list.
    if (json) process.stdout.write(checkedJson(reports, options.statements !== undefined));
    else process.stdout.write(`${qualityText(model.name, judgement)}\n`);
    process.stderr.write(unreadText(unread));
    return failsOn(reports, failOn, judges(judgement)) ? exitCodes.failed : exitCodes.done;
  });
}

/** Who asks to fail on a verdict must not take it for granted that there was one. */
function failsOn(reports: readonly CheckReport[], verdicts: readonly Verdict[], judged: boolean): boolean {
  if (verdicts.length > 0 && !judged) {
    process.stderr.write('glitag: --fail-on needs a model that judges; this one only finds related passages.\n');
    return true;
  }
  return reports.some(({ verdict }) => verdict !== null && verdicts.includes(verdict));
}

/** Statements are no evidence for themselves. */
function withoutOwn(file: string | undefined): Pick<RankedFilesOptions, 'but'> {
  return file === undefined || file === standardInput ? {} : { but: fileUri(file) };
}

async function askedStatements(
  given: readonly string[],
  file: string | undefined,
): Promise<[statements: readonly string[], paths: readonly string[]]> {
  const [first = '', ...rest] = given;
  const paths = file === undefined ? rest : given;
  if (paths.length === 0 || (file === undefined && first.trim() === ''))
    throw new AppError('input-invalid', 'Name a statement and files or folders: glitag check "The shop is open" notes');
  if (file === undefined) return [[first], paths];
  const statements = await readStatements(file);
  if (statements.length === 0) throw new AppError('input-invalid', `There are no statements in ${file}.`);
  return [statements, paths];
}

async function readStatements(file: string): Promise<readonly string[]> {
  if (file === standardInput) return statementsOf(await readAll(process.stdin));
  try {
    return statementsOf(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AppError('input-invalid', `The file ${file} cannot be read. Check the path of --statements.`, {
      cause: error,
    });
  }
}
