/** How every test file is compiled: TypeScript as native ES modules, type annotations erased. */
const everyProject = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/\\.data/', '<rootDir>/dist/'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};

/** What needs nothing but the code. */
const PURE = ['<rootDir>/test/regulation/', '<rootDir>/test/web/', '<rootDir>/test/[^/]+\\.test\\.ts$'];

/** What starts a whole stack of its own, as `npm start` does. */
const STACK = '<rootDir>/test/stack/';

/**
 * Three kinds of tests. The first starts at once; the second shares one PostgreSQL and one Temporal server, which jest
 * starts only when at least one file of that kind is to run; each file of the third brings up all there is. On two cores
 * jest runs one file at a time, so that no stack has to share them.
 */
export default {
  coverageProvider: 'babel',
  testTimeout: 60_000,
  projects: [
    {
      ...everyProject,
      displayName: 'pure',
      testMatch: [
        '<rootDir>/test/*.test.ts',
        '<rootDir>/test/regulation/**/*.test.ts',
        '<rootDir>/test/web/**/*.test.ts',
      ],
    },
    {
      ...everyProject,
      displayName: 'servers',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...PURE, STACK],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
    {
      ...everyProject,
      displayName: 'stack',
      testMatch: [`${STACK}**/*.test.ts`],
    },
  ],
};
