// Pictures of the page alone, in a browser with the editor's variables: node_modules/.bin/playwright test -c test/view/harness
import { defineConfig } from '@playwright/test';
import path from 'node:path';
import { chromiumArgs, findChromium } from '../../host/chromium';

const results = path.resolve(__dirname, '../../../test-results/view-harness');

export default defineConfig({
  testDir: __dirname,
  testMatch: '*.shot.ts',
  outputDir: path.join(results, 'playwright'),
  metadata: { pictures: results },
  workers: 1,
  reporter: 'line',
  use: {
    launchOptions: { executablePath: findChromium() ?? '', args: chromiumArgs },
    viewport: { width: 420, height: 620 },
    deviceScaleFactor: 2,
  },
});
