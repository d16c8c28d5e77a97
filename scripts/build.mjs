#!/usr/bin/env node
// Bundles the four runtimes into dist/: the extension host, the inference child, the CLI and the webview.
//   --watch     rebuild on change        --tests   also compile the suites that run inside VS Code (out/)
import { build, context } from 'esbuild';
import { parseArgs } from 'node:util';
import { exampleBundle, hostBundle, productBundles, suitesBundle } from './bundles.mjs';

const { values: flags } = parseArgs({ options: { watch: { type: 'boolean' }, tests: { type: 'boolean' } } });

const wanted = flags.tests ? [...productBundles, suitesBundle, exampleBundle, hostBundle] : productBundles;
if (flags.watch) for (const options of wanted) await (await context(options)).watch();
else await Promise.all(wanted.map((options) => build(options)));
