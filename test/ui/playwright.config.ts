// The workbench as a user sees it: VS Code's own page in Chromium, with the extension of this checkout.
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromiumArgs, ensureChromium } from '../host/chromium';
import type { ServerFixtures, WindowFixtures } from '../host/fixtures';
import { repositoryRoot } from '../host/locations';
import { labelSets } from '../vscode/suites';

const root = repositoryRoot();
const settings = { 'glitag.labelSets': labelSets, 'glitag.activeLabelSet': 'work' };

export default defineConfig<WindowFixtures, ServerFixtures>({
  testDir: __dirname,
  outputDir: path.join(root, 'test-results/ui'),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { executablePath: ensureChromium(console.error), args: chromiumArgs },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    actionTimeout: 20_000,
    extensionDevelopmentPath: root,
    settings,
  },
});
