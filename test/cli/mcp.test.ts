// `glitag mcp` with the official client: its tools with the real model, its resources, paths that lead elsewhere, a thousand calls.
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toolNames } from '../../src/agents/toolNames';
import { documentsFolder } from './documentsFolder';
import { cli, Session, taggedFolder } from './mcpSession';
import { repository } from './runCli';

const indexed = ['docs', '--labels', 'labels.json', '--index', 'i.sqlite'];

describe('over an index', () => {
  test('lists its tools as the manifest has them, all read-only', async () => {
    const { client } = await Session.start(indexed, documentsFolder());
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(toolNames);
    const manifest = JSON.parse(fs.readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
      readonly contributes: { readonly languageModelTools: readonly { readonly inputSchema: object }[] };
    };
    for (const [at, { inputSchema, annotations }] of tools.entries()) {
      expect(inputSchema).toMatchObject(manifest.contributes.languageModelTools[at]!.inputSchema);
      expect(annotations?.readOnlyHint).toBe(true);
    }
  });

  test('answers each tool with the real model, and changes nothing', async () => {
    const folder = await taggedFolder();
    const before = fs.readFileSync(path.join(folder, 'i.sqlite'));
    const session = await Session.start(indexed, folder);

    const { labelSet, tags } = await session.call('glitag_classify', { text: 'I love it, thank you so much!' });
    expect(labelSet).toBe('labels');
    expect(tags?.[0]?.label).toBe('mood.happy');
    const document = await session.call('glitag_classify', { path: 'crash.md' });
    expect(document.tags?.map(({ label }) => label)).toEqual(['kind.bug report']);
    const own = await session.call('glitag_classify', { path: 'docs/legal/nda.md', labels: ['cooking', 'agreement'] });
    expect([own.labelSet, own.results[0]?.label]).toEqual([null, 'agreement']);

    const found = await session.call('glitag_find_by_tag', { search: 'contract' });
    expect(found).toMatchObject({ labelSet: 'labels', total: 1 });
    const [contract] = found.results;
    expect(contract?.path).toBe('legal/nda.md');
    expect(contract?.tags?.[0]).toMatchObject({ label: 'kind.contract', line: 1 });
    expect((await session.call('glitag_find_by_tag', { search: 'contract', path: 'crash.md' })).total).toBe(0);

    const [passage] = (await session.call('glitag_find_passages', { query: 'What crashes?', limit: 2 })).results;
    const text = fs.readFileSync(path.join(folder, 'docs', passage?.path ?? ''), 'utf8');
    expect(passage?.path).toBe('crash.md');
    expect(text.slice(passage?.start, passage?.end)).toBe(passage?.text);
    expect(text.split('\n')[(passage?.line ?? 0) - 1]).toContain(passage?.text?.split('\n')[0]);

    const [set] = (await session.call('glitag_label_sets', {})).results;
    expect(set).toMatchObject({ name: 'labels', inUse: true });

    expect(fs.readFileSync(path.join(folder, 'i.sqlite')).equals(before)).toBe(true);
    expect(session.stderr).toBe('');
  });

  test('says which documents are no longer what was tagged, and where nothing is tagged', async () => {
    const folder = await taggedFolder();
    fs.appendFileSync(path.join(folder, 'docs/crash.md'), '\nAnd one more line.\n');
    const session = await Session.start(indexed, folder);
    const [crash] = (await session.call('glitag_find_by_tag', { search: 'bug report' })).results;
    expect(crash).toMatchObject({ path: 'crash.md', stale: true });
    expect(crash?.tags?.[0]).not.toHaveProperty('line');
    fs.rmSync(path.join(folder, 'i.sqlite'));
    await expect(session.call('glitag_find_by_tag', { search: 'bug report' })).rejects.toThrow(/No document is tagged/);
  });

  test('has resources: label sets, what is tagged, the tags of a document', async () => {
    const session = await Session.start(indexed, await taggedFolder());
    const { resources } = await session.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['glitag://label-sets', 'glitag://index']);
    expect((await session.read('glitag://label-sets')).results[0]?.name).toBe('labels');
    expect((await session.read('glitag://index')).results).toEqual([{ labelSet: 'labels', documents: 3 }]);
    const [document] = (await session.read('glitag://tags/legal/nda.md')).results;
    expect(document?.tags?.[0]?.label).toBe('kind.contract');
    // No other document stands for a folder.
    await expect(session.read('glitag://tags/legal')).rejects.toThrow(/is a folder/);
    await expect(session.read('glitag://tags/%2e%2e/labels.json')).rejects.toThrow(/There is no document/);
  });

  test('reads label sets of a settings.json anew for each call, comments and all', async () => {
    const folder = await taggedFolder();
    const settings = path.join(folder, 'settings.json');
    const write = (active: string) => {
      const sets = { labels: { labels: ['a', 'b'] }, mood: { labels: ['happy', 'angry'] } };
      fs.writeFileSync(
        settings,
        `// Mine.\n{"glitag.labelSets": ${JSON.stringify(sets)}, "glitag.activeLabelSet": "${active}",}`,
      );
    };
    write('mood');
    const session = await Session.start(['docs', '--settings', 'settings.json', '--index', 'i.sqlite'], folder);
    const inUse = async () =>
      (await session.call('glitag_classify', { text: 'Thank you, I love it!' })).results.map(({ label }) => label);
    expect(await inUse()).toEqual(['happy', 'angry']);
    write('labels');
    expect((await inUse()).sort()).toEqual(['a', 'b']);
  });
});

describe('what lies elsewhere', () => {
  let folder: string;
  beforeAll(() => {
    expect(fs.existsSync(cli)).toBe(true);
  });

  test('is refused, whatever the path looks like', async () => {
    folder = await taggedFolder();
    fs.writeFileSync(path.join(folder, 'secret.txt'), 'An attacker can read passwords.');
    fs.symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, 'docs/link.txt'));
    fs.symlinkSync(folder, path.join(folder, 'docs/up'));
    const session = await Session.start(indexed, folder);
    const hostile = [
      ...['../secret.txt', 'docs/../../x', 'up/secret.txt', 'link.txt', path.join(folder, 'secret.txt'), '/etc/passwd'],
      ...['//server/share/a', '\\\\server\\share\\a', 'file://server/a', `file://${folder}/secret.txt`, 'crash.md\0'],
      ...['http://localhost/', 'crash.md/../../secret.txt', `file://${folder}/docs/..%2Fsecret.txt`],
    ];
    for (const one of hostile) {
      await expect(session.call('glitag_classify', { path: one }), one).rejects.toThrow(
        /There is no document or folder/,
      );
      await expect(session.call('glitag_find_passages', { query: 'a', path: one }), one).rejects.toThrow(/There is no/);
      await expect(session.call('glitag_find_by_tag', { search: 'a', path: one }), one).rejects.toThrow(/There is no/);
    }
  });

  test('is not found either, though the index knows it', async () => {
    folder = await taggedFolder();
    const session = await Session.start(['docs/legal', '--labels', 'labels.json', '--index', 'i.sqlite'], folder);
    expect((await session.call('glitag_find_by_tag', { search: 'bug report or contract' })).results).toMatchObject([
      { path: 'nda.md' },
    ]);
    const { results } = await session.call('glitag_find_passages', { query: 'What crashes?' });
    expect(new Set(results.map((one) => one.path))).toEqual(new Set(['nda.md']));
  });

  test('leaves a server without folders its texts', async () => {
    const session = await Session.start([], documentsFolder());
    expect(
      (await session.call('glitag_classify', { text: 'Thank you!', labels: ['happy', 'sad'] })).results[0]?.label,
    ).toBe('happy');
    await expect(session.call('glitag_classify', { path: 'docs/crash.md' })).rejects.toThrow(/There are no folders/);
  });
});

describe('calls', () => {
  test('tag the folders before they answer, where the server may', async () => {
    const folder = documentsFolder();
    const session = await Session.start(['docs', '--labels', 'labels.json', '--tag', '--index', 'i.sqlite'], folder);
    const all = await Promise.all(
      ['contract', 'bug report', 'customer review'].map((search) => session.call('glitag_find_by_tag', { search })),
    );
    expect(all.map(({ total }) => total)).toEqual([1, 1, 1]);
    expect(fs.existsSync(path.join(folder, 'i.sqlite'))).toBe(true);
  });

  test('tag for one label set after the other, and again for one that changed under its name', async () => {
    const folder = documentsFolder();
    const write = (...mood: readonly string[]) => {
      const sets = { kind: { labels: ['contract', 'bug report'] }, mood: { labels: mood } };
      fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ 'glitag.labelSets': sets }));
    };
    write('happy', 'angry');
    const session = await Session.start(
      ['docs', '--settings', 'settings.json', '--tag', '--index', 'i.sqlite'],
      folder,
    );
    const found = (labelSet: string, search: string) => session.call('glitag_find_by_tag', { search, labelSet });
    const both = await Promise.all([found('kind', 'contract'), found('mood', '@path:.'), found('kind', 'bug report')]);
    expect(both.map(({ total }) => total)).toEqual([1, 3, 1]);
    write('happy', 'bored');
    expect((await found('mood', '@path:.')).total).toBe(3);
  });

  test('are refused in a sentence where they are wrong, and cancelled by the protocol', async () => {
    const session = await Session.start(indexed, await taggedFolder());
    await expect(session.call('glitag_classify', {})).rejects.toThrow('Give either “text” or “path”.');
    await expect(session.call('glitag_find_by_tag', { search: 'a', limit: 1e9 })).rejects.toThrow(/^“limit” is wrong/);
    for (const length of [100_001, 5_000_000])
      await expect(session.call('glitag_classify', { text: 'a'.repeat(length) })).rejects.toThrow(/^“text” is wrong/);
    const abort = new AbortController();
    const text = 'The invoice shows a charge twice. '.repeat(2900);
    const long = session.client.callTool({ name: 'glitag_classify', arguments: { text } }, { signal: abort.signal });
    setTimeout(() => {
      abort.abort();
    }, 100);
    await expect(long).rejects.toThrow();
    // It has not kept the next one waiting.
    const began = performance.now();
    await session.call('glitag_classify', { text: 'Thank you!' });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('end with stdin, and leave no process behind', async () => {
    const session = await Session.start(indexed, await taggedFolder());
    await session.call('glitag_classify', { text: 'Thank you!' });
    const { pid } = session;
    const children = childrenOf(pid);
    expect(children.length).toBeGreaterThan(0);
    await session.client.close();
    await expect.poll(() => [pid, ...children].filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });

  test('do not make it grow: a thousand of them, eight at a time', { timeout: 300_000 }, async () => {
    const hook = path.join(import.meta.dirname, 'fixtures/tellHeap.cjs');
    const session = await Session.start(indexed, await taggedFolder(), ['--expose-gc', '--require', hook]);
    const find = ['glitag_find_by_tag', { search: 'contract or bug report' }] as const;
    // The slow one comes less often.
    const kinds: readonly (readonly [string, Record<string, unknown>])[] = [
      ['glitag_classify', { text: 'The parcel came late and the box was torn.' }],
      ['glitag_find_passages', { query: 'What crashes?', limit: 3 }],
      ['glitag_classify', { path: 'crash.md' }],
      ['glitag_label_sets', {}],
      ...[find, find, find, find, find, find],
    ];
    const answers = new Map<string, string>();
    const some = async (count: number) => {
      for (let done = 0; done < count; done += 8)
        await Promise.all(
          Array.from({ length: Math.min(8, count - done) }, async (_, at) => {
            const [name, input] = kinds[(done + at) % kinds.length]!;
            const answer = JSON.stringify(await session.call(name, input));
            const key = JSON.stringify([name, input]);
            // The same question, the same answer.
            expect(answer).toBe(answers.get(key) ?? answer);
            answers.set(key, answer);
          }),
        );
    };
    const measured = async () => ({ heap: await session.heap(), resident: residentMegabytes(session.pid) });
    await some(200);
    const before = await measured();
    await some(1000);
    const after = await measured();
    console.log('memory of the server in MB, after 200 calls and after 1000 more:', before, after);
    // What is on the heap is kept; what is resident, the allocator may only not have given back.
    expect(after.heap - before.heap).toBeLessThan(2);
    expect(after.resident - before.resident).toBeLessThan(50);
    expect(openFiles(session.pid)).toBeLessThan(60);
  });
});

function childrenOf(pid: number): number[] {
  return fs
    .readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((one) => one !== '')
    .map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function openFiles(pid: number): number {
  return fs.readdirSync(`/proc/${pid}/fd`).length;
}
