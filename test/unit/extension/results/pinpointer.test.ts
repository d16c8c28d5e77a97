import { describe, expect, test, vi } from 'vitest';
import { parseLabelSets } from '../../../../src/core/parseLabelSets';
import { Pinpointer } from '../../../../src/extension/results/pinpointer';
import type { DocumentInput, DocumentOutcome } from '../../../../src/shared/classifier';
import { forAllSets } from '../../../support/forAllSets';

const set = parseLabelSets({ mail: { labels: ['refund', 'praise'] } }).sets[0]!;
const text =
  'The parcel came on Monday morning. Please refund the second payment. Your driver was wonderful, thank you!';

/** Scores a passage by the words it holds, and counts how often it was asked. */
class WordClassifier {
  calls = 0;

  classify(documents: readonly DocumentInput[]): Promise<DocumentOutcome[]> {
    this.calls++;
    return Promise.resolve(
      documents.map(({ id, text: passage }) => ({
        ok: true,
        id,
        scores: Float32Array.of(passage.includes('refund') ? 0.9 : 0.1, passage.includes('wonderful') ? 0.8 : 0.2),
        evidence: Int32Array.of(0, passage.length, 0, passage.length),
        chunkCount: 1,
      })),
    );
  }
}

const tag = (label: string, end = text.length) => ({ label, score: 0.9, start: 0, end });
const passage = (span: { start: number; end: number } | undefined) => span && text.slice(span.start, span.end);

describe('Pinpointer', () => {
  test('finds the sentence of each tag', async () => {
    const found = await new Pinpointer(forAllSets(new WordClassifier())).find(
      text,
      [tag('refund'), tag('praise')],
      set,
    );
    expect(passage(found.get('refund'))).toBe('Please refund the second payment.');
    expect(passage(found.get('praise'))).toBe('Your driver was wonderful, thank you!');
  });

  test('looks only in the chunk that earned the tag', async () => {
    const found = await new Pinpointer(forAllSets(new WordClassifier())).find(
      text,
      [tag('praise', text.indexOf(' Your'))],
      set,
    );
    expect(passage(found.get('praise'))).toBe('The parcel came on Monday morning.');
  });

  test('leaves a chunk of one sentence alone', async () => {
    const classifier = new WordClassifier();
    expect(await new Pinpointer(forAllSets(classifier)).find(text, [tag('refund', 34)], set)).toEqual(new Map());
    expect(classifier.calls).toBe(0);
  });

  test('prefers a sentence to the heading that holds the label itself, if the sentence earns the tag', async () => {
    const find = async (markdown: string, isMarkdown: boolean) => {
      const tags = [tag('refund', markdown.length)];
      const span = (await new Pinpointer(forAllSets(new WordClassifier())).find(markdown, tags, set, isMarkdown)).get(
        'refund',
      );
      return span && markdown.slice(span.start, span.end);
    };
    const both = '# About the refund of March\n\nNothing is said here of it. Please refund the second payment.';
    expect(await find(both, false)).toBe('# About the refund of March');
    expect(await find(both, true)).toBe('Please refund the second payment.');
    const headingOnly = '# About the refund of March\n\nNothing is said here of it. Nor is it in this one.';
    expect(await find(headingOnly, true)).toBe('# About the refund of March');
  });

  test('finds all sentences of a chunk that earn a label, and the best one where none does', async () => {
    const pinpointer = new Pinpointer(forAllSets(new WordClassifier()));
    const twice = 'Please refund the first one. The driver was late on that day. Please refund the second one too.';
    const all = async (label: string, whole = twice) => {
      const found = await pinpointer.all(whole, { start: 0, end: whole.length }, set, label, false);
      return found.map(({ start, end }) => whole.slice(start, end));
    };
    expect(await all('refund')).toEqual(['Please refund the first one.', 'Please refund the second one too.']);
    expect(await all('praise')).toEqual(['Please refund the first one.']);
    expect(await all('refund', 'One sentence only.')).toEqual(['One sentence only.']);
  });

  test('asks once for the same text and tags, and again after a failure', async () => {
    const classifier = new WordClassifier();
    const pinpointer = new Pinpointer(forAllSets(classifier));
    await pinpointer.find(text, [tag('refund')], set);
    await pinpointer.find(text, [tag('refund')], set);
    expect(classifier.calls).toBe(1);
    let failures = 0;
    const failing = new Pinpointer(
      forAllSets({
        classify: () => {
          failures++;
          return Promise.reject(new Error('gone'));
        },
      }),
    );
    await expect(failing.find(text, [tag('refund')], set)).rejects.toThrow('gone');
    await expect(failing.find(text, [tag('refund')], set)).rejects.toThrow('gone');
    expect(failures).toBe(2);
  });

  test('asks again when another model is in use', async () => {
    const classifier = new WordClassifier();
    const pinpointer = new Pinpointer(forAllSets(classifier));
    await pinpointer.find(text, [tag('refund')], set);
    pinpointer.forget();
    await pinpointer.find(text, [tag('refund')], set);
    expect(classifier.calls).toBe(2);
  });

  test('keeps what another model finds when the question to the model before fails', async () => {
    const classifier = new WordClassifier();
    let fail = (): void => undefined;
    const pending = new Promise<never>((_, reject) => {
      fail = () => {
        reject(new Error('gone'));
      };
    });
    let first = true;
    const pinpointer = new Pinpointer(
      forAllSets({
        classify: (documents: readonly DocumentInput[]) => {
          if (!first) return classifier.classify(documents);
          first = false;
          return pending;
        },
      }),
    );
    const before = pinpointer.find(text, [tag('refund')], set);
    await vi.waitUntil(() => !first);
    pinpointer.forget();
    await pinpointer.find(text, [tag('refund')], set);
    fail();
    await expect(before).rejects.toThrow('gone');
    await pinpointer.find(text, [tag('refund')], set);
    expect(classifier.calls).toBe(1);
  });
});
