// BM25 over passages, as well as it can be had without much ado: stop words left out, English words by their stems.
import MiniSearch from 'minisearch';
import { stemmer } from 'stemmer';

const stopWords = new Set(
  (
    'a about above after again against all am an and any are as at be because been before being below between both but by can could did ' +
    'do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just ' +
    'me more most my no nor not now of off on once only or other our out over own same she should so some such than that the their them then ' +
    'there these they this those through to too under until up very was we were what when where which while who whom why will with would you your'
  ).split(' '),
);

export class PassageWords {
  private readonly index = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    processTerm: (term) => {
      const word = term.toLowerCase();
      return stopWords.has(word) ? null : stemmer(word);
    },
  });

  constructor(passages: readonly string[]) {
    this.index.addAll(passages.map((text, id) => ({ id, text })));
  }

  /** Positions of passages that have one of the words, best first. */
  search(question: string): number[] {
    return this.index.search(question).map(({ id }) => Number(id));
  }
}
