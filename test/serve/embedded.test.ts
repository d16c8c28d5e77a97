// The embedded model on upstream's own server: its weights in fp32 out of the file that ships, there for PyTorch and here as ONNX.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository, runCli } from '../cli/runCli';
import { glitagTrain } from './glitagTrain';
import { freePort, RayServer } from './rayServer';
import { expectSame, reportOf } from './tagged';
import type { Report } from './tagged';

let folder: string;
let server: RayServer;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-embedded-'));
  const checkpoint = path.join(folder, 'checkpoint');
  await glitagTrain(repository, 'checkpoint', path.join(repository, 'models/glitag-small-en'), checkpoint);
  await glitagTrain(repository, 'export', checkpoint, path.join(folder, 'fp32'));
  // Each label costs as many tokens as a text may have: chunk and prompt.
  const limits = { maxModelLen: 96, oneTextAPass: true };
  server = await RayServer.start({ model: checkpoint, replicas: 1, port: await freePort(), ...limits });
}, 400_000);

afterAll(async () => {
  await (server as RayServer | undefined)?.kill();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function tagged(set: object, ...more: readonly string[]): Promise<Report> {
  const labels = path.join(folder, 'labels.json');
  fs.writeFileSync(labels, JSON.stringify(set));
  const model = ['--model', path.join(folder, 'fp32'), '--labels', labels, '--chunk-tokens', '80'];
  const args = ['tag', path.join(repository, 'samples/workspace'), ...model, '--format', 'json', ...more];
  return reportOf(await runCli(args, folder));
}

test('tags the samples as the same weights do here', async () => {
  const set = { labels: { work: ['security', 'hiring', 'billing'], mood: ['complaint', 'praise'] }, threshold: 0.4 };
  const [mine, theirs] = [await tagged(set), await tagged(set, '--server', server.url)];
  expect(mine.documents.filter(({ tags }) => tags.length > 0).length).toBeGreaterThan(10);
  expect(theirs.stats.classified).toBe(mine.documents.length);
  expectSame(mine, theirs);
}, 400_000);

test('with a prompt, and the softmax of a single-label set', async () => {
  const set = { labels: ['contract', 'program', 'letter'], mode: 'single-label', prompt: 'What is it?' };
  expectSame(await tagged(set), await tagged(set, '--server', server.url));
}, 400_000);
