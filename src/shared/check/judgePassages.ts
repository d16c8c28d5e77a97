// From the passages nearest to a statement to evidence and a verdict, by a model that judges.
import { judges, type Judgement } from '../../core/check/judgement';
import { stanceOf, verdictOf, type Verdict } from '../../core/check/stance';
import type { Classifier } from '../classifier';
import { scoreStances, type ScoreStancesOptions } from './scoreStances';

/** `related`: about the same matter as the statement, as far as the model can say. */
export type EvidenceStance = 'supports' | 'contradicts' | 'related';

/** A passage as evidence: `score` is the probability of its stance; of a related one, its nearness to the statement. */
export type Evidence<P> = P & { readonly score: number; readonly stance: EvidenceStance };

export interface CheckedStatement<P> {
  /** null: the model finds related passages, it does not judge. */
  readonly verdict: Verdict | null;
  /** Supporting ones first, then contradicting, then related ones; each kind best first. */
  readonly evidence: readonly Evidence<P>[];
}

/** A passage with its nearness to the statement, 0 to 1. */
interface NearPassage {
  readonly text: string;
  readonly score: number;
}

export interface JudgeOptions extends ScoreStancesOptions {
  readonly judgement: Judgement;
  /** Lowest nearness with which a passage is called related: the model's default threshold. */
  readonly related: number;
}

/**
 * `passages`: best first. A model that does not judge is asked nothing, and there is no verdict. Throws what scoreStances throws.
 */
export async function judgePassages<P extends NearPassage>(
  classifier: Pick<Classifier, 'classify'>,
  statement: string,
  passages: readonly P[],
  { judgement, related, ...options }: JudgeOptions,
): Promise<CheckedStatement<P>> {
  const isNear = ({ score }: NearPassage): boolean => score >= related;
  if (!judges(judgement))
    return { verdict: null, evidence: passages.filter(isNear).map((passage) => ({ ...passage, stance: 'related' })) };
  const scores = await scoreStances(
    classifier,
    statement,
    passages.map(({ text }) => text),
    judgement.wording,
    options,
  );
  const evidence = passages.flatMap((passage, at): Evidence<P>[] => {
    const own = scores[at];
    const stance = own ? stanceOf(own) : 'neither';
    if (own && stance !== 'neither') return [{ ...passage, score: own[stance], stance }];
    return isNear(passage) ? [{ ...passage, stance: 'related' }] : [];
  });
  return { verdict: verdictOf(scores), evidence: evidenceOrder.flatMap((stance) => ofStance(evidence, stance)) };
}

export const evidenceOrder: readonly EvidenceStance[] = ['supports', 'contradicts', 'related'];

/** Best first. */
function ofStance<P>(evidence: readonly Evidence<P>[], stance: EvidenceStance): Evidence<P>[] {
  return evidence.filter((one) => one.stance === stance).sort((a, b) => b.score - a.score);
}
