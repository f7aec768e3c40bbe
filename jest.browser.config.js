/** The tests that look at a page in a real browser: `npm run test:browser`. @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config'),
  testMatch: ['<rootDir>/test/browser/**/*.browser.ts'],
  testTimeout: 60_000,
};
