// Which decided documents a model that reads examples is given: the newest, as the text that was decided on, up to a bound.
import type { LabelSet } from '../../core/labelSet';
import type { Decision } from '../../core/review/decision';
import { lessonOf } from '../../core/review/lesson';
import { beginningOf, decidedExamples, type DecidedText } from '../../inference/nearest/decidedExamples';
import { Breather } from '../../workspace/flow/breather';
import { latestFirst, mostTexts, noLessons, type Lessons } from './lessons';

export interface TextsNow {
  /** sha256 (hex) of the document's text as it was read last; null where it is not known. */
  hash(decision: Decision): string | null;
  /** The text as it is now; null where it cannot be read. */
  read(decision: Decision): Promise<{ readonly text: string; readonly hash: string } | null>;
}

export class ReadLessons {
  /** By hash: each decision asks for all texts again. */
  private texts: ReadonlyMap<string, string> = new Map();

  /** Documents as a whole, those decided on last first. @param decided The decisions of one document each. */
  async choose(decided: Iterable<readonly Decision[]>, set: LabelSet, now: TextsNow): Promise<Lessons> {
    const breather = new Breather();
    const chosen: DecidedText[] = [];
    const texts = new Map<string, string>();
    let decisions = 0;
    for (const made of latestFirst(decided)) {
      if (chosen.length === mostTexts) break;
      if (breather.due) await breather.pause();
      const [first] = made;
      const hash = first ? now.hash(first) : null;
      const current = made.filter(({ textHash }) => textHash === hash);
      const lesson = lessonOf(current, set);
      // Upstream's forms have no words for a text that carries no label.
      if (!first || hash === null || !lesson || lesson.labels.length === 0) continue;
      const text = this.texts.get(hash) ?? (await textOf(now, first, hash));
      if (text === null) continue;
      texts.set(hash, text);
      chosen.push({ text, hash, lesson });
      decisions += current.length;
    }
    this.texts = texts;
    return { ...noLessons, decided: decidedExamples(chosen, set), decisions };
  }
}

async function textOf(now: TextsNow, decision: Decision, hash: string): Promise<string | null> {
  const read = await now.read(decision);
  return read?.hash === hash ? beginningOf(read.text) : null;
}
