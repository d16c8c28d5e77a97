// How a server answers whose model judges statements: it knows GLiTag's own pairs, and those of a test.
import type { OwnPair } from '../../src/core/check/ownPairs';
import { ownPairs } from '../../src/core/check/ownPairs';
import { send, type Asked, type Behaviour } from './gliclassServer';

/** How near every passage is to every statement: a model that judges is told by its stances alone. */
const nearness = 0.6;

/** `known`: a passage is known by a part of it. All others say neither. */
export function judging(known: readonly OwnPair[]): Behaviour {
  const pairs = [...ownPairs, ...known];
  const scores = ({ text, labels, prompt }: Asked) => {
    if (prompt === undefined) return labels.map((label) => ({ label, score: nearness }));
    const pair = pairs.find(({ passage, statement }) => text.includes(passage) && prompt.includes(statement));
    const words = !pair || pair.stance === 'neither' ? 'says nothing' : pair.stance;
    return labels.map((label) => ({ label, score: label.startsWith(words) ? 0.9 : 0.05 }));
  };
  return ({ response, asked }) => {
    send(response, 200, scores(asked));
  };
}
