// A tag as it is after people's decisions, as agents are told it.
import type { EffectiveTag } from '../core/review/decision';
import type { Span } from '../core/tagResult';
import type { AgentPlace, AgentScore } from './agentSource';

/** `placed`: see `placer`; null where the text is not there as it was read, so that offsets would lead anywhere. */
export function agentTag(
  { label, score, start, end, state }: EffectiveTag,
  placed: ((span: Span) => AgentPlace) | null,
): AgentScore {
  return {
    ...{ label, score },
    ...placed?.({ start, end }),
    ...(state === 'accepted' || state === 'added' ? { state } : {}),
  };
}
