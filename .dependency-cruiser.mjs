/** What the source of each package may import of the others: the arrows of the architecture, all in one direction. */
const arrows = {
  protocol: [],
  llm: [],
  world: ['protocol'],
  logs: ['protocol', 'world'],
  reward: ['protocol', 'world'],
  runtime: ['protocol', 'world'],
  sandbox: ['protocol', 'world', 'reward'],
  recorder: ['protocol', 'logs'],
  synth: ['protocol', 'logs', 'world', 'runtime'],
  workflow: ['protocol', 'logs', 'world', 'reward'],
  agents: ['protocol', 'llm', 'world', 'dialects', 'sandbox', 'reward'],
  suites: ['protocol', 'workflow', 'agents', 'sandbox', 'reward', 'world'],
  dialects: ['protocol', 'world'],
  env: ['protocol', 'world', 'dialects', 'reward', 'sandbox', 'workflow', 'suites'],
  fidelity: ['protocol', 'logs', 'world', 'sandbox', 'agents', 'suites'],
};

const pure = '^packages/(protocol|world|reward)/src/';
const builtin = { dependencyTypes: ['core'] };
const npm = { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] };

const arrowRules = Object.entries(arrows).map(([name, allowed]) => ({
  name: `arrows-of-${name}`,
  comment: `packages/${name} may import ${allowed.join(', ') || 'no other package'}: see CONTRIBUTING.md. Move the code, or pass what it needs as an argument.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...arrowRules,
    {
      name: 'listed-packages-only',
      comment: 'A new package needs its arrows in .dependency-cruiser.mjs and a row in CONTRIBUTING.md.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/(${Object.keys(arrows).join('|')})/` },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module, or lack a third one below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'packages-know-no-app',
      comment: 'Apps and examples stand on packages, never the other way, in tests too.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|examples)/' },
    },
    {
      name: 'only-apps-and-examples-stand-on-top',
      comment: 'An app or an example is imported by nobody but itself.',
      severity: 'error',
      from: { path: '^(apps|examples)/([^/]+)/' },
      to: { path: '^examples/', pathNot: '^$1/$2/' },
    },
    {
      name: 'front-door-only',
      comment: 'Another package is imported by its name: what it does not export is its own business.',
      severity: 'error',
      from: { path: '^(packages|apps|examples)/([^/]+)/' },
      to: { path: '^packages/[^/]+/(src|test)/', pathNot: ['^$1/$2/', '^packages/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'world-imports-types-only',
      comment: 'The interpreter depends on nothing at run time, so that it runs unchanged in Node and in a page.',
      severity: 'error',
      from: { path: '^packages/world/src/' },
      to: { pathNot: '^packages/world/src/', dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'pure-packages-touch-no-node',
      comment: 'protocol, world and reward do no I/O: take what is needed as an argument.',
      severity: 'error',
      from: { path: pure },
      to: builtin,
    },
    {
      name: 'pure-packages-need-no-npm',
      comment: 'protocol uses zod; world and reward use nothing from npm.',
      severity: 'error',
      from: { path: pure },
      to: { ...npm, pathNot: ['^packages/', 'node_modules/zod/'] },
    },
    {
      name: 'runtime-runs-in-a-page',
      comment: 'Only the bundling of packages/runtime (bundle*.ts) may use Node and esbuild; the rest runs in a browser.',
      severity: 'error',
      from: { path: '^packages/runtime/src/', pathNot: '^packages/runtime/src/(index|bundle[^/]*)\\.ts$' },
      to: { ...builtin, dependencyTypes: [...builtin.dependencyTypes, ...npm.dependencyTypes], pathNot: '^packages/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere: a misspelt path, or a package missing in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'listed-in-package-json',
      comment: 'A dependency that no package.json lists works by luck: add it to the package that imports it.',
      severity: 'error',
      from: { path: '^(packages|apps|examples)/[^/]+/src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@backlot/source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
