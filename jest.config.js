/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Left to itself Jest leaves a core idle, which is half of a machine of two.
  maxWorkers: '100%',
  // The longest of those that name no time of their own takes two seconds; a busy machine may take many times that.
  testTimeout: 30_000,
  // What a test file leaves behind in its worker adds up: a worker that holds more than this begins anew. Most of it is garbage that
  // nobody needs the room of yet, and a new worker loads and compiles all anew: two seconds each.
  workerIdleMemoryLimit: '2GB',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  // Packages are loaded once for all test files of a worker, in the one global scope that these have.
  testEnvironment: '<rootDir>/test/jest/lasting-environment.js',
  runtime: '<rootDir>/test/jest/lending-runtime.js',
  setupFiles: ['<rootDir>/test/setup.ts'],
  // Holds no code of ours: the emulators that `npm run test:emulators` installed.
  modulePathIgnorePatterns: ['<rootDir>/.emulators/'],
};
