// Trainings of this machine: what each was asked, where its model is, and, once it ended, its report. A file each, beside the models.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as v from 'valibot';
import type { DecisionRules } from '../../core/evaluation/predict';
import type { DecidedPlace } from '../../core/review/decision';
import type { DocumentRow } from '../../training/run/splitRows';
import { holderOf } from '../../inference/process/heldFolder';
import { runPaths } from '../../training/run/runFolder';
import { writeWhole } from '../../models/writeWhole';
import type { ReportData } from '../../shared/reportData';
import { parseReportData } from '../../shared/parseReportData';

/** All of a request that must be the same for a training to go on. */
export interface KeptTraining {
  /** Name of the model, and of its folder. */
  readonly name: string;
  readonly labelSet: string;
  /** Where its documents are: the storage of a workspace. */
  readonly workspace: string;
  readonly startedMs: number;
  readonly base: string;
  /** Name of the trained model that the label set used; null where it used none. */
  readonly previous: string | null;
  readonly rows: readonly DocumentRow[];
  /** Where each row stands, [rows]. */
  readonly places: readonly DecidedPlace[];
  readonly labelTexts: readonly (readonly [string, string])[];
  readonly rules: DecisionRules;
  /** What the label set named as its model before; null where it named none. */
  readonly modelBefore: string | null;
  /** Null until the model is there. */
  readonly report: ReportData | null;
}

const kept = v.looseObject({
  name: v.pipe(v.string(), v.nonEmpty()),
  labelSet: v.string(),
  workspace: v.string(),
  startedMs: v.number(),
  base: v.string(),
  rows: v.array(v.looseObject({ text: v.string(), position: v.number() })),
  places: v.array(v.looseObject({ root: v.string(), path: v.string() })),
  labelTexts: v.array(v.tuple([v.string(), v.string()])),
  previous: v.nullable(v.string()),
  modelBefore: v.nullable(v.string()),
});

export class KeptTrainings {
  /** `folder`: made when the first one is kept. */
  constructor(
    private readonly folder: string,
    private readonly workspace: string,
  ) {}

  /** Whether it was broken off, and can go on: no window is at it. */
  canGoOn(training: KeptTraining): boolean {
    const folder = this.modelFolder(training);
    return training.report === null && !fs.existsSync(folder) && holderOf(runPaths(folder).folder) === null;
  }

  /** Of this workspace and label set, newest first. What cannot be read is left out. */
  of(labelSet: string): KeptTraining[] {
    const names = fs.existsSync(this.folder) ? fs.readdirSync(this.folder) : [];
    return names
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => read(path.join(this.folder, name)) ?? [])
      .filter((one) => one.workspace === this.workspace && one.labelSet === labelSet)
      .sort((a, b) => b.startedMs - a.startedMs);
  }

  begin(training: Omit<KeptTraining, 'name' | 'workspace' | 'report'>): KeptTraining {
    const { labelSet, startedMs } = training;
    const begun = { ...training, name: this.freeName(labelSet, startedMs), workspace: this.workspace, report: null };
    this.write(begun);
    return begun;
  }

  end(training: KeptTraining, report: ReportData): KeptTraining {
    const ended = { ...training, report };
    this.write(ended);
    return ended;
  }

  /** One that was broken off, with all that it left. Others stay. */
  drop(training: KeptTraining): void {
    if (!this.canGoOn(training)) return;
    fs.rmSync(runPaths(this.modelFolder(training)).folder, { recursive: true, force: true });
    fs.rmSync(this.fileOf(training.name), { force: true });
  }

  modelFolder({ name }: Pick<KeptTraining, 'name'>): string {
    return path.join(this.folder, name);
  }

  private write(training: KeptTraining): void {
    writeWhole(this.fileOf(training.name), JSON.stringify(training));
  }

  private fileOf(name: string): string {
    return path.join(this.folder, `${name}.json`);
  }

  /** `support-mail-2026-03-04`, the next one of a day with a number: a name in settings and of a folder, on every system. */
  private freeName(labelSet: string, startedMs: number): string {
    const words = labelSet.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/gu, '');
    const day = new Date(startedMs).toISOString().slice(0, 10);
    const name = `${words.slice(0, 40) || 'model'}-${day}`;
    const isTaken = (one: string) =>
      [this.fileOf(one), path.join(this.folder, one)].some((file) => fs.existsSync(file));
    for (let number = 1; ; number++) {
      const one = number === 1 ? name : `${name}-${number}`;
      if (!isTaken(one)) return one;
    }
  }
}

function read(file: string): KeptTraining | null {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (!v.is(kept, value)) return null;
    return { ...(value as unknown as KeptTraining), report: parseReportData(value['report']) };
  } catch {
    // Gone meanwhile, or not one of ours.
    return null;
  }
}
