/** The floors of the architecture: an import goes down, never up, and enters a module by its index.ts only. */
const floors = [['registry', 'exchange'], ['policy', 'funds'], ['lending']]
const modules = floors.flat()
const above = floor => floors.slice(floor).flat()

/** The folders of the engine, and what each may import: read → node → check → evaluate → fold → { javascript, sql }. */
const tree = ['node', 'read', 'value']
const checked = ['check', 'functions', ...tree]
const evaluated = ['evaluate', ...checked]
const engine = {
  value: [],
  functions: ['value'],
  read: [],
  node: ['read', 'value'],
  check: ['functions', ...tree],
  evaluate: checked,
  types: checked,
  nearest: evaluated,
  fold: evaluated,
  javascript: ['fold', ...evaluated],
  sql: ['fold', ...evaluated],
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'a-module-is-entered-by-its-door',
      severity: 'error',
      from: { path: `^apps/server/src/([^/]+)/` },
      to: {
        path: `^apps/server/src/(${modules.join('|')})/(?!index\\.ts$)`,
        pathNot: '^apps/server/src/$1/',
      },
    },
    {
      name: 'the-program-enters-by-the-door-too',
      severity: 'error',
      from: { path: '^(apps/server/src/[^/]+\\.ts|apps/server/src/cli/|test/)' },
      to: { path: `^apps/server/src/(${modules.join('|')})/(?!index\\.ts$)` },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^apps/server/src/platform/' },
      to: { path: `^apps/server/src/(${modules.join('|')})/` },
    },
    {
      name: 'the-engine-stands-alone',
      severity: 'error',
      from: { path: '^packages/dmn/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(apps|test|cities)/' },
    },
    {
      name: 'the-engine-is-entered-by-its-doors',
      severity: 'error',
      from: { path: '^(apps|test)/' },
      to: { path: '^packages/dmn/(?!src/((javascript|sql)/)?index\\.ts$)' },
    },
    {
      name: 'the-engine-runs-wherever-javascript-does',
      severity: 'error',
      from: { path: '^packages/dmn/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-engine-stands-on-two-libraries',
      severity: 'error',
      from: { path: '^packages/dmn/src/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(decimal\\.js|saxes)/' },
    },
    ...Object.entries(engine).map(([folder, below]) => ({
      name: `engine-${folder}-imports-nothing-above-or-beside`,
      severity: 'error',
      from: { path: `^packages/dmn/src/${folder}/` },
      to: {
        path: '^packages/dmn/src/',
        pathNot: `^packages/dmn/src/((${[folder, ...below].join('|')})/|problem\\.ts$)`,
      },
    })),
    {
      name: 'each-folder-of-the-engine-has-its-floor',
      severity: 'error',
      from: {},
      to: {
        path: '^packages/dmn/src/[^/]+/',
        pathNot: `^packages/dmn/src/(${Object.keys(engine).join('|')})/`,
      },
    },
    {
      name: 'bank-and-web-speak-http',
      severity: 'error',
      from: { path: '^apps/(bank|web)/' },
      to: { path: '^apps/(server|bank|web)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: '\\.(test|e2e)\\.tsx?$|/test/' },
      to: { path: '^test/|\\.test\\.tsx?$' },
    },
    ...floors.map((names, floor) => ({
      name: `floor-${floor + 1}-imports-nothing-above`,
      severity: 'error',
      from: { path: `^apps/server/src/(${names.join('|')})/` },
      to: { path: `^apps/server/src/(${[...above(floor + 1), 'cli', 'app', 'demo'].join('|')})/` },
    })),
    ...floors.flatMap(names =>
      names
        .filter(() => names.length > 1)
        .map(name => ({
          name: `${name}-does-not-lean-on-its-neighbours`,
          severity: 'error',
          from: { path: `^apps/server/src/${name}/` },
          to: { path: `^apps/server/src/(${names.filter(other => other !== name).join('|')})/` },
        })),
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
}
