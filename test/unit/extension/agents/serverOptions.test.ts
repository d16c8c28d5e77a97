// What the editor tells the server for agents: the default model counts only where a set names none, and nobody reads half a file.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { optionSettings, serverOptions, writeServerFiles } from '../../../../src/extension/agents/serverOptions';
import type { Config } from '../../../../src/extension/settings/config';

const defaults = { 'model.path': '', chunkTokens: null, 'frontMatter.read': false, split: {}, models: {} };
const config = (values: Readonly<Record<string, unknown>> = {}) =>
  ({
    get: (name: string) => ({ ...defaults, ...values })[name as keyof typeof defaults],
    labelSets: () => ({ mood: { labels: ['happy'] } }),
  }) as unknown as Pick<Config, 'get' | 'labelSets'>;

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-agents-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const paths = () => ({
  ...{ index: path.join(folder, 'storage', 'index.sqlite'), modelsFolder: '/models' },
  ...{ decisions: path.join(folder, 'storage', 'decisions.sqlite'), decidedFolders: [{ name: '', folder: '/work' }] },
});
const written = (name: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, 'storage', name), 'utf8')) as Record<string, unknown>;

describe('the options of the server', () => {
  test('say the default model of this machine, which label sets may overrule', () => {
    expect(serverOptions(config(), paths())).not.toContain('--default-model');
    const options = serverOptions(config({ 'model.path': ' ~/models/mine ' }), paths());
    expect(options).not.toContain('--model');
    expect(options[options.indexOf('--default-model') + 1]).toBe(path.join(os.homedir(), 'models/mine'));
  });

  test('are made of the settings after whose change the editor starts it anew', () => {
    const asked = new Set<string>();
    const { get } = config();
    const watched = { get: (name: Parameters<typeof get>[0]) => (asked.add(name), get(name)) };
    serverOptions(watched as Pick<Config, 'get'>, paths());
    expect([...asked].sort()).toEqual([...optionSettings].sort());
  });

  test('say where decisions are, and what their paths are relative to', () => {
    const options = serverOptions(config(), {
      ...paths(),
      decidedFolders: [
        { name: 'notes', folder: '/a/notes' },
        { name: 'notes (b)', folder: '/b/notes' },
      ],
    });
    expect(options.slice(options.indexOf('--decisions'))).toEqual([
      ...['--decisions', path.join(folder, 'storage', 'decisions.sqlite')],
      ...['--decisions-folder', 'notes=/a/notes', '--decisions-folder', 'notes (b)=/b/notes'],
    ]);
    expect(serverOptions(config(), paths())).toContain('/work');
  });

  test('say how documents are read', () => {
    const values = { chunkTokens: 128, 'frontMatter.read': true, split: { '*.csv': 'text' } };
    expect(serverOptions(config(values), paths()).slice(-5)).toEqual([
      ...['--chunk-tokens', '128', '--front-matter', '--split', '*.csv=text'],
    ]);
  });
});

describe('the files of the server', () => {
  test('hold label sets and models, with paths that need no shell', () => {
    const models = {
      plain: '~/one',
      threads: { path: '~/two', threads: 2 },
      remote: { server: 'http://localhost:8000', tokenizer: '~/three' },
      bare: { server: 'http://localhost:8000' },
    };
    writeServerFiles(config({ models }), { name: 'mood' }, paths());
    expect(written('agents.settings.json')).toEqual({
      'glitag.labelSets': { mood: { labels: ['happy'] } },
      'glitag.activeLabelSet': 'mood',
    });
    const home = (name: string) => path.join(os.homedir(), name);
    expect(written('agents.models.json')).toEqual({
      plain: home('one'),
      threads: { path: home('two'), threads: 2 },
      remote: { server: 'http://localhost:8000', tokenizer: home('three') },
      bare: { server: 'http://localhost:8000' },
    });
  });

  test('are replaced as a whole: one that is open holds what it held, and nothing is left beside them', () => {
    writeServerFiles(config(), { name: 'before' }, paths());
    const open = fs.openSync(path.join(folder, 'storage', 'agents.settings.json'), 'r');
    writeServerFiles(config(), null, paths());
    expect(JSON.parse(fs.readFileSync(open, 'utf8'))).toMatchObject({ 'glitag.activeLabelSet': 'before' });
    fs.closeSync(open);
    expect(written('agents.settings.json')).toMatchObject({ 'glitag.activeLabelSet': '' });
    expect(fs.readdirSync(path.join(folder, 'storage')).sort()).toEqual([
      ...['agents.models.json', 'agents.settings.json'],
    ]);
  });

  test('hold the label sets also while the models cannot be read', () => {
    const broken = {
      ...config(),
      get: () => {
        throw new Error('models');
      },
    };
    expect(() => {
      writeServerFiles(broken, { name: 'mood' }, paths());
    }).toThrow('models');
    expect(written('agents.settings.json')).toMatchObject({ 'glitag.activeLabelSet': 'mood' });
  });
});
