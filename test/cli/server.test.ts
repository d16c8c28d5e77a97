// `glitag tag --server`: the token of the environment, and a run that goes on where the server failed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { send } from '../support/gliclassServer';
import { startGliclass } from '../support/startGliclass';
import { labels, repository, runCli } from './runCli';

test('a run that the server failed goes on with the same command, and asks about no text again that has scores', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-server-'));
  process.env['GLITAG_TOKEN'] = 'very-secret';
  onTestFinished(() => {
    delete process.env['GLITAG_TOKEN'];
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const work = path.join(folder, 'work');
  fs.mkdirSync(work);
  for (let n = 0; n < 60; n++) fs.writeFileSync(path.join(work, `${n}.md`), `document ${n}`);

  const answered: string[] = [];
  let works = 20;
  const server = await startGliclass(({ response, asked, answer }) => {
    if (answered.length >= works) {
      send(response, 500, 'Internal Server Error');
      return;
    }
    answered.push(asked.text);
    answer();
  });
  const args = ['tag', work, '--labels', labels, '--server', server.url, '--index', path.join(folder, 'i.sqlite')];
  const failed = await runCli([...args, '--format', 'json'], folder);
  expect(failed.code).toBe(3);
  expect(failed.stderr).toMatch(
    /it failed \(500\)\. Its own log says why\. The results so far are in .*i\.sqlite: give the same command again/u,
  );
  expect(failed.stderr).not.toContain('secret');
  expect(server.headers[0]).toMatchObject({ authorization: 'Bearer very-secret' });

  works = Infinity;
  const again = await runCli([...args, '--format', 'json'], folder);
  expect([again.code, again.stderr, again.spawns]).toEqual([0, '', 0]);
  const { documents, stats } = JSON.parse(again.stdout) as { documents: unknown[]; stats: { reused: number } };
  expect(documents).toHaveLength(60);
  // What was answered in the batch that failed as a whole is asked again, nothing else.
  expect(stats.reused).toBeGreaterThanOrEqual(8);
  expect(answered.length).toBe(80 - stats.reused);
});

test('says once what it waits for while the server is away, and goes on', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-server-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  fs.writeFileSync(path.join(folder, 'a.md'), 'A poem.');
  // Five waits, each twice as long as the one before, are more than three seconds.
  const server = await startGliclass(({ request, number, answer }) => {
    if (number <= 6) request.socket.destroy();
    else answer();
  });
  const told = await runCli(['tag', 'a.md', '--labels', labels, '--server', server.url, '--format', 'json'], folder);
  expect([told.code, told.stderr]).toEqual([
    0,
    `glitag: The server at ${server.url}: it closed the connection. Trying again.\n`,
  ]);
});

test('says that --adapter needs a server, and what is wrong with an address', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-server-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  // Also where models are installed, of which label sets may name one.
  for (const models of [folder, path.join(folder, 'none')]) {
    const alone = await runCli(['tag', '.', '--adapter', 'legal', '--models-dir', models], folder);
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('go with --server') as string]);
  }
  const wrong = await runCli(['tag', '.', '--server', 'gpu:8000'], folder);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('http://localhost:8000/gliclass') as string]);
});

test('asks the server that the models file gives a label set, whose tokenizer lies beside that file', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-server-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const server = await startGliclass();
  const tokenizer = path.relative(folder, path.join(repository, 'test/golden/models/uni-bert-first-simple'));
  const models = { far: { server: server.url, adapter: 'legal', tokenizer } };
  fs.writeFileSync(path.join(folder, 'models.json'), JSON.stringify(models));
  fs.writeFileSync(path.join(folder, 'sets.json'), JSON.stringify({ labels: ['verse', 'prose'], model: 'far' }));
  fs.writeFileSync(path.join(folder, 'a.md'), 'A poem.');
  const args = ['tag', 'a.md', '--labels', 'sets.json', '--models', 'models.json', '--format', 'json'];
  const { code, stderr, spawns } = await runCli(args, folder);
  expect([code, stderr, spawns]).toEqual([0, '', 0]);
  expect(server.asked).toMatchObject([{ text: 'A poem.', labels: ['verse', 'prose'], adapter_id: 'legal' }]);
});
