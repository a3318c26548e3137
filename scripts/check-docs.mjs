/** Checks that what the Markdown files say is there: files behind links, headings behind anchors, npm scripts behind commands. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ignored = /(^|\/)(node_modules|dist|out|coverage)(\/|$)/;
const files = globSync('**/*.md', { cwd: root, exclude: (path) => ignored.test(path) }).sort();
const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);

const problems = [...missingReadmes(), ...files.flatMap(problemsOf)];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(problems.length === 0 ? `${files.length} documents are sound\n` : '');
process.exitCode = problems.length === 0 ? 0 : 1;

function missingReadmes() {
  return globSync('{packages,apps,examples}/*/package.json', { cwd: root })
    .map((path) => join(dirname(path), 'README.md'))
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${path} is missing: every package says what it is`);
}

function problemsOf(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const fenced = fencedLines(lines);
  return lines.flatMap((line, index) => {
    const links = fenced[index] ? [] : linkProblems(file, line);
    return [...links, ...scriptProblems(line)].map((problem) => `${file}:${index + 1}: ${problem}`);
  });
}

function fencedLines(lines) {
  let inside = false;
  return lines.map((line) => {
    if (line.trimStart().startsWith('```')) inside = !inside;
    return inside;
  });
}

function linkProblems(file, line) {
  const links = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]).filter((link) => !/^[a-z]+:/i.test(link));
  return links.flatMap((link) => {
    const [path, anchor] = link.split('#');
    const target = path === '' ? join(root, file) : join(root, dirname(file), path);
    if (!existsSync(target)) return [`the link ${link} leads to ${relative(root, target)}, which does not exist`];
    if (anchor && target.endsWith('.md') && !anchorsOf(target).includes(anchor))
      return [`${relative(root, target)} has no heading for #${anchor}`];
    return [];
  });
}

function anchorsOf(target) {
  const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ +(.+)$/gm)].map((match) => match[1]);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function scriptProblems(line) {
  const named = [...line.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)].map((match) => match[1]);
  return named.filter((name) => !scripts.includes(name)).map((name) => `there is no npm script called ${name}`);
}
