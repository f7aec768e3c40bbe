/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Left to itself Jest leaves a core idle, which is half of a machine of two.
  maxWorkers: '100%',
  // What a test file leaves behind in its worker adds up: a worker that holds more than this begins anew.
  workerIdleMemoryLimit: '1GB',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  setupFiles: ['<rootDir>/test/setup.ts'],
  // Holds no code of ours: the emulators that `npm run test:emulators` installed.
  modulePathIgnorePatterns: ['<rootDir>/.emulators/'],
};
