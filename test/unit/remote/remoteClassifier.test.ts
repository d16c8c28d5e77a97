// What is asked of a server, and what is made of its answers.
import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/inference/engine';
import { predictions, scoreOf, send } from '../../support/gliclassServer';
import { startGliclass } from '../../support/startGliclass';
import { clientOf, documents, modelFolder, task } from './remoteHelpers';

describe('one text a request', () => {
  test('asks for all scores of flat labels, with prompt, examples and adapter, and takes them as they are', async () => {
    const server = await startGliclass();
    const client = clientOf(server.url, { adapter: 'legal', token: 'secret' });
    const examples = [{ text: 'It <<LABEL>> crashes', labels: ['bug report'] }];
    const outcomes = await client.classify(documents(2), { ...task, prompt: 'What is it?', examples });
    expect(outcomes.map(({ id }) => id)).toEqual(['0', '1']);
    for (const [index, outcome] of outcomes.entries()) {
      if (!outcome.ok) throw new Error(outcome.message);
      const text = `document ${index}`;
      expect(outcome.scores).toEqual(Float32Array.of(scoreOf(text, 'praise'), scoreOf(text, 'bug report')));
      expect(outcome.evidence).toEqual(Int32Array.of(0, text.length, 0, text.length));
    }
    expect(server.asked[0]).toEqual({
      text: 'document 0',
      labels: ['praise', 'bug report'],
      threshold: 0,
      multi_label: true,
      prompt: 'What is it?',
      examples: [{ text: 'It < LABEL>> crashes', labels: ['bug report'] }],
      adapter_id: 'legal',
    });
    expect(server.headers[0]).toMatchObject({ authorization: 'Bearer secret', 'content-type': 'application/json' });
  });

  test('takes the nested form and scores before calibration', async () => {
    const server = await startGliclass(({ response, asked }) => {
      send(response, 200, [predictions(asked).map((one) => ({ ...one, initial_score: 0.5 }))]);
    });
    const [outcome] = await clientOf(server.url).classify(documents(1), task);
    expect(outcome).toMatchObject({ ok: true, chunkCount: 1 });
  });

  test('a text without anything to read is not sent', async () => {
    const server = await startGliclass();
    const [outcome] = await clientOf(server.url).classify([{ id: 'a', text: ' \n' }], task);
    expect(outcome).toMatchObject({ ok: false, code: 'input-invalid' });
    expect(server.asked).toEqual([]);
  });

  test('connections are kept', async () => {
    const server = await startGliclass();
    await clientOf(server.url).classify(documents(100), task);
    expect(server.asked).toHaveLength(100);
    expect(server.connections).toBeLessThan(40);
  });
});

describe('as a local model', () => {
  const text = Array.from({ length: 40 }, (_, n) => `Sentence ${n} is about the delivery of a product.`).join(' ');

  test('texts are cut into the same chunks, and each label keeps its best', async () => {
    const server = await startGliclass();
    const [remote] = await clientOf(server.url).classify([{ id: 'a', text }], task, { chunkTokens: 48 });
    const engine = await Engine.load({ folder: modelFolder, threads: 1, maxBatchTokens: 4096 }, () => undefined);
    const work = { chunkTokens: 48, vectors: false, isCancelled: () => false, onProgress: () => undefined };
    const [local] = await engine.classify([{ id: 'a', text }], task, work);
    await engine.release();
    if (!remote?.ok || !local?.ok) throw new Error('not scored');
    expect(remote.chunkCount).toBe(local.chunkCount);
    expect(remote.chunkCount).toBeGreaterThan(5);
    const best = task.labels.map((label) => Math.max(...server.asked.map((asked) => scoreOf(asked.text, label))));
    expect(Array.from(remote.scores)).toEqual(best);
    const [start = 0, end = 0] = remote.evidence;
    expect(scoreOf(text.slice(start, end), 'praise')).toBe(best[0]);
  });

  test('single-label: softmax over all labels, from their sigmoids', async () => {
    const logits: Record<string, number> = { praise: 2, 'bug report': -1, question: 0.5 };
    const server = await startGliclass(({ response, asked }) => {
      const score = (label: string) => Math.fround(1 / (1 + Math.exp(-(logits[label] ?? 0))));
      send(
        response,
        200,
        asked.labels.map((label) => ({ label, score: score(label) })),
      );
    });
    const labels = Object.keys(logits);
    const [outcome] = await clientOf(server.url).classify(documents(1), { ...task, labels, mode: 'single-label' });
    if (!outcome?.ok) throw new Error('not scored');
    const powers = labels.map((label) => Math.exp(logits[label] ?? 0));
    const total = powers.reduce((sum, power) => sum + power, 0);
    for (const [index, power] of powers.entries()) expect(outcome.scores[index]).toBeCloseTo(power / total, 5);
  });
});

describe('what is known of the model', () => {
  test('the hash follows address, name and adapter, not the token; nobody is asked', async () => {
    const hashOf = async (url: string, settings = {}) => (await clientOf(url, settings).describe()).hash;
    const hash = await hashOf('http://localhost:9');
    expect(await hashOf('http://localhost:9/gliclass/', { token: 'b' })).toBe(hash);
    for (const other of [{ model: 'large' }, { adapter: 'legal' }])
      expect(await hashOf('http://localhost:9', other)).not.toBe(hash);
    expect(await hashOf('http://localhost:8')).not.toBe(hash);
  });

  test('says why there are no vectors, and refuses to score them', async () => {
    const client = clientOf('http://localhost:9');
    const { capabilities } = await client.describe();
    expect(capabilities).toMatchObject({ examples: 'native', keepsVectors: false });
    expect(capabilities.reasons?.vectors).toContain('not vectors');
    await expect(client.rescore()).rejects.toMatchObject({ code: 'model-unsupported' });
  });
});

test('cancelling breaks off what is under way', async () => {
  const server = await startGliclass(() => undefined);
  const abort = new AbortController();
  const call = clientOf(server.url).classify(documents(3), task, { signal: abort.signal });
  setTimeout(() => {
    abort.abort();
  }, 50);
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});
