/** Runs every check, two at a time, shows the output of those that fail, and says how to mend each. */
import { spawn } from 'node:child_process';

const checks = [
  // The longest comes first, so that none is left to run alone at the end.
  { name: 'build', command: 'npm run --silent build', fix: 'correct the lines named above; npm run build shows them again' },
  { name: 'format', command: 'npm run --silent format:check', fix: 'npm run format' },
  {
    name: 'lint',
    command: 'npm run --silent lint',
    fix: 'npm run lint:fix, then by hand what it leaves; the limits are in .oxlintrc.json',
  },
  { name: 'types', command: 'npm run --silent typecheck', fix: 'correct the lines named above; npm run typecheck shows them again' },
  {
    name: 'arrows',
    command: 'npm run --silent deps',
    fix: 'see the arrows in CONTRIBUTING.md; each rule in .dependency-cruiser.mjs says why',
  },
  {
    name: 'unused',
    command: 'npm run --silent knip',
    fix: 'delete what nothing uses, or list the dependency in the package.json of the package that imports it',
  },
  { name: 'docs', command: 'npm run --silent docs', fix: 'correct the links and lines named above' },
  { name: 'tests', command: 'vitest run', fix: 'npm test -- PATH runs one file', live: true },
];

const wanted = process.argv.slice(2);
const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const failed = [];
const waiting = chosen.filter(({ live }) => !live);
await Promise.all([1, 2].map(() => runAll(waiting)));
// What prints as it goes has the terminal to itself.
await runAll(chosen.filter(({ live }) => live));
for (const { name, fix } of failed) process.stdout.write(`${name} failed. To mend it: ${fix}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Takes checks off the list until there is none. */
async function runAll(list) {
  for (let check = list.shift(); check !== undefined; check = list.shift()) {
    const { code, output, ms } = await run(check);
    process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${check.name} (${(ms / 1000).toFixed(1)} s)\n`);
    if (code === 0) continue;
    process.stdout.write(output);
    failed.push(check);
  }
}

function run({ command, live }) {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      env: environment(),
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString(), ms: performance.now() - start }));
  });
}

function environment() {
  return { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };
}
