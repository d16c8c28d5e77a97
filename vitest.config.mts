// One project per tier that runs in plain Node. `npm test` runs them all and adds up their counts.
import { defineConfig } from 'vitest/config';

/** Tiers, in the order in which `npm test` runs them; each is a folder of test/. */
const tiers = ['unit', 'golden', 'child', 'view', 'manifest', 'cli', 'train', 'serve', 'host', 'package'] as const;

/** Tiers that start programs. */
const slow: readonly string[] = ['golden', 'child', 'cli', 'train', 'serve', 'host', 'package'];

export default defineConfig({
  test: {
    projects: tiers.map((tier) => ({
      test: {
        name: tier,
        include: [`test/${tier}/**/*.test.ts`],
        environment: tier === 'view' ? 'jsdom' : 'node',
        globalSetup: tier === 'child' ? ['test/child/globalSetup.ts'] : [],
        testTimeout: slow.includes(tier) ? 120_000 : 20_000,
      },
    })),
  },
});
