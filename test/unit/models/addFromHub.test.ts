// Downloads from a hub that is as it should be, one that is cut off, and one that is wrong.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFromHub, planFromHub } from '../../../src/models/hub/addFromHub';
import type { InstallProgress } from '../../../src/models/installOptions';
import { commit, sendPart } from '../../support/hubServer';
import type { HubBehaviour, HubServer } from '../../support/hubServer';
import { connect, contentsOf, emptyStore, id, install, never, startHub, tinyFiles } from './modelHelpers';

const graph = 'model.onnx';
const whole = tinyFiles[graph]!;

/** The first requests for the graph are treated so. */
const first =
  (count: number, behaviour: HubBehaviour): HubBehaviour =>
  (exchange) => {
    if (exchange.file === graph && exchange.number <= count) behaviour(exchange);
    else exchange.answer();
  };

/** Sends the head of the whole and so many bytes of what is asked for, and no more. */
const stopAfter =
  (bytes: number): HubBehaviour =>
  ({ request, response, content }) => {
    const [, from = '0'] = /^bytes=(\d+)-$/u.exec(request.headers.range ?? '') ?? [];
    const start = Number(from);
    response.writeHead(start === 0 ? 200 : 206, {
      ETag: '"model.onnx-1"',
      'Content-Length': content.length - start,
      ...(start === 0 ? {} : { 'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    response.write(content.subarray(start, start + bytes));
  };

/** Cuts the connections when a stop was reached, once all bytes before it are on the disk. */
const cutting = (server: HubServer, ...stops: readonly number[]) => ({
  onProgress: ({ file, doneBytes }: InstallProgress) => {
    if (file === graph && stops.includes(doneBytes)) server.cut();
  },
});

describe('installed', () => {
  test('whole, with its commit, sizes and hashes', async () => {
    const server = await startHub();
    const store = emptyStore();
    const progress: number[] = [];
    const model = await install(store, connect(server.url), {
      reference: `${id}@v1`,
      onProgress: ({ doneBytes }) => progress.push(doneBytes),
    });
    expect(model).toMatchObject({
      name: id,
      license: 'apache-2.0',
      source: { type: 'hub', id, revision: 'v1', commit, host: server.url },
    });
    expect(Object.fromEntries(model.files.map((file) => [file.path, file.sha256]))).toEqual(
      Object.fromEntries(
        Object.entries(tinyFiles).map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')]),
      ),
    );
    expect(progress.at(-1)).toBe(model.bytes);
    expect(contentsOf(store.folder)).toEqual(
      [...Object.keys(tinyFiles), 'glitag-install.json'].map((name) => `tiny--bi-bert/${name}`).sort(),
    );
    expect(store.folderOf(id)).toBe(path.join(store.folder, 'tiny--bi-bert'));
    expect(await store.verify(id, { signal: never })).toEqual([]);
    expect(server.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test('once: asked again, nothing is downloaded', async () => {
    const server = await startHub();
    const store = emptyStore();
    const before = await install(store, connect(server.url));
    const requests = server.seen.length;
    expect(await install(store, connect(server.url))).toEqual(before);
    expect(server.seen.length).toBe(requests + 1);
  });

  test('with the graph that was asked for, and no other', async () => {
    const { 'model.onnx': content = whole, ...rest } = tinyFiles;
    const files = { ...rest, 'onnx/model.onnx': content, 'onnx/model-int8.onnx': content };
    const store = emptyStore();
    const model = await install(store, connect((await startHub({ files })).url), { graph: 'onnx/model-int8.onnx' });
    expect(model.files.map((file) => file.path).filter((name) => name.endsWith('.onnx'))).toEqual(['onnx/model-int8.onnx']);
  });
});

describe('cut off', () => {
  test('goes on where it was, by the range that is missing', async () => {
    const server = await startHub({ behaviour: first(2, stopAfter(100_000)) });
    const model = await install(emptyStore(), connect(server.url), cutting(server, 100_000, 200_000));
    const ranges = server.requestsFor(graph).map(({ headers }) => [headers.range, headers['if-range']]);
    expect(ranges).toEqual([
      [undefined, undefined],
      ['bytes=100000-', '"model.onnx-1"'],
      ['bytes=200000-', '"model.onnx-1"'],
    ]);
    expect(model.bytes).toBe(Object.values(tinyFiles).reduce((sum, { length }) => sum + length, 0));
  });

  test('goes on in a later try', async () => {
    const server = await startHub({ behaviour: first(1, stopAfter(100_000)) });
    const store = emptyStore();
    const hub = connect(server.url);
    const failing = install(store, hub, { retryDelaysMs: [], ...cutting(server, 100_000) });
    await expect(failing).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(store.list()).toEqual([]);
    expect(store.diskBytes().partial).toBeGreaterThanOrEqual(100_000);
    await install(store, hub);
    expect(server.requestsFor(graph).at(-1)?.headers.range).toBe('bytes=100000-');
    expect(store.diskBytes().partial).toBe(0);
  });

  test('does not fetch again in a later try what was whole', async () => {
    const behaviour: HubBehaviour = ({ file, number, request, answer }) => {
      if (file === 'tokenizer.json' && number === 1) request.socket.destroy();
      else answer();
    };
    const server = await startHub({ behaviour });
    const store = emptyStore();
    const hub = connect(server.url);
    await expect(install(store, hub, { retryDelaysMs: [] })).rejects.toMatchObject({ code: 'server-unreachable' });
    await install(store, hub);
    expect(server.requestsFor(graph)).toHaveLength(1);
    expect(await store.verify(id, { signal: never })).toEqual([]);
  });

  test('begins again where the file is another now', async () => {
    const behaviour: HubBehaviour = (exchange) => {
      if (exchange.file !== graph) exchange.answer();
      else if (exchange.number === 1) stopAfter(100_000)(exchange);
      else sendPart(exchange.request, exchange.response, exchange.content, '"model.onnx-2"');
    };
    const server = await startHub({ behaviour });
    const store = emptyStore();
    await install(store, connect(server.url), cutting(server, 100_000));
    expect(await store.verify(id, { signal: never })).toEqual([]);
    expect(server.requestsFor(graph)).toHaveLength(2);
  });

  test('fetches once more what was put together of damaged bytes', async () => {
    const behaviour: HubBehaviour = (exchange) => {
      if (exchange.file === graph && exchange.number === 1)
        stopAfter(100_000)({ ...exchange, content: Buffer.alloc(exchange.content.length, 7) });
      else exchange.answer();
    };
    const store = emptyStore();
    const server = await startHub({ behaviour });
    await install(store, connect(server.url), cutting(server, 100_000));
    expect(await store.verify(id, { signal: never })).toEqual([]);
    expect(server.requestsFor(graph).map(({ headers }) => headers.range)).toEqual([
      undefined,
      'bytes=100000-',
      undefined,
    ]);
  });

  test('gives up where nothing comes any more', async () => {
    const server = await startHub({ behaviour: first(99, ({ request }) => request.socket.destroy()) });
    await expect(install(emptyStore(), connect(server.url))).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(server.requestsFor(graph)).toHaveLength(3);
  });
});

describe('refused', () => {
  test.each<[string, HubBehaviour, string]>([
    [
      'wrong bytes',
      ({ request, response, content }) => {
        sendPart(request, response, Buffer.alloc(content.length, 1), '"x"');
      },
      'its content is not what the hub lists',
    ],
    [
      'fewer bytes than listed',
      ({ request, response, content }) => {
        sendPart(request, response, content.subarray(0, 1000), '"x"');
      },
      'it has 1000 bytes, not the 503315 that the hub lists',
    ],
    [
      'fewer bytes, without saying how many',
      ({ response, content }) => {
        response.writeHead(200).end(content.subarray(0, 1000));
      },
      'it ends after 1000 of the 503315 bytes',
    ],
    [
      'more bytes than listed, without end',
      ({ response, content }) => {
        response.writeHead(200);
        const more = () => {
          if (!response.destroyed) response.write(content, more);
        };
        more();
      },
      'it is larger than the 503315 bytes',
    ],
  ])('%s', async (_what, behaviour, message) => {
    const server = await startHub({ behaviour: first(99, behaviour) });
    const store = emptyStore();
    const failure = install(store, connect(server.url));
    await expect(failure).rejects.toMatchObject({ code: 'download-damaged' });
    await expect(failure).rejects.toThrow(message);
    expect(store.list()).toEqual([]);
    expect(contentsOf(store.folder).filter((name) => name.includes(`${graph}.part`))).toEqual(
      message.includes('ends after') ? [expect.stringContaining('.part') as string] : [],
    );
  });

  test('a small file whose Git hash is another', async () => {
    const behaviour: HubBehaviour = (exchange) => {
      if (exchange.file === 'config.json')
        exchange.response.writeHead(200).end(Buffer.from(exchange.content).fill(32, 0, 1));
      else exchange.answer();
    };
    await expect(install(emptyStore(), connect((await startHub({ behaviour })).url))).rejects.toThrow(/^config\.json of/u);
  });

  test('a part that is another than was asked for', async () => {
    const behaviour: HubBehaviour = (exchange) => {
      if (exchange.file !== graph) exchange.answer();
      else if (exchange.number === 1) stopAfter(100_000)(exchange);
      else
        exchange.response
          .writeHead(206, { 'Content-Range': `bytes 5-${whole.length - 1}/${whole.length}` })
          .end(whole.subarray(5));
    };
    const server = await startHub({ behaviour });
    await expect(install(emptyStore(), connect(server.url), cutting(server, 100_000))).rejects.toMatchObject({
      code: 'server-protocol',
    });
  });

  test('a model without ONNX: the way to one is told, and nothing is downloaded', async () => {
    const files = { 'config.json': Buffer.from('{}'), 'model.safetensors': Buffer.from('x') };
    const server = await startHub({ files });
    await expect(planFromHub(connect(server.url), id, { signal: never })).rejects.toThrow(
      /has PyTorch weights, but no ONNX file.*python -m glitag_train export/u,
    );
    expect(server.seen).toHaveLength(1);
  });

  test('what is no GLiClass model, of which nothing is left', async () => {
    const files = { ...tinyFiles, 'config.json': Buffer.from('{"model_type": "bert"}') };
    const store = emptyStore();
    await expect(install(store, connect((await startHub({ files })).url))).rejects.toThrow(
      /“tiny\/bi-bert” was not installed, since GLiTag cannot run it: /u,
    );
    expect(contentsOf(store.folder)).toEqual([]);
  });

  test('a name that is another model’s', async () => {
    const server = await startHub();
    const store = emptyStore();
    const model = await install(store, connect(server.url));
    fs.writeFileSync(
      path.join(model.folder, 'glitag-install.json'),
      fs.readFileSync(path.join(model.folder, 'glitag-install.json'), 'utf8').replace(commit, commit.replace('0', 'f')),
    );
    await expect(install(store, connect(server.url))).rejects.toThrow('is installed already');
  });

  test.each([
    ['no such model', 'tiny/other', 'model-missing'],
    ['no such revision', `${id}@nowhere`, 'model-missing'],
    ['a path', '../../etc/passwd', 'input-invalid'],
    ['an address', 'https://example.org/a/b', 'input-invalid'],
  ])('%s', async (_what, reference, code) => {
    const server = await startHub();
    await expect(planFromHub(connect(server.url), reference, { signal: never })).rejects.toMatchObject({ code });
  });

  test('a list with a path that leads out is not followed', async () => {
    const server = await startHub({
      list: (siblings) => [...siblings, { ...siblings[0], rfilename: '../../evil.onnx' }, { ...siblings[0], rfilename: 'onnx/..\\x.onnx' }],
    });
    const plan = await planFromHub(connect(server.url), id, { signal: never });
    expect(plan.files.map((file) => file.path).sort()).toEqual(Object.keys(tinyFiles).sort());
  });

  test('what is no list', async () => {
    const server = await startHub({ list: () => 'none' });
    await expect(planFromHub(connect(server.url), id, { signal: never })).rejects.toMatchObject({
      code: 'server-protocol',
    });
  });
});

describe('the disk', () => {
  test('has too little room: nothing is downloaded', async () => {
    const server = await startHub();
    await expect(install(emptyStore(), connect(server.url), { freeBytes: () => 1_000_000 * 0.5 })).rejects.toThrow(
      /has 0\.5 MB free, and the model needs 0\.6 MB more/u,
    );
    expect(server.requestsFor(graph)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('fills up while it is written', async () => {
    const store = emptyStore();
    const files = path.join(store.folder, '.partial', `tiny--bi-bert@${commit.slice(0, 12)}`, 'files');
    fs.mkdirSync(files, { recursive: true });
    // Whatever is written there, the kernel says that the disk is full.
    fs.symlinkSync('/dev/full', path.join(files, `${graph}.part`));
    await expect(install(store, connect((await startHub()).url))).rejects.toMatchObject({ code: 'disk-full' });
    expect(store.list()).toEqual([]);
  });
});

test('cancelled in the middle: nothing is installed, and what came is kept', async () => {
  const server = await startHub({
    behaviour: first(1, ({ response, content }) => {
      response.writeHead(200, { 'Content-Length': content.length }).write(content.subarray(0, 100_000));
    }),
  });
  const store = emptyStore();
  const abort = new AbortController();
  const hub = connect(server.url);
  const plan = await planFromHub(hub, id, { signal: never });
  const adding = addFromHub(store, hub, plan, {
    signal: abort.signal,
    onProgress: ({ doneBytes }) => {
      if (doneBytes >= 100_000) abort.abort();
    },
  });
  await expect(adding).rejects.toMatchObject({ code: 'cancelled' });
  expect(store.list()).toEqual([]);
  expect(store.diskBytes().partial).toBe(100_000);
  await install(store, hub);
  expect(server.requestsFor(graph).at(-1)?.headers.range).toBe('bytes=100000-');
});

test('silence ends a download', async () => {
  const server = await startHub({ behaviour: first(99, () => undefined) });
  const hub = connect(server.url, { silenceMs: 100 });
  await expect(install(emptyStore(), hub, { retryDelaysMs: [] })).rejects.toThrow('nothing came for 0.1 seconds');
});

describe('redirects', () => {
  test('lead to another host, where the token does not go', async () => {
    const cdn = await startHub();
    const server = await startHub({ cdn: () => cdn.url });
    await install(emptyStore(), connect(server.url, { token: 'hf_secret' }));
    expect(cdn.requestsFor(graph)[0]?.headers.authorization).toBeUndefined();
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(server.seen.map(() => 'Bearer hf_secret'));
    expect(cdn.requestsFor('config.json')).toEqual([]);
  });

  test('to a host without https are not followed', async () => {
    const server = await startHub({ cdn: () => 'http://example.org' });
    await expect(install(emptyStore(), connect(server.url))).rejects.toThrow(
      'it redirects to http://example.org, which is not https and is not followed',
    );
  });

  test('in a circle end', async () => {
    const server: HubServer = await startHub({ cdn: () => server.url });
    await expect(install(emptyStore(), connect(server.url))).rejects.toThrow('it redirects in a circle');
  });
});

test.each(['http://example.org', 'ftp://example.org', 'https://name:password@example.org', 'nowhere'])(
  '%s cannot be a host',
  (host) => {
    expect(() => connect(host)).toThrow(/cannot be the host of models/u);
  },
);
