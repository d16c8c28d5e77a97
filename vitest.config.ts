// One project per tier that runs in plain Node. `npm test` runs them all and adds up their counts.
import { defineConfig } from 'vitest/config';

/** Tiers, in the order in which `npm test` runs them; each is a folder of test/. */
const tiers = ['unit', 'golden', 'child', 'view', 'manifest'] as const;

export default defineConfig({
  test: {
    projects: tiers.map((tier) => ({
      test: {
        name: tier,
        include: [`test/${tier}/**/*.test.ts`],
        environment: tier === 'view' ? 'jsdom' : 'node',
        testTimeout: tier === 'child' || tier === 'golden' ? 60_000 : 20_000,
      },
    })),
  },
});
