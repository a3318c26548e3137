/**
 * Type-checks all sources and tests and, in the same go, every `ts` block of the Markdown files, so that no example names what is not
 * there.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'out', `examples-${process.pid}`);
const ignored = /(^|\/)(node_modules|dist|out|coverage)(\/|$)/;

const examples = globSync('**/*.md', { cwd: root, exclude: (path) => ignored.test(path) })
  .sort()
  .flatMap(examplesOf);
mkdirSync(folder, { recursive: true });
try {
  for (const { name, text } of examples) writeFileSync(join(folder, name), text);
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const config = { extends: '../../tsconfig.json', include: ['./*.ts', ...include.map((path) => `../../${path}`)] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { status, stdout } = spawnSync('tsc', ['-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const told = stdout.replace(/^\.\.\/\.\.\//gm, '');
  process.stdout.write(told.replace(/^(\S+)\.ts\((\d+),(\d+)\)/gm, (whole, name, line) => placeOf(name, Number(line)) ?? whole));
  process.stdout.write(status === 0 ? `${examples.length} examples type-check\n` : '');
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function examplesOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match, index) => ({
    file,
    name: `${file.replaceAll('/', '-').replace(/\.md$/, '')}-${index + 1}.ts`,
    line: text.slice(0, match.index).split('\n').length,
    text: `${match[1]}export {};\n`,
  }));
}

function placeOf(name, line) {
  const example = examples.find((one) => one.name === `${name}.ts`);
  return example && `${example.file}:${example.line + line}`;
}
