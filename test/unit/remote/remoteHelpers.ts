// Clients for tests: they count tokens by a golden model, and do not wait long.
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Timing } from '../../../src/remote/patience';
import { RemoteClassifier } from '../../../src/remote/remoteClassifier';
import type { RemoteSettings } from '../../../src/remote/remoteSettings';
import { RemoteTexts } from '../../../src/remote/remoteTexts';
import type { ClassificationTask } from '../../../src/shared/classifier';

export const modelFolder = path.resolve(import.meta.dirname, '../../golden/models/uni-bert-first-simple');

export const quick: Partial<Timing> = {
  deadlineMs: 10_000,
  backOffMs: 2,
  longestBackOffMs: 10,
  firstMs: 200,
  awayMs: 600,
  busyMs: 2_000,
};

export const task: ClassificationTask = { labels: ['praise', 'bug report'], mode: 'multi-label', examples: [] };

/** Disposed of with the test. */
export function clientOf(
  url: string,
  settings: Partial<RemoteSettings> = {},
  timing: Partial<Timing> = {},
): RemoteClassifier {
  const client = new RemoteClassifier(
    { url, proxyEnvironment: null, ...settings },
    new RemoteTexts({ folder: modelFolder, exact: true }),
    { ...quick, ...timing },
  );
  onTestFinished(() => client.dispose());
  return client;
}

export const documents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), text: `document ${index}` }));
