// A server's answers by a real model of this machine, in upstream's words.
import type { Classifier } from '../../src/shared/classifier';
import { send, type Behaviour } from './gliclassServer';

export function modelAnswers(classifier: Pick<Classifier, 'classify'>): Behaviour {
  return ({ asked: { text, labels, prompt }, response }) => {
    const task = { labels, mode: 'multi-label', examples: [], ...(prompt === undefined ? {} : { prompt }) } as const;
    classifier.classify([{ id: '', text }], task).then(
      ([outcome]) => {
        if (outcome?.ok)
          send(
            response,
            200,
            Array.from(outcome.scores, (score, at) => ({ label: labels[at], score })),
          );
        else send(response, 500, {});
      },
      () => {
        send(response, 500, {});
      },
    );
  };
}
