// `glitag tag` in a pipeline, with the real model and real repositories: what changed, findings as SARIF, exit codes.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitAll, git, gitEnv, repositoryOf } from '../support/gitFolder';
import { documents, repository, runCli } from './runCli';

const crash = 'The app crashes when I press Save. I lost all my work.\n';
const praise = fs.readFileSync(path.join(documents, 'praise.txt'), 'utf8');
const contract = 'This agreement is made between the parties. The supplier shall deliver the goods within 30 days.\n';
const set = {
  labels: {
    kind: [{ name: 'bug report', finding: 'error' }, { name: 'customer review', finding: 'note' }, 'contract'],
  },
  exclusive: 'kind',
};

/** `labels.json` lies in it, ignored. */
async function folderOf(files: Readonly<Record<string, string>>) {
  const folder = await repositoryOf({
    ...files,
    '.gitignore': 'labels.json\n*.sqlite*\n*.jsonl\n',
    'labels.json': JSON.stringify(set),
  });
  return folder;
}

const tag = (cwd: string, ...args: string[]) =>
  runCli(['tag', '--labels', 'labels.json', ...args], cwd, { env: gitEnv });

interface Documents {
  readonly documents: readonly { readonly path: string }[];
  readonly stats: Readonly<Record<string, number>>;
}

async function tagged(cwd: string, ...args: string[]) {
  const { code, stdout, stderr } = await tag(cwd, '--format', 'json', ...args);
  expect([code, stderr]).toEqual([0, '']);
  const answer = JSON.parse(stdout) as Documents;
  return { paths: answer.documents.map((document) => document.path), stats: answer.stats };
}

describe('--changed-since', () => {
  test('tags what changed, keeps the rest of the index, and forgets what is gone', async () => {
    const folder = await folderOf({ 'a.md': crash, 'b.md': praise, 'gone.md': contract });
    const index = ['--index', 'tags.sqlite'];
    await tagged(folder.path, ...index, '.');
    await folder.write('sp ace/ü\n.md', contract);
    await folder.write('b.md', `${praise}${praise}`);
    fs.rmSync(folder.at('gone.md'));
    const { paths, stats } = await tagged(folder.path, ...index, '--changed-since', 'HEAD', '.');
    expect(paths).toEqual(['b.md', path.join('sp ace', 'ü\n.md')]);
    // Of the new file the text is known: it was that of the one that is gone.
    expect(stats).toEqual({ classified: 1, reused: 1, relabelled: 0, skipped: 0 });
    const all = await tagged(folder.path, ...index, '.');
    expect(all.paths).toEqual(['.gitignore', 'a.md', 'b.md', path.join('sp ace', 'ü\n.md')]);
    expect(all.stats['classified']).toBe(0);
    // The rest of the options choose among them.
    const shards = await Promise.all(
      ['1/2', '2/2'].map((shard) => tagged(folder.path, '--changed-since', 'HEAD', '--shard', shard, '.')),
    );
    expect(shards.flatMap((shard) => shard.paths).sort()).toEqual(paths);
    expect((await tagged(folder.path, '--changed-since', 'HEAD', '--where', 'contract', '.')).paths).toEqual(
      paths.slice(1),
    );
  });

  test('is done where nothing changed, or nothing that can be read', async () => {
    const folder = await folderOf({ 'a.md': crash });
    expect(await tagged(folder.path, '--changed-since', 'HEAD', '.')).toMatchObject({
      paths: [],
      stats: { skipped: 0 },
    });
    await folder.write('picture.png', Buffer.from([137, 80, 78, 71, 0, 0, 0, 1]));
    expect(await tagged(folder.path, '--changed-since', 'HEAD', '.')).toMatchObject({
      paths: [],
      stats: { skipped: 1 },
    });
  });

  test('says what is wrong in one line', async () => {
    const folder = await folderOf({ 'a.md': crash });
    for (const [revision, message] of [
      ['nowhere', /^glitag: The Git repository of .* has no commit “nowhere”\. [^\n]*\n$/u],
      ['-x', /^glitag: --changed-since needs a commit, branch or tag of Git, not “-x”\.\n$/u],
    ] as const) {
      const { code, stdout, stderr } = await tag(folder.path, `--changed-since=${revision}`, '.');
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
    }
    const { code, stderr } = await tag(folder.path, '--changed-since', 'HEAD', '--input', 'a.md');
    expect([code, stderr]).toEqual([
      2,
      'glitag: --changed-since is for files and folders. Leave it out with --input.\n',
    ]);
  });

  test('works in a hook of Git', async () => {
    const folder = await folderOf({ 'a.md': crash });
    const cli = path.join(repository, 'dist/cli.js');
    const hook = `#!/bin/sh\nexec '${process.execPath}' '${cli}' tag --labels labels.json --changed-since HEAD --fail-on 'kind.bug report' .\n`;
    await folder.write('.git/hooks/pre-commit', hook);
    fs.chmodSync(folder.at('.git/hooks/pre-commit'), 0o755);
    await folder.write('b.md', praise);
    commitAll(folder.path, 'fine');
    await folder.write('c.md', crash);
    expect(() => {
      commitAll(folder.path, 'refused');
    }).toThrow();
    expect(git(folder.path, 'log', '--format=%s')).toBe('fine\nfirst\n');
  });
});

interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly ruleId: string;
        readonly suppressions?: readonly object[];
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: Readonly<
                Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn' | 'charOffset', number>
              >;
            };
          },
        ];
      }[];
    },
  ];
}

describe('--format sarif', () => {
  const resultsOf = (stdout: string) => (JSON.parse(stdout) as Log).runs[0].results;

  test('points at the sentence in the file, whatever its line ends and its front matter', async () => {
    const text = `---\r\ntags: [x]\r\n---\r\n# Notes\r\n\r\nThe meeting was on Monday. ${crash.trim()}\r\nThe app is the one for phones.\r\n`;
    const folder = await folderOf({ 'in/a.md': text });
    const { code, stdout, stderr } = await tag(folder.path, '--format', 'sarif', '--threshold', '0.1', 'in');
    expect([code, stderr]).toEqual([0, '']);
    const [result] = resultsOf(stdout);
    expect(result?.ruleId).toBe('kind.bug report');
    const { artifactLocation, region } = result!.locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe('in/a.md');
    expect([region.startLine, region.endLine]).toEqual([6, 6]);
    const sentence = text.split('\r\n')[region.startLine - 1]!.slice(region.startColumn - 1, region.endColumn - 1);
    expect(sentence).toMatch(/crashes|lost/u);
    expect(text.slice(region.charOffset).startsWith(sentence)).toBe(true);
  });

  test('goes by what was decided, and so does the exit code', async () => {
    const folder = await folderOf({ 'a.md': crash });
    const decided = ['--decisions', 'decisions.jsonl'];
    const { code } = await runCli(
      ['decide', 'reject', 'kind.bug report', 'a.md', '--labels', 'labels.json', ...decided],
      folder.path,
    );
    expect(code).toBe(0);
    const plain = await tag(folder.path, '--format', 'sarif', '--fail-on-level', 'error', 'a.md');
    expect([plain.code, resultsOf(plain.stdout).map(({ suppressions }) => suppressions)]).toEqual([4, [undefined]]);
    const after = await tag(folder.path, ...decided, '--format', 'sarif', '--fail-on-level', 'error', 'a.md');
    expect(after.code).toBe(0);
    expect(resultsOf(after.stdout)).toMatchObject([
      { ruleId: 'kind.bug report', suppressions: [{ status: 'accepted' }] },
    ]);
  });

  test('needs a finding', async () => {
    const folder = await folderOf({ 'a.md': crash });
    const { code, stdout, stderr } = await runCli(['tag', '--format', 'sarif', 'a.md'], folder.path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^glitag: No label of “documents” is a finding, [^\n]*"finding": true[^\n]*\n$/u);
  });
});

describe('--fail-on', () => {
  test('finds nothing in the files that say what is looked for', async () => {
    const labels = { secret: { description: 'a password or key of access', finding: 'error' } };
    const decision = { path: 'gone.md', set: 'own [1]', label: 'secret', verdict: 'rejected' };
    const folder = await repositoryOf({
      'own [1].json': JSON.stringify({ labels }),
      'd.jsonl': `${JSON.stringify({ ...decision, decided: '2026-11-28T05:20:00.000Z', text: 'ab'.repeat(32) })}\n`,
      'note.md': 'The password is hunter2, the key of access is sk-123.',
    });
    const found = async (...args: string[]) => {
      const options = ['--labels', 'own [1].json', '--decisions', 'd.jsonl', '--fail-on', 'secret', '--format', 'json'];
      const { code, stdout } = await runCli(['tag', ...options, ...args], folder.path, { env: gitEnv });
      return [code, (JSON.parse(stdout) as Documents).documents.map((document) => document.path)];
    };
    expect(await found('.')).toEqual([4, ['note.md']]);
    // Who names it means it.
    expect(await found('own [1].json')).toEqual([4, ['own [1].json']]);
  });

  test('ends with a code of its own, for labels and for what they are under', async () => {
    const folder = await folderOf({ 'a.md': crash, 'b.md': praise });
    const codeOf = async (...args: string[]) => {
      const { code, stderr } = await tag(folder.path, ...args);
      return [code, stderr];
    };
    const found = 'glitag: Found “kind.bug report” in 1 document.\n';
    expect(await codeOf('--fail-on', 'kind.bug report', 'a.md', 'b.md')).toEqual([4, found]);
    expect(await codeOf('--fail-on', 'kind', '--fail-on', 'kind.contract', 'a.md')).toEqual([4, found]);
    expect(await codeOf('--fail-on', 'kind.contract', 'a.md', 'b.md')).toEqual([0, '']);
    expect(await codeOf('--fail-on-level', 'error', 'b.md')).toEqual([0, '']);
    expect((await codeOf('--fail-on-level', 'note', 'b.md'))[0]).toBe(4);
    expect(await codeOf('--fail-on', 'kind.contrat', 'a.md')).toEqual([
      2,
      'glitag: The label set “labels” has no label “kind.contrat”. Did you mean “kind.contract”?\n',
    ]);
  });

  test('counts in a stream, too, which is printed to its end', async () => {
    const folder = await folderOf({ 'a.md': crash });
    const lines = [crash, praise].map((text, id) => JSON.stringify({ id, text }));
    await folder.write('docs.jsonl', lines.join('\n'));
    const { code, stdout, stderr } = await tag(folder.path, '--input', 'docs.jsonl', '--fail-on', 'kind.bug report');
    expect([code, stderr]).toEqual([4, 'glitag: Found “kind.bug report” in 1 document.\n']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    const { stdout: none, ...end } = await tag(folder.path, '--input', 'docs.jsonl', '--format', 'sarif');
    expect([end.code, none]).toEqual([2, '']);
    expect(end.stderr).toContain('--format sarif is for files.');
  });
});
