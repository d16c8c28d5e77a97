// The npm package that `npm run pack:npm` made, installed in a folder outside the repository: ES modules, CommonJS, types, the page of
// documentation, and the same scores as the command line's.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinnedNode, repositoryRoot, temporaryFolder } from '../host/locations';
import { installTarball } from './installTarball';

const root = repositoryRoot();
const folder = temporaryFolder('npm');
const environment = { PATH: process.env['PATH'] };
const run = async (...args: readonly string[]) =>
  (await promisify(execFile)(pinnedNode(), args, { cwd: folder, env: environment, timeout: 60_000 })).stdout;

/** What TypeScript says of a project; nothing where it is right. */
const compile = (project: string): Promise<string> =>
  run(path.join(root, 'node_modules/typescript/bin/tsc'), '--project', project).catch(
    (error: unknown) => (error as { stdout: string }).stdout,
  );

/** Writes a program and runs it. */
function program(name: string, code: string): Promise<string> {
  fs.writeFileSync(path.join(folder, name), code);
  return run(name);
}

beforeAll(async () => {
  await installTarball(folder);
}, 120_000);

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('contents', () => {
  it('are the library, the command, the model and their types, and nothing of sources or tests', () => {
    const installed = path.join(folder, 'node_modules/glitag');
    const names = fs.readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => fs.statSync(path.join(installed, name)).isFile());
    const kinds = [
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
      /^dist\/(library\.(cjs|mjs|d\.cts|d\.mts)|api\.d\.ts|ThirdPartyNotices\.txt)$/,
      /^dist\/(cli|worker|encodings|yaml|toml|csv|stringify|zip|tar|tokenizers|mcp)\.js$/,
      /^dist\/media\/report(\.js|-style\.css)$/,
      /^models\/glitag-small-en\/(\w+\.json|README\.md|onnx\/encoder_q8\.onnx)$/,
      /^training\/((requirements|needs|written\/[acf]1)\.txt|glitag_train\/(\w+\/)?\w+\.py)$/,
    ];
    expect(files.filter((name) => !kinds.some((kind) => kind.test(name)))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['dist/library.mjs', 'dist/library.d.cts', 'dist/api.d.ts']));
    for (const name of ['library.d.cts', 'api.d.ts'])
      expect(fs.readFileSync(path.join(installed, 'dist', name), 'utf8')).not.toMatch(/^import|from ['"]/m);
  });
});

describe('in use', () => {
  const text = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';
  const labels = { topic: ['hiring', 'billing and invoices'], tone: ['grateful'] };
  const asked = `
const classifier = createClassifier();
classifier.predict(${JSON.stringify(text)}, ${JSON.stringify(labels)}, { return_hierarchical: true })
  .then(([scores]) => process.stdout.write(JSON.stringify(scores)))
  .finally(() => classifier.dispose());
`;

  it('gives the scores of the command line, by import and by require', async () => {
    fs.writeFileSync(path.join(folder, 'invoice.txt'), text);
    fs.writeFileSync(path.join(folder, 'labels.json'), JSON.stringify({ labels }));
    const cli = path.join(folder, 'node_modules/glitag/dist/cli.js');
    const told = await run(cli, 'tag', '--labels', 'labels.json', '--format', 'json', 'invoice.txt');
    const { documents } = JSON.parse(told) as { documents: { scores: Record<string, number> }[] };
    const scoreOf = (label: string) => documents[0]?.scores[label];
    const expected = {
      topic: { hiring: scoreOf('topic.hiring'), 'billing and invoices': scoreOf('topic.billing and invoices') },
      tone: { grateful: scoreOf('tone.grateful') },
    };
    const byImport = await program('main.mjs', `import { createClassifier } from 'glitag';${asked}`);
    const byRequire = await program('main.cjs', `const { createClassifier } = require('glitag');${asked}`);
    expect(JSON.parse(byImport)).toEqual(expected);
    expect(byRequire).toBe(byImport);
    expect(expected.topic['billing and invoices']).toBeGreaterThan(0.9);
  });

  it('compiles against its types, as an ES module and as CommonJS, and refuses what is no option', async () => {
    const code = `
import { createClassifier, AppError } from 'glitag';
import type { Classifier, ModelDescription, NestedScores, ScoredLabel } from 'glitag';
import type { GlitagApi } from 'glitag/api';
export async function main(api: GlitagApi): Promise<number> {
  const classifier = createClassifier({ threads: 1, log: (level, message) => { if (level === 'error') throw new AppError('input-invalid', message); } });
  const inside: Classifier = classifier;
  const model: ModelDescription = await inside.describe();
  const flat: ScoredLabel[][] = await classifier.predict(['a'], { topic: ['b'] }, { threshold: [0.1], classification_type: 'single' });
  const nested: NestedScores[] = await classifier.predict('a', [['b']], { return_hierarchical: true });
  // @ts-expect-error a misspelt option
  await classifier.predict('a', ['b'], { treshold: 1 });
  // @ts-expect-error decisions have an author
  await api.decisions.accept([{ document: 'a', label: 'b' }]);
  return flat.length + nested.length + model.maxTokens + (await api.find('b', 3)).total;
}
`;
    fs.writeFileSync(path.join(folder, 'typed.mts'), code);
    fs.writeFileSync(path.join(folder, 'typed.cts'), code);
    const compilerOptions = {
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      module: 'node16',
      types: [],
    };
    const project = { compilerOptions: { ...compilerOptions, target: 'es2022' }, files: ['typed.mts', 'typed.cts'] };
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(project));
    expect(await compile('.')).toBe('');
  });
});

describe('the extension of examples/extension', () => {
  it('compiles against the types of the package', async () => {
    const example = path.join(folder, 'extension');
    fs.cpSync(path.join(root, 'examples/extension'), example, { recursive: true });
    fs.rmSync(path.join(example, 'out'), { recursive: true, force: true });
    const types = path.join(folder, 'node_modules/@types');
    fs.mkdirSync(types, { recursive: true });
    fs.symlinkSync(path.join(root, 'node_modules/@types/vscode'), path.join(types, 'vscode'), 'junction');
    expect(await compile('extension')).toBe('');
    const compiled = fs.readFileSync(path.join(example, 'out/extension.js'), 'utf8');
    expect(compiled).toContain('onDidChangeTags');
    expect(compiled).not.toContain('glitag/api');
  });
});

describe('docs/LIBRARY.md', () => {
  const page = fs.readFileSync(path.join(root, 'docs/LIBRARY.md'), 'utf8');
  const examples = Array.from(page.matchAll(/```js\n(.+?)```\n(?:\n```text\n(.+?)```)?/gs), ([, code, output]) => ({
    code: code ?? '',
    output: output ?? '',
  }));

  it('has examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(6);
  });

  it.each(examples.map(({ code, output }, at) => [at + 1, code, output] as const))(
    'prints what it says: example %i',
    async (at, code, output) => {
      expect(await program(`example${at}.${code.includes('import ') ? 'mjs' : 'cjs'}`, code)).toBe(output);
    },
  );
});
