// Tries a model on the pairs that GLiTag brings along, once: what comes out is kept under the model's hash.
import * as v from 'valibot';
import { betterJudgement, judgementOf, wordings, type Judgement, type Wording } from '../../core/check/judgement';
import { ownPairs, ownPairsVersion } from '../../core/check/ownPairs';
import type { StanceScores } from '../../core/check/stance';
import type { CancelSignal, Classifier } from '../classifier';
import type { ModelNotes } from '../modelNotes';
import { scoreStances } from './scoreStances';

const keptJudgement = v.strictObject({
  wording: v.picklist(wordings),
  accuracy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  macroF1: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** Throws what Classifier.describe and classify throw. */
export async function tryModel(
  classifier: Pick<Classifier, 'classify' | 'describe'>,
  notes: ModelNotes,
  signal?: CancelSignal,
): Promise<Judgement> {
  const { hash } = await classifier.describe(signal);
  const key = `check\n${ownPairsVersion}\n${hash}`;
  const kept = readNote(notes, key);
  if (kept) return kept;
  const judgement = await measureModel(classifier, signal);
  try {
    notes.write(key, JSON.stringify(judgement));
  } catch {
    // What came out holds all the same; where it cannot be kept, the model is tried again next time.
  }
  return judgement;
}

/** With the wording that suits the model best. */
async function measureModel(classifier: Pick<Classifier, 'classify'>, signal?: CancelSignal): Promise<Judgement> {
  const [prompt, labels] = [
    judgementOf('prompt', await scoreOwnPairs(classifier, 'prompt', signal)),
    judgementOf('labels', await scoreOwnPairs(classifier, 'labels', signal)),
  ];
  return betterJudgement(prompt, labels);
}

/** [pairs]. A call a statement, one after the other: a server is not to be flooded. */
async function scoreOwnPairs(
  classifier: Pick<Classifier, 'classify'>,
  wording: Wording,
  signal?: CancelSignal,
): Promise<StanceScores[]> {
  const scores: StanceScores[] = [];
  for (const { passage, statement } of ownPairs)
    scores.push(
      ...(await scoreStances(classifier, statement, [passage], wording, {
        priority: 'interactive',
        ...(signal ? { signal } : {}),
      })),
    );
  return scores;
}

function readNote(notes: ModelNotes, key: string): Judgement | null {
  try {
    const note = notes.read(key);
    const parsed = v.safeParse(keptJudgement, note === null ? null : JSON.parse(note));
    return parsed.success ? parsed.output : null;
  } catch {
    // A note that cannot be read, or is no JSON, is written anew.
    return null;
  }
}
