// What `glitag check` prints of a statement, for people and for programs.
import { judges, enoughMacroF1, type Judgement } from '../../core/check/judgement';
import type { Verdict } from '../../core/check/stance';
import { oneLine } from '../../core/readablePassage';
import { scoreText } from '../../core/scoreText';
import type { Evidence, EvidenceStance } from '../../shared/check/judgePassages';
import { roundedScore } from '../../workspace/export/roundedScore';
import type { FoundPassage } from '../../workspace/passages/findPassages';
import { placeName } from '../../workspace/split/parts';
import { shownLine } from '../shownLine';
import { displayPath } from '../tag/inputs';

export interface CheckReport {
  readonly model: string;
  readonly statement: string;
  /** null: the model does not judge. */
  readonly verdict: Verdict | null;
  readonly evidence: readonly ReportedEvidence[];
}

/** Offsets are UTF-16 units into the decoded file. */
export interface ReportedEvidence {
  readonly path: string;
  readonly part?: string;
  readonly start: number;
  readonly end: number;
  /** Of `start`, from 1. */
  readonly line: number;
  readonly score: number;
  readonly text: string;
  readonly stance: EvidenceStance;
}

export function reportedEvidence({ place, score, text, stance, ...span }: Evidence<FoundPassage>): ReportedEvidence {
  const { start, end, line } = span;
  const { part } = place;
  const named = { path: displayPath(place), ...(part === undefined ? {} : { part }) };
  return { ...named, start, end, line, score: roundedScore(score), text, stance };
}

export function checkedJson(reports: readonly CheckReport[], isList: boolean): string {
  return `${JSON.stringify(isList ? reports : reports[0], null, 2)}\n`;
}

/** Lines of one statement, without a trailing line break. */
export function checkedText({ statement, verdict, evidence }: CheckReport): string {
  const width = verdict === null ? 0 : 'contradicts'.length;
  const lines = evidence.map(({ stance, score, path, part, line, text }) => {
    const place = placeName({ path: `${path}:${line}`, ...(part === undefined ? {} : { part }) });
    const named = verdict === null ? '' : `${stance.padEnd(width)}  `;
    return `  ${named}${scoreText(score)}  ${place}  ${oneLine(text)}`;
  });
  const found = lines.length > 0 ? lines : ['  no related passage'];
  return [verdict === null ? statement : `${verdict}: ${statement}`, ...found].map(shownLine).join('\n');
}

/** How far what is said above can be believed. */
export function qualityText(model: string, judgement: Judgement): string {
  const reached = scoreText(judgement.macroF1);
  return judges(judgement)
    ? `${model} judges: macro-F1 ${reached} on GLiTag's own statements.`
    : `${model} finds related passages, it does not judge: macro-F1 ${reached} on GLiTag's own statements, ${scoreText(enoughMacroF1)} is needed.`;
}
