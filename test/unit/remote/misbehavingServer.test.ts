// A server that is slow, busy, broken or false: what is tried again, what is one text's failure, and what ends the call.
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { predictions, send } from '../../support/gliclassServer';
import { startGliclass } from '../../support/startGliclass';
import type { Behaviour } from '../../support/gliclassServer';
import { clientOf, documents, task } from './remoteHelpers';

const pem = (name: string) => fs.readFileSync(path.join(import.meta.dirname, 'fixtures', name));

/** The first requests get this, all later ones an answer. */
const first =
  (count: number, behaviour: Behaviour): Behaviour =>
  (exchange) => {
    if (exchange.number <= count) behaviour(exchange);
    else exchange.answer();
  };

describe('tried again', () => {
  test.each<[string, Behaviour]>([
    [
      '500',
      ({ response }) => {
        send(response, 500, 'Internal Server Error');
      },
    ],
    [
      '503',
      ({ response }) => {
        send(response, 503, 'Service Unavailable');
      },
    ],
    [
      '503 of a proxy that packs its page',
      ({ response }) => {
        response.writeHead(503, { 'Content-Encoding': 'gzip' }).end(gzipSync('Service Unavailable'));
      },
    ],
    [
      '504',
      ({ response }) => {
        response.writeHead(504).end();
      },
    ],
    [
      '429 with Retry-After',
      ({ response }) => {
        send(response, 429, '', { 'Retry-After': '0' });
      },
    ],
    [
      'a closed connection',
      ({ request }) => {
        request.socket.destroy();
      },
    ],
    [
      'an answer that breaks off',
      ({ response, asked }) => {
        response
          .writeHead(200, { 'Content-Length': 1000 })
          .write(JSON.stringify(predictions(asked)).slice(0, 20), () => {
            response.destroy();
          });
      },
    ],
    [
      'half an answer',
      ({ response, asked }) => {
        response.writeHead(200).end(JSON.stringify(predictions(asked)).slice(0, 20));
      },
    ],
  ])('%s', async (_what, behaviour) => {
    const server = await startGliclass(first(3, behaviour));
    const outcomes = await clientOf(server.url).classify(documents(10), task);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(server.asked.length).toBe(13);
  });

  test('not before the time that Retry-After names, and nothing else meanwhile', async () => {
    const times: number[] = [];
    const server = await startGliclass((exchange) => {
      times.push(performance.now());
      if (exchange.number === 1) send(exchange.response, 429, '', { 'Retry-After': '1' });
      else exchange.answer();
    });
    const client = clientOf(server.url);
    const one = client.classify(documents(1), task);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await Promise.all([one, client.classify(documents(1), task)]);
    expect(times).toHaveLength(3);
    expect(Math.min(...times.slice(1)) - times[0]!).toBeGreaterThan(950);
  });

  test('an answer that does not come in time', async () => {
    const server = await startGliclass(first(1, () => undefined));
    const outcomes = await clientOf(server.url, {}, { deadlineMs: 300 }).classify(documents(2), task);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(server.asked.length).toBe(3);
  });
});

describe('one text alone', () => {
  test.each<[string, string, number, Behaviour]>([
    [
      'fails in all attempts',
      'inference-failed',
      5,
      ({ response }) => {
        send(response, 500, '');
      },
    ],
    [
      'is refused',
      'inference-failed',
      1,
      ({ response }) => {
        send(response, 400, { error: 'too many labels' });
      },
    ],
    ['is never answered', 'deadline-exceeded', 5, () => undefined],
  ])('%s', async (_what, code, attempts, behaviour) => {
    const server = await startGliclass((exchange) => {
      if (exchange.asked.text === 'document 1') behaviour(exchange);
      else exchange.answer();
    });
    const outcomes = await clientOf(server.url, {}, { deadlineMs: 300 }).classify(documents(4), task);
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.code))).toEqual(['ok', code, 'ok', 'ok']);
    expect(server.asked.filter(({ text }) => text === 'document 1')).toHaveLength(attempts);
  });

  test('a reason that quotes the text is not repeated', async () => {
    const server = await startGliclass(({ response, asked }) => {
      send(response, 400, { error: `cannot read “${asked.text}”` });
    });
    const text = 'Dear Anna, the parcel that you sent me on Monday is broken.';
    const [outcome] = await clientOf(server.url).classify([{ id: 'a', text }], task);
    expect(outcome).toMatchObject({ ok: false, code: 'inference-failed' });
    expect(JSON.stringify(outcome)).not.toContain('parcel');
  });
});

describe('ends the call', () => {
  const label = (name: string, score: unknown) => ({ label: name, score });
  const answers =
    (body: unknown): Behaviour =>
    ({ response }) => {
      send(response, 200, body);
    };
  test.each<[string, string, RegExp, Behaviour]>([
    ['another label', 'server-protocol', /not asked for/u, answers([label('praise', 0.1), label('rage', 0.2)])],
    ['a label twice', 'server-protocol', /twice/u, answers([label('praise', 0.1), label('praise', 0.2)])],
    ['a label too few', 'server-protocol', /1 of 2 labels/u, answers([label('praise', 0.1)])],
    ['a score above 1', 'server-protocol', /1\.score/u, answers([label('praise', 0.1), label('bug report', 1.5)])],
    [
      'a score that is text',
      'server-protocol',
      /0\.score/u,
      answers([label('praise', '0.1'), label('bug report', 0.5)]),
    ],
    ['no list', 'server-protocol', /does not fit/u, answers({ result: [] })],
    [
      'an answer that is packed',
      'server-protocol',
      /packs its answer \(gzip\)/u,
      ({ response, asked }) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(JSON.stringify(predictions(asked))));
      },
    ],
    [
      'an endless answer',
      'server-protocol',
      /more than/u,
      ({ response }) => {
        const more = () => {
          while (response.write('['.repeat(10_000)));
        };
        response.on('drain', more);
        more();
      },
    ],
    [
      'no token',
      'server-token',
      /wants a token.*\(401\)/u,
      ({ response }) => {
        send(response, 401, { error: 'very-secret is no token of mine' });
      },
    ],
    [
      'an unknown adapter',
      'server-refused',
      /Unknown LoRA adapter id: x/u,
      ({ response }) => {
        send(response, 404, { error: "'Unknown LoRA adapter id: x'" });
      },
    ],
    [
      'a redirect to another host',
      'server-refused',
      /another host, example\.org/u,
      ({ response }) => {
        response.writeHead(307, { Location: 'http://example.org/gliclass' }).end();
      },
    ],
    [
      'a redirect in a circle',
      'server-refused',
      /circle/u,
      ({ response, request }) => {
        response.writeHead(308, { Location: request.url }).end();
      },
    ],
  ])('%s', async (_what, code, message, behaviour) => {
    const server = await startGliclass(behaviour);
    const call = clientOf(server.url, { token: 'very-secret' }).classify(documents(1), task);
    const error = await call.then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error).toMatchObject({ code });
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('secret');
    expect(server.asked.length).toBeLessThanOrEqual(4);
  });

  test('a server that is not there, after a while', async () => {
    const server = await startGliclass();
    await server.stop();
    const client = clientOf(`http://127.0.0.1:1/gliclass`);
    await expect(client.classify(documents(3), task)).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('the connection was refused') as string,
    });
  });

  test('a server that wants to be left alone for years, which is asked once more', async () => {
    const server = await startGliclass(({ response }) => {
      send(response, 503, '', { 'Retry-After': '99999999' });
    });
    const call = clientOf(server.url, {}, { busyMs: 50 }).classify(documents(1), task);
    await expect(call).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('503') as string,
    });
    expect(server.asked.length).toBeGreaterThan(1);
  });

  test('a server that fails for all texts', async () => {
    const server = await startGliclass(({ response }) => {
      send(response, 500, '');
    });
    await expect(clientOf(server.url).classify(documents(50), task)).rejects.toMatchObject({ code: 'server-failed' });
  });

  test('a certificate that nobody vouches for, and https where there is none', async () => {
    const secure = await startGliclass(undefined, { key: pem('selfSigned.key'), cert: pem('selfSigned.crt') });
    const untrusted = clientOf(secure.url).classify(documents(1), task);
    await expect(untrusted).rejects.toMatchObject({
      code: 'server-refused',
      message: expect.stringMatching(/signed by itself.*NODE_EXTRA_CA_CERTS/u) as string,
    });
    const plain = await startGliclass();
    const wrong = clientOf(plain.url.replace('http:', 'https:')).classify(documents(1), task);
    await expect(wrong).rejects.toMatchObject({ message: expect.stringContaining('does not speak https') as string });
  });
});

test('a server whose application is deployed again is waited for, one that never had it is not', async () => {
  const notFound: Behaviour = ({ response }) => {
    response.writeHead(404).end("Path '/gliclass' not found.");
  };
  const server = await startGliclass();
  const client = clientOf(server.url);
  await client.classify(documents(1), task);
  server.behaviour = (exchange) => {
    if (exchange.number < 5) notFound(exchange);
    else exchange.answer();
  };
  expect((await client.classify(documents(1), task))[0]?.ok).toBe(true);
  const other = await startGliclass(notFound);
  await expect(clientOf(other.url).classify(documents(1), task)).rejects.toMatchObject({ code: 'server-refused' });
  expect(other.asked).toHaveLength(1);
});

test('a redirect on the same host is followed with text and token', async () => {
  const server = await startGliclass(({ request, response, answer }) => {
    if (request.url === '/gliclass/') answer();
    else response.writeHead(307, { Location: '/gliclass/' }).end();
  });
  const [outcome] = await clientOf(server.url, { token: 'a' }).classify(documents(1), task);
  expect(outcome?.ok).toBe(true);
  expect(server.headers[1]).toMatchObject({ authorization: 'Bearer a' });
});

test('as many requests at once as the server bears', async () => {
  let atOnce = 0;
  const server = await startGliclass(({ response, answer }) => {
    if (atOnce >= 6) {
      send(response, 503, '');
      return;
    }
    atOnce++;
    setTimeout(() => {
      atOnce--;
      answer();
    }, 5);
  });
  const outcomes = await clientOf(server.url, {}, { busyMs: 20_000 }).classify(documents(300), task);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  // It looks again and again whether more is borne, but most requests are answered at once.
  expect(server.asked.length).toBeLessThan(450);
  expect(server.mostAtOnce).toBeGreaterThan(4);
});

test('goes through the proxy of the environment', async () => {
  const targets: (string | undefined)[] = [];
  const proxy = http.createServer((request, response) => {
    targets.push(request.url);
    send(response, 200, predictions({ text: 'document 0', labels: task.labels }));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const proxyEnvironment = { HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  const [outcome] = await clientOf('http://gliclass.invalid', { proxyEnvironment }).classify(documents(1), task);
  expect(outcome?.ok).toBe(true);
  expect(targets).toEqual(['http://gliclass.invalid/gliclass']);
  const server = await startGliclass();
  const past = clientOf(server.url, { proxyEnvironment: { ...proxyEnvironment, NO_PROXY: '127.0.0.1' } });
  expect((await past.classify(documents(1), task))[0]?.ok).toBe(true);
  expect(targets).toHaveLength(1);
});

test('a call after one that was given up waits anew: what failed then says nothing of now', async () => {
  const busy: Behaviour = ({ response }) => {
    send(response, 503, '');
  };
  const server = await startGliclass(busy);
  const client = clientOf(server.url, {}, { busyMs: 1000 });
  await expect(client.classify(documents(1), task)).rejects.toMatchObject({ code: 'server-unreachable' });
  const before = server.asked.length;
  server.behaviour = (exchange) => {
    if (exchange.number <= before + 2) busy(exchange);
    else exchange.answer();
  };
  expect((await client.classify(documents(1), task))[0]?.ok).toBe(true);
});
