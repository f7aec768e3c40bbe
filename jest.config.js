/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Left to itself Jest leaves a core idle, which is half of a machine of two.
  maxWorkers: '100%',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  setupFiles: ['<rootDir>/test/setup.ts'],
  // Holds no code of ours: the emulators that `npm run test:emulators` installed.
  modulePathIgnorePatterns: ['<rootDir>/.emulators/'],
};
