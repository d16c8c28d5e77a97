#!/usr/bin/env node
// `npm test`: sets everything up, runs every tier, adds up their counts. Needs only Node (20 or later) and npm;
// the training tiers also a Python.
//   npm test -- --only unit,golden     some tiers        npm test -- --list     their names
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { readCounts } from './lib/counts.mjs';
import { inRepo, pinnedNode } from './lib/paths.mjs';
import { ensurePython } from './lib/python.mjs';
import { run } from './lib/run.mjs';
import { build, ensurePackages } from './lib/setup.mjs';

const results = inRepo('test-results');
const node = (...args) => run(pinnedNode, args);
const script = (file) => inRepo('node_modules', file);

/** What is named of the failing tests of one tier, at the end. */
const mostNamed = 10;

const broken = { passed: 0, failed: 1, skipped: 0 };

/** A check that passes or fails as a whole. */
const check =
  (...args) =>
  async () => {
    const { code } = await node(...args);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, reason: code && `exit code ${code}` };
  };

/** Tests that report to a JSON file. */
async function counted(kind, name, args, env = {}, program = pinnedNode) {
  const report = `${results}/${name}.json`;
  fs.rmSync(report, { force: true });
  const { code } = await run(program, args(report), { env });
  return readCounts(kind, report, code);
}

const vitest =
  (name, environment = async () => ({})) =>
  async () => {
    const args = ['run', `--project=${name}`, '--reporter=default', '--reporter=json'];
    const env = await environment();
    return counted(
      'vitest',
      name,
      (report) => [script('vitest/vitest.mjs'), ...args, `--outputFile.json=${report}`],
      env,
    );
  };

const trainingRequirements = 'training/requirements.txt';

/** For tests that train from Node or from the editor. */
const trainingPython = async () => ({ GLITAG_TEST_PYTHON: await ensurePython(inRepo(trainingRequirements)) });

const playwright = (config, environment) => async () => {
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: `${results}/ui.json`, ...(await environment()) };
  const args = [script('@playwright/test/cli.js'), 'test', '--config', config, '--reporter=list,json'];
  return counted('playwright', 'ui', () => args, env);
};

const pytest = (name, folder, requirements) => async () => {
  const python = await ensurePython(inRepo(requirements));
  // no __pycache__ or .pytest_cache in the checkout
  const env = { PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: inRepo('scripts/lib') };
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-p', 'pytest_counts'];
  return counted('suites', name, (report) => [...args, '--counts', report, inRepo(folder)], env, python);
};

/** Tiers in the order in which they run: cheap ones first. */
const tiers = {
  format: check(script('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'),
  lint: check(script('eslint/bin/eslint.js'), '.', '--max-warnings=0'),
  types: check(script('typescript/bin/tsc'), '--build'),
  unit: vitest('unit'),
  golden: vitest('golden'),
  child: vitest('child'),
  view: vitest('view'),
  manifest: vitest('manifest'),
  cli: vitest('cli'),
  training: pytest('training', 'training/tests', 'training/requirements-test.txt'),
  'training-torch': pytest('training-torch', 'training/tests_torch', trainingRequirements),
  train: vitest('train', trainingPython),
  serve: vitest('serve', async () => ({
    GLITAG_TEST_PYTHON: await ensurePython(inRepo('training/requirements-serve.txt')),
  })),
  scale: pytest('scale', 'scale/tests', 'scale/requirements.txt'),
  host: vitest('host'),
  vscode: async () =>
    counted('suites', 'vscode', (report) => [inRepo('out/test/host/runSuites.js'), report], await trainingPython()),
  ui: playwright('test/ui/playwright.config.ts', trainingPython),
  package: async () => {
    for (const script of ['scripts/package.mjs', 'scripts/packNpm.mjs'])
      if ((await node(script)).code !== 0) return { ...broken, reason: `${script} made no package` };
    return vitest('package')();
  },
};

async function main() {
  const { values: flags } = parseArgs({ options: { only: { type: 'string' }, list: { type: 'boolean' } } });
  if (flags.list) return console.log(Object.keys(tiers).join('\n'));
  const wanted = flags.only?.split(',') ?? Object.keys(tiers);
  const unknown = wanted.filter((name) => !(name in tiers));
  if (unknown.length) throw new Error(`no tier is called ${unknown.join(', ')}: see npm test -- --list`);

  await ensurePackages();
  await build({ tests: true });
  fs.mkdirSync(results, { recursive: true });
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const name of wanted) {
    console.log(`\n=== ${name}`);
    const started = performance.now();
    const {
      reason,
      failing = [],
      ...counts
    } = await tiers[name]().catch(({ message }) => ({ ...broken, reason: message }));
    for (const key of Object.keys(totals)) totals[key] += counts[key];
    if (reason) failures.push([`${name}: ${reason}`, ...failing.slice(0, mostNamed)].join('\n  '));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`--- ${name}: ${words(counts)} (${seconds} s)${reason ? `: ${reason}` : ''}`);
  }
  console.log(`\n${failures.map((line) => `FAILED ${line}\n`).join('')}${words(totals)}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

const words = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

try {
  await main();
} catch (error) {
  console.error(`npm test: ${error.message}`);
  console.log(words(broken));
  process.exitCode = 1;
}
