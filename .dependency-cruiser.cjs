/** Arrows run one way: cli, console -> lab -> backoffice, onboard -> wire, gtfs -> disk -> core. */
const layer = (from, mayNot, comment) => ({
  name: `${from}-stays-below`,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: mayNot.map(name => `^src/${name}/`) },
});

module.exports = {
  forbidden: [
    layer(
      'core',
      ['wire', 'gtfs', 'disk', 'onboard', 'backoffice', 'lab', 'console', 'cli'],
      'core is pure and stands alone',
    ),
    {
      name: 'core-is-pure',
      comment: 'core runs in a browser too: no Node built-in, no native package',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-needs-no-hardware',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: 'node_modules/(better-sqlite3|pino|fastify|serialport|nfc-pcsc)/' },
    },
    layer(
      'wire',
      ['gtfs', 'onboard', 'backoffice', 'lab', 'console', 'cli'],
      'what travels knows nobody at either end',
    ),
    layer(
      'gtfs',
      ['wire', 'onboard', 'backoffice', 'lab', 'console', 'cli'],
      'one feed reader for everybody',
    ),
    layer(
      'disk',
      ['wire', 'gtfs', 'onboard', 'backoffice', 'lab', 'console', 'cli'],
      'one way to open a file',
    ),
    layer('onboard', ['backoffice', 'lab', 'console', 'cli'], 'a vehicle works with no back office in reach'),
    layer(
      'backoffice',
      ['onboard', 'lab', 'console', 'cli'],
      'the back office trusts records, not the code that made them',
    ),
    layer('lab', ['console', 'cli'], 'the bench has no face of its own'),
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-missing', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
  },
};
