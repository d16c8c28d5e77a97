// The VSIX that `npm run package` made: what is in it, and that it works far from the checkout.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeExtensions } from '../host/besides';
import { chooseHost } from '../host/chooseHost';
import { pinnedNode, repositoryRoot, temporaryFolder } from '../host/locations';
import { installVsix } from '../host/server';
import { ServerHost } from '../host/serverHost';
import { labelSets } from '../vscode/suites';

const root = repositoryRoot();
const scratch = temporaryFolder('package');
const unpacked = path.join(scratch, 'unpacked');
const extension = path.join(unpacked, 'extension');
const maxBytes = 90_000_000;
let vsix: string;
let files: string[];

interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

beforeAll(() => {
  const made = fs.readdirSync(path.join(root, 'out')).filter((name) => name.endsWith('.vsix'));
  expect(made).toHaveLength(1);
  vsix = path.join(root, 'out', made[0]!);
  const entries = Object.entries(unzipSync(fs.readFileSync(vsix)));
  files = entries.map(([name]) => name);
  for (const [name, content] of entries) {
    const file = path.join(unpacked, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
});

afterAll(() => {
  fs.rmSync(scratch, { recursive: true, force: true });
});

describe('contents', () => {
  it('stay within the size that users can be asked to download', () => {
    const { size } = fs.statSync(vsix);
    const largest = files
      .map((name) => ({ name, bytes: fs.statSync(path.join(unpacked, name)).size }))
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, 8)
      .map(({ name, bytes }) => `  ${(bytes / 1e6).toFixed(2).padStart(6)} MB  ${name}`);
    console.log(
      `${(size / 1e6).toFixed(2)} MB packed, ${files.length} files; largest unpacked:\n${largest.join('\n')}`,
    );
    expect(size).toBeLessThanOrEqual(maxBytes);
  });

  it('hold nothing of sources, tests, weights or other packages', () => {
    const kinds = [
      /^extension\/(package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
      /^extension\/dist\/(extension|encodings|languages|yaml|toml|csv|stringify|zip|tar|tokenizers|texts|mcp|worker|cli)\.js$/,
      /^extension\/dist\/ThirdPartyNotices\.txt$/,
      /^extension\/dist\/media\/[\w-]+\.(js|css|ttf)$/,
      /^extension\/dist\/node_modules\/onnxruntime-(node|common)\//,
      /^extension\/media\/(icon\.(png|svg)|walkthrough\/[\w-]+\.svg)$/,
      /^extension\/models\/glitag-small-en\/([\w]+\.json|README\.md|onnx\/encoder_q8\.onnx)$/,
      /^extension\/training\/((requirements|needs|written\/[acf]1)\.txt|glitag_train\/(\w+\/)?\w+\.py)$/,
      /^(extension\.vsixmanifest|\[Content_Types\]\.xml)$/,
    ];
    expect(files.filter((name) => !kinds.some((kind) => kind.test(name)))).toEqual([]);
  });

  it('hold the native library of this platform only', () => {
    const native = files.flatMap(
      (name) => /\/bin\/napi-v\d+\/([^/]+)\/([^/]+)\//.exec(name)?.slice(1, 3).join(' ') ?? [],
    );
    expect([...new Set(native)]).toEqual([`${process.platform} ${process.arch}`]);
  });

  it('bring the native library in the version that everything else was tested with', () => {
    const shipped = manifestOf(path.join(extension, 'dist/node_modules/onnxruntime-node'));
    expect(shipped.version).toBe(manifestOf(root).devDependencies['onnxruntime-node']);
  });

  it('name the licences of what is bundled', () => {
    const notices = fs.readFileSync(path.join(extension, 'dist/ThirdPartyNotices.txt'), 'utf8');
    for (const name of [
      '@huggingface/tokenizers',
      'onnxruntime-node',
      'valibot',
      'yaml',
      '@vscode/codicons',
      'd3-shape',
    ])
      expect(notices).toContain(`\n${name} `);
  });
});

describe('in use', () => {
  it('tags on the command line, in a folder without packages above it', async () => {
    const folder = path.join(scratch, 'texts');
    fs.mkdirSync(folder);
    const text = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';
    fs.writeFileSync(path.join(folder, 'invoice.txt'), text);
    fs.writeFileSync(path.join(folder, 'labels.json'), JSON.stringify(labelSets.work));
    const args = [
      path.join(extension, 'dist/cli.js'),
      'tag',
      '--labels',
      'labels.json',
      '--format',
      'json',
      'invoice.txt',
    ];
    // A bundle that asks for a package that does not ship fails here.
    const { stdout } = await promisify(execFile)(pinnedNode(), args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
    });
    const { documents } = JSON.parse(stdout) as {
      documents: { path: string; tags: { label: string; score: number }[] }[];
    };
    expect(documents.map(({ path: name, tags }) => [name, tags[0]?.label])).toEqual([
      ['invoice.txt', 'topic.billing and invoices'],
    ]);
    expect(documents[0]?.tags[0]?.score).toBeGreaterThan(0.9);
  });

  it('classifies in VS Code, installed as a user installs it', async () => {
    const extensionsDir = path.join(scratch, 'extensions');
    const host = await chooseHost();
    const installed = host instanceof ServerHost;
    const example = path.join(root, 'examples/extension');
    if (installed) await installVsix(vsix, extensionsDir);
    else placeExtensions([example], extensionsDir);
    const result = await host.run({
      // A window that runs tests must develop something: one that uses it; where nothing can be installed, the unpacked VSIX.
      extensionDevelopmentPath: installed ? example : extension,
      extensionTestsPath: path.join(root, 'out/test/vscode/index.js'),
      extensionsDir,
      workspace: null,
      settings: { 'glitag.labelSets': labelSets, 'glitag.activeLabelSet': 'work' },
      env: { GLITAG_TEST_SUITE: 'package', GLITAG_TEST_PACKAGE_FOLDER: installed ? extensionsDir : extension },
      timeoutMs: 120_000,
      artifacts: path.join(root, 'test-results/package'),
    });
    expect(result).toMatchObject({ verdict: 'passed', passed: 3 });
  });
});
