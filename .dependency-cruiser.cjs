/** The arrows of docs/architecture.md: who may import whom. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ['core'] },
});
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'regulation-imports-itself-alone',
      severity: 'error',
      from: { path: '^regulation/', pathNot: '^regulation/compile-calendar\\.ts$' },
      to: { pathNot: '^regulation/' },
    },
    {
      name: 'only-the-compiler-reads-time-zones',
      severity: 'error',
      from: { path: '^(workflows|regulation)/', pathNot: '^regulation/compile-calendar\\.ts$' },
      to: { path: '^regulation/compile-calendar\\.ts$' },
    },
    only('workflows-are-pure-of-effects', '^workflows/', [
      '^workflows/',
      '^regulation/',
      '^activities/ticket-activities\\.ts$',
      '^node_modules/@temporalio/(workflow|common)',
    ]),
    only('activities-reach-channels-and-database', '^activities/', [
      '^activities/',
      '^regulation/',
      '^channels/',
      '^prisma/',
      '^node_modules/',
    ]),
    only('channels-know-the-vocabulary-alone', '^channels/', ['^channels/', '^regulation/', '^node_modules/']),
    only('prisma-knows-the-vocabulary-alone', '^prisma/', ['^prisma/', '^regulation/', '^node_modules/']),
    only('settings-know-no-process', '^settings/', ['^settings/', '^regulation/errors\\.ts$', '^node_modules/']),
    only('api-arrows', '^api/', [
      '^api/',
      '^settings/',
      '^regulation/',
      '^channels/',
      '^prisma/',
      '^workflows/(ticket-messages|search-attributes)\\.ts$',
      '^web/',
      '^node_modules/',
    ]),
    // That these files of the API are imported as types alone is held by lint: TypeScript 7 tells dependency-cruiser nothing.
    only('web-shows-what-it-is-given', '^web/', [
      '^web/',
      '^regulation/',
      '^api/(client-page|deadlines-view|texts/page-texts)\\.ts$',
    ]),
    {
      name: 'temporal-appears-in-the-ticket-gateway-alone',
      severity: 'error',
      from: { path: '^api/', pathNot: '^api/ticket-gateway\\.ts$' },
      to: { path: ['^node_modules/@temporalio/', '^workflows/'] },
    },
    only('worker-wires', '^worker/', [
      '^worker/',
      '^settings/',
      '^activities/',
      '^channels/',
      '^prisma/',
      '^regulation/',
      '^workflows/search-attributes\\.ts$',
      '^node_modules/',
    ]),
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'prisma/generated'] },
    exclude: { path: ['prisma/generated'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json', '.mjs', '.cjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
