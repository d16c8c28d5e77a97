// `glitag models` in processes of its own: downloads from hubs of this machine, and models used by their names.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuthProxy } from '../support/authProxy';
import { filesIn, HubServer } from '../support/hubServer';
import type { HubServerOptions } from '../support/hubServer';
import { documents, repository, runCli } from './runCli';

const tiny = path.join(repository, 'test/golden/models/bi-bert');
const certificate = path.join(repository, 'test/unit/remote/fixtures/selfSigned.crt');
const id = 'tiny/bi-bert';

/** No proxy of the machine that the test runs on. */
const noProxies = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [
    [name, undefined],
    [name.toUpperCase(), undefined],
  ]),
);

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-cli-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

async function startHub(options: Partial<HubServerOptions> = {}): Promise<HubServer> {
  const server = await HubServer.start({ id, files: filesIn(tiny), ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function startProxy(): Promise<AuthProxy> {
  const proxy = await AuthProxy.start('ada', 'secret');
  onTestFinished(() => proxy.stop());
  return proxy;
}

async function startTlsHub(): Promise<HubServer> {
  const pem = (file: string) => fs.readFileSync(file, 'utf8');
  return startHub({ tls: { cert: pem(certificate), key: pem(certificate.replace(/crt$/u, 'key')) } });
}

test('adds, lists, verifies, uses and removes a model', async () => {
  const folder = temporaryFolder();
  const store = path.join(folder, 'models');
  const server = await startHub();
  const models = (...args: readonly string[]) =>
    runCli(['models', ...args, '--models-dir', store], folder, { env: { ...noProxies, HF_ENDPOINT: server.url } });

  const added = await models('add', id);
  expect(added.stderr).toMatch(/^tiny\/bi-bert, commit 01234567, model\.onnx: 0\.6 MB, licence apache-2\.0\n$/u);
  expect([added.code, added.stdout]).toEqual([0, expect.stringContaining('Use it with --model tiny/bi-bert')]);

  const listed = JSON.parse((await models('list', '--json')).stdout) as Record<string, unknown>;
  expect(listed).toMatchObject({ folder: store, installed: [{ name: id, license: 'apache-2.0' }] });
  expect((await models('list')).stdout).toContain('tiny/bi-bert  0.6 MB  apache-2.0  tiny/bi-bert@01234567');

  const verified = await models('verify', id, '--json');
  expect(verified.code).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({ name: id, problems: [], report: { cases: 18 } });

  const file = path.join(documents, 'crash.md');
  const tag = (...args: readonly string[]) =>
    runCli(['tag', file, '--format', 'json', '--models-dir', store, ...args], folder, { env: noProxies });
  const byName = await tag('--model', id);
  expect([byName.code, byName.stderr]).toEqual([0, '']);
  expect(JSON.parse(byName.stdout)).toEqual(
    JSON.parse((await tag('--model', path.join(store, 'tiny--bi-bert'))).stdout),
  );
  const labels = path.join(folder, 'labels.json');
  fs.writeFileSync(labels, JSON.stringify({ model: id, labels: ['a', 'b'] }));
  const bySet = await tag('--labels', labels);
  expect([bySet.code, bySet.stderr]).toEqual([0, '']);
  const hash = (text: string) => /"hash":\s*"([0-9a-f]{64})"|"modelHash":\s*"([0-9a-f]{64})"/u.exec(text)?.[0];
  expect(hash(bySet.stdout)).toBe(hash(byName.stdout));
  expect(hash(bySet.stdout)).toBeDefined();

  fs.appendFileSync(path.join(store, 'tiny--bi-bert', 'config.json'), ' ');
  const changed = await tag('--model', id);
  expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining('is not as it was installed')]);
  const damaged = await models('verify', id);
  expect([damaged.code, damaged.stdout]).toEqual([1, 'config.json has another size\n']);

  expect(await models('remove', id)).toMatchObject({ code: 0, stdout: 'Removed tiny/bi-bert: 0.6 MB.\n' });
  expect(fs.existsSync(path.join(store, 'tiny--bi-bert'))).toBe(false);
  const gone = await models('remove', id);
  expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('No model “tiny/bi-bert” is installed')]);
});

test('adds a folder under a name', async () => {
  const store = temporaryFolder();
  const added = await runCli(['models', 'add', tiny, '--name', 'own', '--models-dir', store, '--json'], store);
  expect(added.code).toBe(0);
  expect(JSON.parse(added.stdout)).toMatchObject({ name: 'own', source: { type: 'folder', path: tiny } });
});

test.each([
  ['a name of nothing', ['add', 'nothing'], 2, 'is no model of the hub'],
  ['a path to nothing', ['add', './nothing'], 2, 'There is no file or folder ./nothing.'],
  ['an archive that is not there', ['add', 'models/nothing.zip'], 2, 'There is no file or folder models/nothing.zip.'],
  ['a name that leads out', ['add', tiny, '--name', '../out'], 2, 'cannot be the name of a model'],
  ['a host without https', ['add', id, '--host', 'http://example.org'], 2, 'cannot be the host of models'],
])('%s', async (_what, args, code, message) => {
  const store = temporaryFolder();
  const failed = await runCli(['models', ...args, '--models-dir', store], store, { env: noProxies });
  expect([failed.code, failed.stderr]).toEqual([code, expect.stringContaining(message)]);
});

test('two processes that add the same model: one does, and the other says so', async () => {
  const store = temporaryFolder();
  let refused: Promise<unknown> = Promise.resolve();
  const server = await startHub({
    behaviour: ({ file, answer }) => {
      if (file === 'model.onnx') void refused.then(answer);
      else answer();
    },
  });
  const add = () =>
    runCli(['models', 'add', id, '--models-dir', store], store, { env: { ...noProxies, HF_ENDPOINT: server.url } });
  const adding = [add(), add()];
  // The one that downloads gets its file when the other has ended.
  refused = Promise.race(adding);
  const both = await Promise.all(adding);
  expect(both.map(({ code }) => code).sort()).toEqual([0, 2]);
  expect(both.find(({ code }) => code === 2)?.stderr).toMatch(/Process \d+ is installing this model/u);
  expect(server.requestsFor('model.onnx')).toHaveLength(1);
  const again = await add();
  expect([again.code, server.requestsFor('model.onnx').length]).toEqual([0, 1]);
});

test('a killed process is gone on with', async () => {
  const store = temporaryFolder();
  const server = await startHub({
    behaviour: ({ file, number, response, content, answer }) => {
      if (file !== 'model.onnx' || number > 1) answer();
      else
        response
          .writeHead(200, { 'Content-Length': content.length, ETag: '"model.onnx-1"' })
          .write(content.subarray(0, 100_000));
    },
  });
  const env = { ...noProxies, HF_ENDPOINT: server.url };
  const abort = new AbortController();
  const killed = runCli(['models', 'add', id, '--models-dir', store], store, { env, kill: abort.signal });
  const part = path.join(store, '.partial', 'tiny--bi-bert@0123456789ab', 'files', 'model.onnx.part');
  await expect.poll(() => fs.statSync(part, { throwIfNoEntry: false })?.size, { timeout: 60_000 }).toBe(100_000);
  abort.abort();
  expect((await killed).code).not.toBe(0);
  expect((await runCli(['models', 'add', id, '--models-dir', store], store, { env })).code).toBe(0);
  expect(server.requestsFor('model.onnx')[1]?.headers.range).toBe('bytes=100000-');
});

test('http goes through a proxy with its name and password, but where NO_PROXY says otherwise', async () => {
  const [server, proxy] = await Promise.all([startHub(), startProxy()]);
  const add = (env: Record<string, string>) => {
    const store = temporaryFolder();
    const all = { ...noProxies, HF_ENDPOINT: server.url, ...env };
    return runCli(['models', 'add', id, '--models-dir', store], store, { env: all });
  };
  expect((await add({ HTTP_PROXY: proxy.url() })).code).toBe(0);
  expect(proxy.passed).toContain(
    `GET ${server.url}/tiny/bi-bert/resolve/0123456789abcdef0123456789abcdef01234567/model.onnx`,
  );
  const seen = proxy.passed.length;
  expect((await add({ HTTP_PROXY: proxy.url(), NO_PROXY: '127.0.0.1' })).code).toBe(0);
  expect(proxy.passed).toHaveLength(seen);
  const refused = await add({ HTTP_PROXY: proxy.url('ada', 'wrong') });
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('the proxy before it wants a name')]);
  expect(refused.stderr).not.toContain('wrong');
});

test('https goes through a proxy by CONNECT, with a certificate of NODE_EXTRA_CA_CERTS', async () => {
  const [server, proxy] = await Promise.all([startTlsHub(), startProxy()]);
  const add = (env: Record<string, string>) => {
    const store = temporaryFolder();
    const all = { ...noProxies, HF_ENDPOINT: server.url, ...env };
    return runCli(['models', 'add', id, '--models-dir', store], store, { env: all });
  };
  const trusting = { NODE_EXTRA_CA_CERTS: certificate };
  const added = await add({ ...trusting, HTTPS_PROXY: proxy.url() });
  expect([added.code, added.stderr]).toEqual([0, expect.stringContaining('tiny/bi-bert, commit')]);
  expect(new Set(proxy.passed)).toEqual(new Set([`CONNECT ${server.url.replace('https://', '')}`]));
  const refused = await add({ ...trusting, HTTPS_PROXY: proxy.url('ada', 'wrong') });
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('the proxy before it wants a name')]);
  const distrusted = await add({ HTTPS_PROXY: proxy.url() });
  expect([distrusted.code, distrusted.stderr]).toEqual([1, expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
});
