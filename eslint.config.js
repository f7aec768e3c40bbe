const eslint = require('@eslint/js');
const jest = require('eslint-plugin-jest');
const tseslint = require('typescript-eslint');

/** Room → the rooms of ours that it may import. The picture in docs/architecture.md, enforced. */
const mayImport = {
  signals: [],
  vitals: ['signals'],
  remediations: ['signals', 'vitals'],
  statemachines: ['signals'],
  simulator: [],
  runtime: ['signals', 'vitals', 'remediations', 'statemachines'],
  replay: ['signals', 'vitals', 'remediations', 'statemachines', 'runtime', 'simulator'],
  proof: ['signals', 'vitals', 'remediations', 'statemachines', 'runtime', 'simulator', 'replay'],
  cli: ['signals', 'vitals', 'remediations', 'statemachines', 'runtime', 'simulator', 'replay', 'proof'],
  infra: ['signals', 'vitals', 'remediations', 'statemachines', 'runtime'],
};
const rooms = Object.keys(mayImport);

/** The rooms that decide: no network, clock, randomness, environment or waiting. */
const pureRooms = ['signals', 'statemachines'];
const impureModules = [
  '@aws-sdk/*',
  '@smithy/*',
  'node:*',
  'fs',
  'fs/*',
  'http',
  'https',
  'net',
  'os',
  'child_process',
  'crypto',
  'process',
  'timers',
  'timers/*',
  'perf_hooks',
  'worker_threads',
];

const forbidden = (room) => {
  const walls = rooms
    .filter((other) => other !== room && !mayImport[room].includes(other))
    .map((other) => ({
      group: [`**/${other}/**`, `**/${other}`],
      message: `${room}/ may not import ${other}/: see the walls in docs/architecture.md.`,
    }));
  const pure = pureRooms.includes(room)
    ? [{ group: impureModules, message: `${room}/ is pure: it decides, and touches nothing. Do this in runtime/.` }]
    : [];
  const types =
    room === 'vitals' || room === 'remediations'
      ? [
          {
            group: ['@aws-sdk/*'],
            allowTypeImports: true,
            message: `${room}/ calls AWS through what it is handed; the runtime loads the clients.`,
          },
        ]
      : [];
  const asData =
    room === 'infra'
      ? [
          {
            regex:
              '/runtime/(?!policy-file$|compiled-policy$|store/dynamodb-store/table-definition$|store/dynamodb-store/ticket-keys$|lambda/self-metrics$)',
            message: 'infra/ reads the policy, the shape of the table and the names of metrics, and nothing that runs.',
          },
        ]
      : [];
  return [...walls, ...pure, ...types, ...asData];
};

const ambient = [
  { name: 'Date', message: 'Time arrives with the event. To read a given time use parseTime in signals/time.ts.' },
  { name: 'process', message: 'The environment is read in runtime/ and cli/ only.' },
  { name: 'performance', message: 'Time arrives with the event.' },
  { name: 'crypto', message: 'Randomness and hashing are handed in.' },
  { name: 'fetch', message: 'The network is for runtime/ only.' },
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
    name,
    message: 'Ask for a wake-up effect instead.',
  })),
];

module.exports = tseslint.config(
  { ignores: ['node_modules/', 'coverage/', 'dist/', '.emulators/', 'cdk.out/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        __dirname: 'readonly',
        console: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      '@typescript-eslint/unbound-method': 'off',
      complexity: ['error', 14],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  ...rooms.map((room) => ({
    files: [`${room}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbidden(room) }] },
  })),
  {
    files: pureRooms.map((room) => `${room}/**/*.ts`),
    rules: {
      'no-restricted-globals': ['error', ...ambient],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is handed in.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'AwaitExpression', message: 'This room is pure: it never waits.' },
        { selector: ':function[async=true]', message: 'This room is pure: it never waits.' },
        { selector: 'ImportExpression', message: 'This room is pure: it loads nothing at run time.' },
      ],
    },
  },
  {
    // The one file of the pure rooms that knows the calendar: it may read a given time, never the present one.
    files: ['signals/time.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time arrives with the event.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time arrives with the event.' },
      ],
    },
  },
  {
    // The machine alone speaks to xstate, through step().
    files: ['**/*.ts'],
    ignores: [
      'statemachines/incident-machine.ts',
      'statemachines/step.ts',
      'statemachines/graph.ts',
      'test/statemachines/**',
      'bench/**',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['xstate', 'xstate/*'], message: 'step() is the sole caller of xstate.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': 'off',
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
    },
  },
  { files: ['cli/**/*.ts', 'bench/**/*.ts', 'bin/**'], rules: { 'no-console': 'off' } },
);
