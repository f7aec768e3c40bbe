/** The tests that need emulators of AWS: `npm run test:emulators` starts them. @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config'),
  testMatch: ['<rootDir>/test/emulators/**/*.emulated.ts'],
  testTimeout: 60_000,
};
