import { defineConfig } from 'vitest/config';
import { findChromium } from './scripts/find-chromium.mjs';

const tests = '**/*.test.ts';
const browserTests = '{packages,apps,examples}/*/test/**/*.browser.test.ts';
const ignored = ['**/node_modules/**', '**/dist/**'];

/** Packages are tested from their sources: no build comes before a test. */
const conditions = ['@backlot/source', 'module', 'node', 'development|production'];
const sources = { resolve: { conditions }, ssr: { resolve: { conditions } } };

const chromium = findChromium();
if (chromium === null) {
  const reason = 'No Chromium was found: set BACKLOT_CHROMIUM, or run `npm test`, which fetches one.';
  if (process.env['CI']) throw new Error(reason);
  process.stderr.write(`Tests in a browser are skipped. ${reason}\n`);
}

const common = {
  setupFiles: ['./scripts/test-seed.ts'],
  // V8 may end a process of many threads where it compiles what WebAssembly calls a second time: https://github.com/nodejs/node/issues/64500
  execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
  testTimeout: 20_000,
  maxWorkers: 2,
};

export default defineConfig({
  ...sources,
  test: {
    projects: [
      {
        ...sources,
        test: {
          ...common,
          name: 'unit',
          include: [`packages/*/test/${tests}`],
          exclude: [...ignored, browserTests],
          // They leave nothing behind in their process, so that it takes file after file.
          isolate: false,
        },
      },
      {
        ...sources,
        test: {
          ...common,
          name: 'apps',
          include: [`apps/*/test/${tests}`, `examples/*/test/${tests}`],
          exclude: [...ignored, browserTests],
        },
      },
      {
        ...sources,
        test: {
          ...common,
          name: 'browser',
          include: [browserTests],
          exclude: ignored,
          env: chromium === null ? {} : { BACKLOT_CHROMIUM: chromium },
          // A pattern that no title has: every test is listed as skipped, and no hook runs.
          ...(chromium === null ? { testNamePattern: /^(?!)/ } : {}),
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // They wait for browsers as much as they work; those that only work have had their turn.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
