// The import table of docs/architecture.md as data: a path says what a file may do.
// `from` are path prefixes, `may` the prefixes (or exact packages) of this repository they may import.
const table = [
  { name: 'shared/kernel', from: '^shared/kernel/', may: ['^shared/kernel/'] },
  { name: 'shared/records', from: '^shared/records/', may: ['^shared/(kernel|records)/'] },
  { name: 'shared/resources', from: '^shared/resources/', may: ['^shared/(kernel|records|resources)/'] },
  { name: 'shared/domain', from: '^shared/domain/', may: ['^shared/(kernel|records|resources|domain)/'] },
  { name: 'shared/protocol', from: '^shared/protocol/', may: ['^shared/(kernel|records|resources|domain|protocol)/'] },
  { name: 'shared/replica', from: '^shared/replica/', may: ['^shared/(kernel|records|replica)/'] },
  { name: 'shared/ipc', from: '^shared/ipc/', may: ['^shared/(kernel|ipc)/'] },
  { name: 'electron/main', from: '^electron/main/', may: ['^electron/main/', '^shared/'] },
  { name: 'electron/replica', from: '^electron/replica/', may: ['^electron/replica/', '^shared/'] },
  { name: 'electron/preload', from: '^electron/preload/', may: ['^electron/preload/', '^shared/(kernel|ipc)/'] },
  { name: 'renderer/ui', from: '^renderer/ui/', may: ['^renderer/ui/', '^shared/kernel/'] },
  { name: 'renderer/data', from: '^renderer/data/', may: ['^renderer/data/', '^shared/'] },
  {
    name: 'renderer/features',
    from: '^renderer/features/([^/]+)/',
    may: ['^renderer/features/$1/', '^renderer/(data|ui)/', '^shared/'],
  },
  { name: 'renderer/app', from: '^renderer/app/', may: ['^renderer/', '^shared/'] },
  { name: 'server storage', from: '^sync-server/storage/', may: ['^sync-server/storage/', '^shared/'] },
  { name: 'server sync', from: '^sync-server/sync/', may: ['^sync-server/(sync|storage)/', '^shared/'] },
  {
    name: 'server engine',
    from: '^sync-server/engine/',
    may: ['^sync-server/(engine|storage)/', '^shared/'],
  },
  {
    name: 'server features',
    from: '^sync-server/features/([^/]+)/',
    // What rules ask of the outside is the engine's contract; features fulfil it.
    may: ['^sync-server/features/$1/', '^sync-server/engine/effects.ts$', '^sync-server/storage/', '^shared/'],
  },
  {
    name: 'server edges',
    from: '^sync-server/(http|sockets)/',
    may: ['^sync-server/(http|sockets|sync|engine|features|storage)/', '^shared/'],
  },
];

/** Tests may also use what tests share. */
const testFile = '\\.(test|e2e)\\.tsx?$';
const code = '^(shared|electron|renderer|sync-server|tests|bench|scripts)/';

const tableRules = table.map(({ name, from, may }) => ({
  name: `imports of ${name}`,
  severity: 'error',
  from: { path: from, pathNot: testFile },
  to: { path: code, pathNot: may },
}));

module.exports = {
  forbidden: [
    ...tableRules,
    {
      name: 'only electron/main and preload know Electron',
      severity: 'error',
      from: { pathNot: '^(electron|scripts|tests|bench)/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'shared code runs everywhere',
      severity: 'error',
      from: { path: '^shared/', pathNot: testFile },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared code knows no framework',
      severity: 'error',
      from: { path: '^shared/', pathNot: testFile },
      to: { path: 'node_modules/(react|react-dom|rxdb|rxjs|socket\\.io|socket\\.io-client|fastify|@mantine)/' },
    },
    {
      name: 'only renderer/data knows RxDB and socket.io-client',
      severity: 'error',
      from: { pathNot: '^(renderer/data|tests|bench)/' },
      to: { path: 'node_modules/(rxdb|dexie|socket\\.io-client)/' },
    },
    {
      name: 'the console runs in a browser',
      severity: 'error',
      from: { path: '^renderer/', pathNot: testFile },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|json|svg|png|woff2?)$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
